"""The actor vocabularies, loaded once: countries, bodies and groups, roles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from watchfloor.errors import SettingsError

#: Demonyms with these endings have no plural in -s.
NO_PLURAL = ("s", "ese", "ish", "ch", "men", "man")
#: Tables of bodies and groups, all of one form, which is that of the user's own file too.
BODIES = ("actors_bodies.tsv", "actors_groups.tsv", "actors_agencies.tsv")
COLUMNS = ["names", "country", "sector", "kind"]


@dataclass(frozen=True, slots=True)
class Entity:
    """What a name stands for; `kind` is an actor's kind, or "place" for one that the report names.

    `metonym` marks a place name that may stand for its state, `demonym` a word that says whose
    somebody is. `years` are those in which a bare surname means this office holder.
    """

    name: str
    kind: str
    country: str | None
    sector: str | None
    metonym: bool = False
    demonym: bool = False
    years: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """What a noun says of the people it is used for.

    `state` marks organs of a state; `carrier` nouns that act for the word beside them ("police
    sources", "head of the union").
    """

    kind: str
    sector: str | None
    state: bool = False
    carrier: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A known name found in a text, in code points of that text."""

    start: int
    end: int
    entity: Entity


class Vocabulary:
    """Names matched as they are written, roles by their words in lower case."""

    def __init__(self, entities: dict[str, Entity], roles: dict[str, Role]) -> None:
        self.entities = entities
        self.roles = roles
        self._names = list(entities)
        self._states = {
            e.country: e for e in entities.values() if e.kind == "state" and not e.metonym
        }
        self._finder = AhoCorasick(self._names, matchkind=MatchKind.LeftmostLongest)

    def find(self, text: str) -> Iterator[Named]:
        """Known names in a text, whole words only, the longest first."""
        for number, start, end in self._finder.find_matches_as_indexes(text):
            if _is_whole(text, start, end):
                yield Named(start, end, self.entities[self._names[number]])

    def state(self, country: str | None) -> Entity | None:
        """The state of a country's code; None where none is known."""
        return self._states.get(country)

    def role(self, words: list[str]) -> Role | None:
        """The role of a phrase's last words, the longest known ending first."""
        for size in (3, 2, 1):
            if len(words) >= size and (found := self.roles.get(" ".join(words[-size:]))):
                return found
        return None


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a name stands alone; who was of a body is told by it too: "ex-Farc"."""
    before, after = text[start - 1 : start], text[end : end + 1]
    joined = before in {"-", "@"} and text[max(0, start - 3) : start].lower() != "ex-"
    return not before.isalnum() and not after.isalnum() and not joined


@cache
def load(extra: Path | None = None) -> Vocabulary:
    """The vocabulary, with the user's own file of bodies and groups where one is named.

    Raises SettingsError, with file and line, where that file is not of the form of
    `data/actors_bodies.tsv`.
    """
    entities = _countries()
    for table in BODIES:
        for names, country, sector, kind in _rows(table):
            _add(entities, names, country, sector, kind)
    if extra is not None:
        for names, country, sector, kind in _user_rows(extra):
            _add(entities, names, country, sector, kind)
    for names, country, sector, first, last in _rows("actors_people.tsv"):
        for name in _split(names):
            years = None if " " in name else (int(first), int(last))
            person = Entity(_split(names)[0], "person", country, sector or None, years=years)
            entities.setdefault(name, person)
    roles = {
        word: Role(kind, sector or None, state == "yes", carrier == "yes")
        for words, sector, kind, state, carrier in _rows("actors_roles.tsv")
        for word in _split(words)
    }
    return Vocabulary(entities, roles)


def _countries() -> dict[str, Entity]:
    """States by name, by what stands for them, and by the words for their people."""
    entities: dict[str, Entity] = {}
    for country, names, demonyms, metonyms in _rows("actors_countries.tsv"):
        for name in _split(names):
            entities[name] = Entity(_split(names)[0], "state", country, "GOV")
        for name in _split(metonyms):
            entities.setdefault(name, Entity(_split(names)[0], "state", country, "GOV", True))
        for word in _split(demonyms):
            people = Entity(word, "population", country, None, demonym=True)
            entities.setdefault(word, people)
            if not word.endswith(NO_PLURAL) or word == "German":
                entities.setdefault(word + "s", people)
    return entities


def _add(entities: dict[str, Entity], names: str, country: str, sector: str, kind: str) -> None:
    """Names as they are listed; after a hyphen small letters and capitals change about."""
    first = _split(names)[0]
    for name in _split(names):
        body = Entity(first, kind or "organisation", country or None, sector or None)
        entities[name] = body
        head, hyphen, rest = name.partition("-")
        if hyphen and rest and name == head.capitalize() + hyphen + rest:
            entities.setdefault(f"{head}-{rest[0].swapcase()}{rest[1:]}", body)


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _rows(name: str) -> list[list[str]]:
    """The rows of one of our own tables, comments and header left out."""
    raw = files("watchfloor.data").joinpath(name).read_text(encoding="utf-8")
    lines = [line for line in raw.splitlines() if line.strip() and not line.startswith("#")]
    width = lines[0].count("\t") + 1
    return [(line.split("\t") + [""] * width)[:width] for line in lines[1:]]


def _user_rows(path: Path) -> Iterator[list[str]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise SettingsError(f"cannot be read ({error.strerror})", where=str(path)) from error
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#") or line.split("\t")[0] == "names":
            continue
        cells = line.split("\t")
        if len(cells) != len(COLUMNS):
            raise SettingsError(
                f"{len(cells)} columns",
                where=f"{path}, line {number}",
                right=f"{len(COLUMNS)} columns with tabs between: {', '.join(COLUMNS)}",
            )
        yield cells
