"""The pages in other languages: templates stay as they are written, and are translated as they are
loaded, once for each language.

A message is what stands between two tags of HTML (or blocks of Jinja), with `{0}`, `{1}` for the
expressions in it, so that a translation may put them where its grammar wants them. Messages are
also the attributes that people read, and strings in expressions that begin with a capital. Values
such as `open` are put through the filter `said`. The catalogues are `data/desk_words_*.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
from jinja2 import Environment
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from watchfloor.watch.said import Said

#: Attributes that people read or hear.
READ = frozenset(
    {
        "aria-label",
        "placeholder",
        "title",
        "data-choose",
        "data-why",
        "data-new",
        "data-silent",
        "data-fresh",
    }
)
#: Elements whose text is for machines.
PLAIN = frozenset({"code", "kbd", "script", "style"})
#: The language that the templates are written in.
OWN = "en"
_PIECE = re.compile(r"<!--.*?-->|<!?/?[A-Za-z]|[^<]+|<", re.DOTALL)
_IN_TAG = re.compile(r"([\w:-]+)=\"|>|[^>]", re.DOTALL)
_LETTER = re.compile(r"[^\W\d_]{2}")
#: A string in an expression that people read: a capital, then something small somewhere.
_CAPITAL = re.compile(r"[A-Z](?=.*[a-z])")

Say = Callable[[str], str]
_SPOKEN: ContextVar[str] = ContextVar("language", default=OWN)


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """What each message is in a language; empty for the language of the templates."""
    if language == OWN:
        return {}
    text = files("watchfloor.data").joinpath(f"desk_words_{language}.yaml").read_bytes()
    return msgspec.yaml.decode(text, type=dict[str, str])


@cache
def languages() -> tuple[str, ...]:
    """The languages that there are, that of the templates first."""
    found = (one.name for one in files("watchfloor.data").iterdir())
    others = [name[11:-5] for name in found if re.fullmatch(r"desk_words_\w+\.yaml", name)]
    return (OWN, *sorted(others))


def spoken() -> str:
    """The language of the page that is being made."""
    return _SPOKEN.get()


def speak(language: str) -> None:
    """Make pages in a language from here on, in this request."""
    _SPOKEN.set(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Make what is made in the block in a language."""
    before = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def say(message: str, *parts: object, of: str = "") -> str:
    """A word or sentence in the language of the page, as it is where the catalogue does not have
    it; `{0}`, `{1}` in it are the parts. `of` is what the word is said of, where a language has
    another word for that: `closed (case)`.
    """
    known = catalogue(spoken())
    found = known.get(f"{message} ({of})") or known.get(message, message)
    return found.format(*parts) if parts else found


def told(said: Mapping[str, Any]) -> str:
    """A sentence of an alert's reason, its words and values apart (`watch.said`), in the language
    of the page.
    """
    values = [told(v) if isinstance(v, Mapping) else v for v in said.get("values", ())]
    return say(said["says"], *values)


def argued(some: Iterable[Said]) -> str:
    """Sentences with their values apart, in the language of the page."""
    return "; ".join(told(msgspec.to_builtins(one)) for one in some)


def because(reason: Mapping[str, Any]) -> str:
    """Why a rule fits, in the language of the page; as it was written where no more is kept."""
    whole = "; ".join(told(said) for said in reason.get("said", ()))
    return whole or str(reason["because"])


def preferred(accepts: str, chosen: str | None) -> str:
    """The language that somebody chose, else the first one that their browser accepts and that
    there is (RFC 9110, 12.5.4), else that of the templates.
    """
    if chosen in languages():
        return chosen
    wishes = []
    for place, part in enumerate(accepts.split(",")):
        tag, _, weight = part.partition(";")
        try:
            wants = float(weight.strip().removeprefix("q=") or 1)
        except ValueError:
            wants = 0.0
        wishes.append((-wants, place, tag.strip().partition("-")[0].lower()))
    known = (tag for wants, _, tag in sorted(wishes) if wants < 0 and tag in languages())
    return next(known, OWN)


