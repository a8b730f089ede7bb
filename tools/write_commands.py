"""Write the page of every command and option from the program itself.

    python tools/write_commands.py [docs/commands.md]

`tests/test_docs.py` holds the page against the program.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path
from typing import Any

from typer import Context
from typer.main import get_command

from watchfloor.cli.app import app

PAGE = Path(__file__).parents[1] / "docs" / "commands.md"
HEAD = """# Every command

Written by `python tools/write_commands.py` from the program's own help; `watchfloor COMMAND --help`
prints the same.
"""
#: Defaults that are the machine's own.
_MACHINE = {"workers": "the machine's cores"}


def commands(group: Any = None, before: str = "watchfloor") -> Iterator[tuple[str, Any]]:
    """Every command with its full name, in the order of the help."""
    group = group or get_command(app)
    for name in group.list_commands(Context(group)):
        found, full = group.get_command(Context(group), name), f"{before} {name}"
        if hasattr(found, "list_commands"):
            yield from commands(found, full)
        else:
            yield full, found


def page() -> str:
    """The page as Markdown."""
    return HEAD + "".join(f"\n{_section(name, found)}" for name, found in commands())


def _section(name: str, found: Any) -> str:
    given = " ".join(_argument(p) for p in found.params if p.param_type_name == "argument")
    lines = [f"## {name}", "", f"    {name} {given}".rstrip(), "", cleandoc(found.help or ""), ""]
    rows = [_row(p) for p in found.params]
    if rows:
        lines += ["| | | default |", "|---|---|---|", *rows, ""]
    return "\n".join(lines)


def _argument(parameter: Any) -> str:
    name = parameter.name.upper() + ("…" if parameter.nargs == -1 else "")
    return name if parameter.required else f"[{name}]"


def _row(parameter: Any) -> str:
    said = (getattr(parameter, "help", None) or "").replace("|", "\\|")
    if parameter.param_type_name == "argument":
        names = f"`{parameter.name.upper()}`"
    else:
        names = " ".join(f"`{o}`" for o in (*parameter.opts, *parameter.secondary_opts))
    return f"| {names} | {said} | {_default(parameter)} |"


def _default(parameter: Any) -> str:
    if parameter.required:
        return "required"
    if parameter.name in _MACHINE:
        return _MACHINE[parameter.name]
    value = parameter.default
    if isinstance(value, bool):
        return "on" if value else "off"
    return "" if value is None or value in ([], ()) or callable(value) else f"`{value}`"


def main() -> None:
    """Write the page."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else PAGE
    out.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
