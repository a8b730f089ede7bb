"""Files that a person writes in YAML: read strictly, and what is wrong said in a person's words."""

from __future__ import annotations

import re
from collections.abc import Hashable
from difflib import get_close_matches
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec
import yaml

from watchfloor.errors import SettingsError

T = TypeVar("T")
#: What msgspec calls the kinds of values, and what people do.
_WORDS = {
    "array": "a list", "object": "keys with values", "str": "text", "null": "nothing",
    "float": "a number", "int": "a whole number", "bool": "true or false",
}  # fmt: skip
_AT = re.compile(r"(?P<what>.*) - at `\$(?P<path>.*)`")
_STEP = re.compile(r"\.(?P<key>\w+)|\[(?P<place>\d+)\]")


class _Strict(yaml.SafeLoader):
    """A key that stands twice is refused: YAML would drop the first without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """The mapping of a node."""
        seen = set()
        for key, _ in node.value:
            name = str(key.value)
            if name in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"key {name!r} stands here twice", problem_mark=key.start_mark
                )
            seen.add(name)
        return super().construct_mapping(node, deep)


def read_yaml(path: Path) -> Any:
    """What a file holds. Raises SettingsError with the line of what is no YAML."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), _Strict)
    except OSError as error:
        raise SettingsError(error.strerror or "cannot be read", where=str(path)) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"{path}, line {mark.line + 1}" if mark else str(path)
        right = "lists and keys indented alike" if "expected" in str(error.problem) else None
        raise SettingsError(error.problem or "no YAML", where=where, right=right) from error
    except (ValueError, yaml.YAMLError) as error:
        right = "YAML in UTF-8"
        raise SettingsError(f"cannot be read ({error})", where=str(path), right=right) from error


def as_record(raw: Any, kind: type[T], where: str, what: str) -> T:
    """What YAML gave as a record; `what` is one of its items in a word, such as "rule".

    Raises SettingsError that names the item, and says what is needed or which keys there are.
    """
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        found = _AT.fullmatch(str(error))
        said, path = (found["what"], found["path"]) if found else (str(error), "")
        steps = [s["key"] or int(s["place"]) for s in _STEP.finditer(path)]
        name, field = _place(raw, steps, what)
        here = ", ".join([where, *name])
        raise SettingsError(
            _plain(said, field), where=here, right=_right(said, kind, steps)
        ) from error


def _place(raw: Any, steps: list[str | int], what: str) -> tuple[list[str], str]:
    """The item that a path leads into, by its name or number, and the field of it."""
    names, field = [], ""
    for step in steps:
        try:
            raw = raw[step]
        except (KeyError, IndexError, TypeError):
            raw = None
        if isinstance(step, str):
            field = step
        elif isinstance(raw, dict):
            names.append(f"{what} {raw['name']!r}" if raw.get("name") else f"{what} {step + 1}")
            field = ""
    return names, field


def _plain(said: str, field: str) -> str:
    """The problem in plain words."""
    if found := re.fullmatch(r"Expected `(.*)`, got `(.*)`", said):
        needed, got = (_words(part) for part in found.groups())
        return f"{field or 'it'} is {got}, not {needed}"
    if found := re.fullmatch(r"Object missing required field `(.*)`", said):
        return f"{found[1]} is not given"
    if found := re.fullmatch(r"Object contains unknown field `(.*)`", said):
        return f"unknown key {found[1]!r}"
    return f"{field}: {said}" if field else said


def _words(kinds: str) -> str:
    return " or ".join(_WORDS.get(kind, kind) for kind in kinds.split(" | ") if kind != "null") or (
        "nothing"
    )


def _right(said: str, kind: Any, steps: list[str | int]) -> str | None:
    """How a list is written, and for a problem with a key which keys there are."""
    if said.startswith("Expected `array`"):
        return "written as [one, another]"
    key = re.search(r"(unknown|required) field `(.*)`", said)
    if key is None and steps:
        return None
    for step in steps:
        kind = _inside(kind, step)
    fields = msgspec.structs.fields(kind)
    if key is not None and key[1] == "required":
        return f"it needs {', '.join(f.name for f in fields if f.required)}"
    names = [f.name for f in fields]
    near = get_close_matches(key[2], names, n=1) if key else []
    meant = f"perhaps {near[0]}; " if near else ""
    return f"{meant}keys: {', '.join(names)}"


def _inside(kind: Any, step: str | int) -> Any:
    """The type of a field of a record, or of the items of a list."""
    inner = get_type_hints(kind)[step] if isinstance(step, str) else get_args(kind)[0]
    if get_origin(inner) in {Union, UnionType}:
        inner = next(part for part in get_args(inner) if part is not type(None))
    return inner
