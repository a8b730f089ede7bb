"""`watchfloor watch`: hold reports against the register and print the alerts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from watchfloor.flow import code_reports
from watchfloor.merge import across
from watchfloor.records import CodedReport, Report
from watchfloor.settings import Settings
from watchfloor.watch import default_rules, latest_alerts, read_register, read_rules
from watchfloor.where.locate import locate


def watch(
    inputs: Annotated[list[Path], typer.Argument(help="raw or coded reports as JSON lines")],
    register: Annotated[Path, typer.Option(help="folder of sites.csv, groups.csv, journeys.csv")],
    rules: Annotated[Path | None, typer.Option(help="rules as YAML; else the defaults")] = None,
    format: Annotated[str, typer.Option(help="text or jsonl")] = "text",
) -> None:
    """Raise the alerts that a batch of reports gives cause for, each with its reason."""
    settings = Settings.from_environment()
    entries = read_register(register, lambda name, country: locate(name, country, settings))
    coded = [one for path in inputs for one in _coded(path, settings)]
    texts = {one.report.id: one.report.text for one in coded}
    chosen = read_rules(rules) if rules else default_rules()
    for alert in latest_alerts(list(across(coded)), entries, chosen, texts):
        if format == "jsonl":
            sys.stdout.buffer.write(msgspec.json.encode(alert) + b"\n")
            continue
        reason = alert.reasons[0]
        typer.echo(
            f"{alert.severity.upper():9} {alert.register:32} {reason.rule}: {reason.because}"
        )


def _coded(path: Path, settings: Settings) -> list[CodedReport]:
    """The coded reports of a file; raw ones are coded first."""
    lines = [line for line in path.read_bytes().splitlines() if line.strip()]
    if lines and b'"schema"' in lines[0][:4000] and b"coded-report" in lines[0]:
        return [msgspec.json.decode(line, type=CodedReport) for line in lines]
    reports = (msgspec.json.decode(line, type=Report) for line in lines)
    return list(code_reports(reports, settings))
