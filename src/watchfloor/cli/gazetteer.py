"""`watchfloor gazetteer`: what the gazetteer holds, the desk's own places, GeoNames in full."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from watchfloor.cli.progress import with_bar
from watchfloor.settings import Settings
from watchfloor.where.gazetteer import load
from watchfloor.where.geonames import import_dump
from watchfloor.where.own import OwnPlace, add, parts, read_csv

app = typer.Typer(no_args_is_help=True, help="Look places up, enter the desk's own, import more.")


@app.command()
def info() -> None:
    """Sources, licences and how many places each gave."""
    table = Table("source", "places", "licence")
    for part in parts(Settings.from_environment().home):
        table.add_row(part.source, f"{part.places:,}", part.licence)
    Console().print(table)


@app.command()
def find(name: Annotated[str, typer.Argument(help="a place name, as written")]) -> None:
    """The places that bear a name, the most populous first."""
    settings = Settings.from_environment()
    table = Table("id", "name", "kind", "country", "province", "lat", "lon", "km", "people")
    for one in load(settings.home, settings.worldview).named(name):
        table.add_row(
            one.id, one.name, one.kind, one.country, one.admin1, f"{one.lat:.4f}",
            f"{one.lon:.4f}", f"{one.radius_km:g}", f"{one.population:,}",
        )  # fmt: skip
    Console().print(table)


@app.command("add", context_settings={"ignore_unknown_options": True})
def add_place(
    name: Annotated[str, typer.Argument(help="its name")],
    lat: Annotated[float, typer.Argument(help="latitude in degrees")],
    lon: Annotated[float, typer.Argument(help="longitude in degrees")],
    kind: Annotated[str, typer.Option(help="point, facility, town, district, ...")] = "town",
    country: Annotated[str | None, typer.Option(help="ISO 3166-1 alpha-3")] = None,
    province: Annotated[str | None, typer.Option(help="the province it lies in")] = None,
    radius_km: Annotated[float | None, typer.Option(help="how large it is, in km")] = None,
    also: Annotated[list[str] | None, typer.Option(help="another name; may be repeated")] = None,
) -> None:
    """Enter a village, camp, kilometre post or plant that the desk knows."""
    place = OwnPlace(
        name=name, lat=lat, lon=lon, kind=kind, country=country, admin1=province,
        radius_km=radius_km, also=tuple(also or ()),
    )  # fmt: skip
    add(Settings.from_environment().home, [place])
    typer.echo(f"entered {name}")


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="allCountries.zip, one country's, or a CSV")],
) -> None:
    """Import a GeoNames dump (broken off, it goes on where it was), or a CSV of own places."""
    home = Settings.from_environment().home
    if file.suffix.lower() == ".csv":
        typer.echo(f"entered {add(home, read_csv(file)):,} places")
        return
    done = 0
    for lines in with_bar(import_dump(file, home), None, "importing", "batches"):
        done = lines
    typer.echo(f"read {done:,} lines of {file.name}")
