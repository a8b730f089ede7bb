"""The desk's own table of outlets and bodies: how reliable each has proved."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from pathlib import Path

from watchfloor.errors import SettingsError
from watchfloor.merge.voices import plain as bare
from watchfloor.records import Record

#: The table's name in `Settings.home`; one line an outlet or body, with a header line.
TABLE = "grades.tsv"
COLUMNS = ["names", "reliability", "note"]
LETTERS = "ABCDEF"
_BRACKETS = re.compile(r"\(([^()]+)\)")
#: Who or what speaks for a body, before or after its name.
_SPEAKS = r"(?:(?:press )?(?:spokes\w+|statement|release|communiqu[eé]|bulletin)|spokes\w+ .+)"
_OFFICE = re.compile(
    rf"(?i)(?:(?:an?|the) )?"
    rf"(?:(?P<body>.+?)(?:['’]s?)? {_SPEAKS}|{_SPEAKS} (?:of|for|by|from) (?P<of>.+))"
)


class Known(Record, frozen=True, kw_only=True):
    """What the desk holds of one outlet or source.

    `reliability` is A to F. `credibility` (1 to 6) is a person's word on what it said in these
    `reports` alone, None for a standing grade. `by` is the person, None for the desk's table.
    """

    name: str
    reliability: str
    credibility: int | None = None
    reports: frozenset[str] = frozenset()
    by: str | None = None
    note: str = ""


class Table:
    """Names to what is known of them; a later line, such as a person's, outweighs an earlier.

    What no line tells is looked up in the table `below`, where there is one.
    """

    def __init__(self, lines: Iterable[Known] = (), below: Table | None = None) -> None:
        self.lines = tuple(lines)
        self._below = below
        self._by_name: dict[str, list[Known]] = {}
        for line in self.lines:
            self._by_name.setdefault(plain(line.name), []).append(line)

    def of(self, name: str | None, report: str, *, persons: bool = True) -> Known | None:
        """The last line on a name that holds for a report, None where there is none.

        Without `persons`, only what stands in the desk's table.
        """
        found = None
        for each in names_of(name or ""):
            lines = reversed(self._by_name.get(each, ()))
            fit = (k for k in lines if not k.reports or report in k.reports)
            found = found or next((k for k in fit if persons or k.by is None), None)
        if found is None and self._below is not None:
            return self._below.of(name, report, persons=persons)
        return found


def plain(name: str) -> str:
    """A name without article, case and outer marks, to be looked up."""
    return bare(name).strip(" ,.“”\"'")


def names_of(source: str) -> tuple[str, ...]:
    """By which names a source may stand in the table: as it is told, without what stands beside or
    in brackets behind it, by that, and by the body that it speaks for ("the army's spokesman").
    """
    alone = source.partition(",")[0]
    found = [source, alone]
    if bracket := _BRACKETS.search(alone):
        found += [alone.replace(bracket[0], " "), bracket[1]]
    if office := _OFFICE.fullmatch(alone.strip()):
        found.append(office["body"] or office["of"])
    return tuple(dict.fromkeys(filter(None, map(plain, found))))


def read_table(path: Path) -> Table:
    """The table of a file; one that is not there is empty, so that everything is F.

    Raises SettingsError, with file and line, for the first line that makes no sense.
    """
    if not path.is_file():
        return Table()
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        if rows.fieldnames is None or list(rows.fieldnames) != COLUMNS:
            right = f"columns {', '.join(COLUMNS)}, with tabs between"
            raise SettingsError("not a table of grades", where=str(path), right=right)
        return Table([known for n, row in enumerate(rows, 2) for known in _lines(path, n, row)])


def _lines(path: Path, number: int, row: dict[str, str | None]) -> list[Known]:
    letter = (row["reliability"] or "").strip().upper()
    names = [name.strip() for name in (row["names"] or "").split("|") if name.strip()]
    where = f"{path}, line {number}"
    if len(letter) != 1 or letter not in LETTERS:
        raise SettingsError(f"no such reliability {letter!r}", where=where, right="A to F")
    if not names:
        raise SettingsError("names nobody", where=where, right="a name, others after |")
    return [Known(name=n, reliability=letter, note=(row["note"] or "").strip()) for n in names]
