"""The tables of actors: of one form, and without two answers to one name."""

from collections import defaultdict
from importlib.resources import files

import pytest

from watchfloor.who.vocabulary import load

TABLES = ("actors_bodies.tsv", "actors_groups.tsv", "actors_agencies.tsv", "actors_people.tsv")
SECTORS = set(
    "GOV MIL COP PRM REB UAF SPY JUD LEG PTY OPP ELI BUS CRM CVL EDU JRN LAB MED REF PRE REL SOC"
    " AGR NGO".split()
)
NO_STATE = {"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"}


def rows(table: str) -> list[list[str]]:
    text = files("watchfloor.data").joinpath(table).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [line.split("\t") for line in lines[1:]]


def countries() -> set[str]:
    return {row[0] for row in rows("actors_countries.tsv")}


@pytest.mark.parametrize("table", TABLES)
def test_codes_are_known(table: str) -> None:
    wrong = [
        row
        for row in rows(table)
        if row[1] not in countries() | NO_STATE | {""} or row[2] not in SECTORS | {""}
    ]
    assert wrong == []


def test_a_name_has_one_meaning() -> None:
    meanings: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for table in TABLES:
        for row in rows(table):
            for name in row[0].split(";"):
                meanings[name].add((row[1], row[2]))
    assert {name: said for name, said in meanings.items() if len(said) > 1} == {}


def test_roles_have_known_sectors_and_kinds() -> None:
    kinds = {"organisation", "group", "person", "population"}
    wrong = [r for r in rows("actors_roles.tsv") if r[1] not in SECTORS or r[2] not in kinds]
    assert wrong == []


def test_names_are_found_as_whole_words_the_longest_first() -> None:
    names = [n.entity.name for n in load().find("The South Sudanese left Malian towns, not Mali.")]
    assert names == ["South Sudanese", "Malian", "Mali"]