class Translated(Extension):
    """Translates the messages of each template as it is loaded, by `Environment.say`."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """The tokens of a template with its messages translated."""
        return _Reading(self.environment.say).tokens(stream)  # type: ignore[attr-defined]


def messages_of(environment: Environment, source: str) -> list[str]:
    """Every message of a template, in order: what a catalogue must have."""
    found: list[str] = []

    def note(message: str) -> str:
        found.append(message)
        return message

    stream = TokenStream(environment.lexer.tokenize(source), None, None)
    for _ in _Reading(note).tokens(stream):
        pass
    return found


class _Reading:
    """One template on its way: where in the HTML it is, and the message that is being gathered."""

    def __init__(self, say: Say) -> None:
        self.say = say
        self.tag = False  # inside <...>
        self.attribute: str | None = None  # whose value it is in
        self.plain = 0  # inside elements for machines
        self.text: list[str | list[Token]] = []

    def tokens(self, stream: Iterable[Token]) -> Iterator[Token]:
        inside: list[Token] = []
        depth = ""
        for token in stream:
            if depth:
                inside.append(self._word(token))
                if token.type == f"{depth}_end":
                    done, inside, kind, depth = inside, [], depth, ""
                    if kind == "variable":
                        self.text.append(done)
                    else:
                        yield from self._flush(token.lineno)
                        yield from done
            elif token.type in {"variable_begin", "block_begin"}:
                inside, depth = [token], token.type.removesuffix("_begin")
            elif token.type == "data":
                yield from self._data(token.value, token.lineno)
            else:
                yield token
        yield from self._flush(0)

    def _word(self, token: Token) -> Token:
        if token.type != "string" or not _CAPITAL.match(token.value):
            return token
        end = token.value[len(token.value.rstrip()) :]
        return Token(token.lineno, "string", self.say(token.value.rstrip()) + end)

    def _data(self, value: str, line: int) -> Iterator[Token]:
        at = 0
        while at < len(value):
            if self.attribute is not None:
                end = value.find('"', at)
                piece = value[at:] if end < 0 else value[at:end]
                self.text.append(piece)
                at += len(piece)
                if end >= 0:
                    yield from self._flush(line)
                    self.attribute = None
                    yield Token(line, "data", '"')
                    at += 1
            elif self.tag:
                found = _IN_TAG.match(value, at)
                assert found is not None
                self.text.append(found.group())
                at = found.end()
                if found.group() == ">":
                    yield from self._flush(line, raw=True)
                    self.tag = False
                elif found.group(1):
                    yield from self._flush(line, raw=True)
                    self.attribute = found.group(1)
            else:
                found = _PIECE.match(value, at)
                assert found is not None
                piece = found.group()
                at = found.end()
                if len(piece) > 1 and piece[0] == "<" and not piece.startswith("<!--"):
                    yield from self._flush(line)
                    self.tag = True
                    self._enter(value[found.start() :])
                self.text.append(piece)

    def _enter(self, tag: str) -> None:
        name = re.match(r"<(/?)([A-Za-z0-9]+)", tag)
        if name and name[2].lower() in PLAIN:
            self.plain += -1 if name[1] else 1

    def _flush(self, line: int, raw: bool = False) -> Iterator[Token]:
        """What was gathered, translated where people read it."""
        parts, self.text = self.text, []
        for_people = (
            self.attribute in READ
            if self.attribute is not None
            else not (raw or self.tag or self.plain)
        )
        places = [p for p in parts if not isinstance(p, str)]
        numbers = iter(range(len(places)))
        whole = "".join(p if isinstance(p, str) else f"{{{next(numbers)}}}" for p in parts)
        message = " ".join(re.sub(r"&#\d+;", " ", whole).split())
        if for_people and _LETTER.search(re.sub(r"\{\d+\}", "", message)):
            before = whole[: len(whole) - len(whole.lstrip())]
            after = whole[len(whole.rstrip()) :]
            new = self.say(message)
            whole = whole if new == message else f"{before}{new}{after}"
        for n, piece in enumerate(re.split(r"\{(\d+)\}", whole)):
            if n % 2:
                yield from places[int(piece)]
            elif piece:
                yield Token(line, "data", piece)
