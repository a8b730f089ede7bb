"""What is wrong with a file of rules or channels is said in words: where, and what is right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from watchfloor.errors import SettingsError
from watchfloor.live import read_channels
from watchfloor.watch import read_rules

NEAR = "name: near, types: [ASSAULT], statuses: [happened], severity: severe"


def said(read: Callable[[Path], object], folder: Path, text: str | bytes) -> str:
    file = folder / "file.yaml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(SettingsError) as told:
        read(file)
    return str(told.value).replace(f"{file}", "file")


def rule(text: str) -> str:
    return f"rules:\n- {{{text}}}\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "file: it is nothing, not keys with values; keys: rules, overdue, blind, corridor_km"),
        ("- name: x", "file: it is a list, not keys with values; keys: rules"),
        (rule(NEAR.replace("types", "type")), "rule 'near': unknown key 'type'; perhaps types"),
        (rule("severity: minor"), "file, rule 1: name is not given; it needs name, types"),
        (rule(NEAR.replace("[ASSAULT]", "ASSAULT")), "types is text, not a list; written as ["),
        (rule(NEAR.replace("ASSAULT", "RAID")), "file, rule 'near': unknown type 'RAID'; one of "),
        (rule(NEAR.replace("[ASSAULT]", "[]")), "no type, so that it fits nothing; some of AGREE"),
        (rule(NEAR + ", modes: [bombing]"), "unknown mode 'bombing'; one of suicide-attack, "),
        (rule(NEAR + ", radius: 25 km"), "file, rule 'near': radius is text, not a number"),
        (rule(NEAR + ", trend: {counts: 3}"), "unknown key 'counts'; perhaps count; keys: count"),
        ("rules:\n- name: x\n types: [A]", "file, line 3: expected <block end>, but found "),
        (f"{rule(NEAR)}{rule(NEAR)}", "file, line 3: key 'rules' stands here twice"),
        (b"rules:\n\xff", "file: cannot be read ('utf-8' codec can't decode byte 0xff"),
    ],
)  # fmt: skip
def test_rules_that_make_no_sense(tmp_path: Path, text: str | bytes, words: str) -> None:
    assert words in said(read_rules, tmp_path, text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("channels: [{name: duty}]", "file, channel 'duty': kind is not given; it needs name"),
        ("channels: [{name: duty, kind: smtp, too: [a]}]", "unknown key 'too'; perhaps to; keys: "),
        ("channels: [{name: duty, kind: smtp, to: a}]", "channel 'duty': to is text, not a list"),
    ],
)  # fmt: skip
def test_channels_that_make_no_sense(tmp_path: Path, text: str, words: str) -> None:
    assert words in said(read_channels, tmp_path, text)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"none.yaml: No such file"):
        read_rules(tmp_path / "none.yaml")
