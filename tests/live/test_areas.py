"""Areas that messages of CAP draw: read from a real server, held against the register, told on."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace
from typer.testing import CliRunner

from tests.live.conftest import Clock, Page, World
from tests.live.test_sources import watching
from watchfloor.cli.app import app
from watchfloor.live.publish import CAP, cap
from watchfloor.live.register import keep_register
from watchfloor.merge import MergedIncident
from watchfloor.read.cap import parse_cap
from watchfloor.records import Area
from watchfloor.settings import Settings
from watchfloor.store import Database, incident_of, report_of
from watchfloor.store.alerts import KeptAlert, find_alerts
from watchfloor.store.audit import lines
from watchfloor.store.feeds import Feed
from watchfloor.watch import Register
from watchfloor.watch.register import Site

#: Some 65 by 105 km around the depot in Gao, which lies at 16.27 -0.04.
WIDE = ((16.0, -0.5), (16.6, -0.5), (16.6, 0.5), (16.0, 0.5))
#: Some 11 by 11 km, 22 km north of it.
SMALL = ((16.47, -0.09), (16.57, -0.09), (16.57, 0.01), (16.47, 0.01))
ATTACK = "Gunmen attacked a convoy on Monday and wounded two drivers."


def written(ring: tuple[tuple[float, float], ...]) -> str:
    return " ".join(f"{lat},{lon}" for lat, lon in (*ring, ring[0]))


def message(*shapes: str, id: str = "x1", name: str = "Sector Delta, Mali", said: str = ATTACK,
            refers: str = "") -> bytes:  # fmt: skip
    drawn = "".join(shapes)
    kind = f"<msgType>Update</msgType><references>{refers}</references>" if refers else ""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>{id}</identifier>
<sender>duty@example.org</sender><sent>2031-03-03T05:00:00-00:00</sent><status>Exercise</status>
{kind or "<msgType>Alert</msgType>"}<scope>Public</scope><info><language>en-US</language>
<category>Security</category><event>Attack</event><urgency>Immediate</urgency>
<severity>Severe</severity><certainty>Observed</certainty><senderName>Region of Gao</senderName>
<headline>Attack</headline><description>{said}</description>
<area><areaDesc>{name}</areaDesc>{drawn}</area></info></alert>""".encode()


def polygon(ring: tuple[tuple[float, float], ...]) -> str:
    return f"<polygon>{written(ring)}</polygon>"


def told(record: Database) -> list[tuple[KeptAlert, MergedIncident]]:
    with record.reading() as session:
        found = [(a, incident_of(session, a.incident)) for a in find_alerts(session)]
    return [(alert, row.incident) for alert, row in found if row is not None]


@pytest.fixture
def register() -> Register:
    return Register(
        sites=(
            Site(id="gao", name="Gao depot", kind="depot", country="MLI", lat=16.27, lon=-0.04),
            Site(id="works", name="Niger works", kind="project", country="MLI", lat=17.2, lon=0.0,
                 radius_km=10),
        )
    )  # fmt: skip


def test_what_lies_in_a_drawn_area_has_an_alert_and_the_area_is_told_on(
    record: Database, register: Register, here: Settings, clock: Clock, world: World
) -> None:
    feed = Feed(address=f"{world.url}/one.cap", kind="feed", name="Gao")
    watch = watching(record, register, here, clock, feed)
    world.pages["/one.cap"] = Page(message(polygon(WIDE)), kind="application/cap+xml")
    assert watch.step() == 1
    ((alert, incident),) = told(record)
    assert (alert.register, alert.doc["basis"]) == ("sites:gao", "area"), "no pin of a wide area"
    assert alert.doc["distance_km"] is None
    at = datetime(2031, 3, 3, 6, tzinfo=UTC)
    sent = cap(alert, incident, [at], "desk")
    info = ET.fromstring(sent).find(f"{{{CAP}}}info")
    assert info is not None
    assert info.findtext(f".//{{{CAP}}}polygon") == written(WIDE)
    assert info.find(f".//{{{CAP}}}circle") is None
    (area,) = parse_cap(sent, "there").report.areas
    assert area == Area(name="Sector Delta, Mali", outlines=(WIDE,)), "another desk reads the same"


def test_of_a_small_area_the_distance_is_from_its_edge_and_a_new_outline_is_a_revision(
    record: Database, register: Register, here: Settings, clock: Clock, world: World
) -> None:
    feed = Feed(address=f"{world.url}/one.cap", kind="feed", name="Gao")
    watch = watching(record, register, here, clock, feed)
    world.pages["/one.cap"] = Page(message(polygon(SMALL)), kind="application/cap+xml")
    watch.step()
    ((alert, _),) = told(record)
    assert alert.doc["basis"] == "pin"
    assert 22 < alert.doc["distance_km"] < 22.5, "its middle is 28 km off"
    nearer = tuple((lat - 0.1, lon) for lat, lon in SMALL)
    moved = message(
        polygon(nearer), id="x2", refers="duty@example.org,x1,2031-03-03T05:00:00-00:00"
    )
    world.pages["/one.cap"] = Page(moved, kind="application/cap+xml")
    clock.on(minutes=6)
    assert watch.step() == 1, "the words are the same, the area is not"
    ((alert, _),) = told(record)
    assert 11 < alert.doc["distance_km"] < 11.5
    with record.reading() as session:
        stored = report_of(session, alert.doc["reports"][0])
    assert stored is not None
    assert stored.revision == 2


def test_a_name_means_the_place_that_is_drawn_and_not_another_of_that_name(
    record: Database, here: Settings, clock: Clock, world: World
) -> None:
    # Valencia is a city of Spain and one of Venezuela; this one is drawn in neither
    ring = ((9.2, 125.1), (9.2, 125.3), (9.4, 125.3), (9.4, 125.1))
    site = Site(id="dam", name="River dam", kind="project", country="PHL", lat=9.3, lon=125.2)
    feed = Feed(address=f"{world.url}/one.cap", kind="feed", name="Island")
    watch = watching(record, Register(sites=(site,)), here, clock, feed)
    said = "Gunmen attacked a convoy in Valencia on Monday and wounded two drivers."
    sent = message(polygon(ring), name="Valencia", said=said)
    world.pages["/one.cap"] = Page(sent, kind="application/cap+xml")
    watch.step()
    ((alert, incident),) = told(record)
    assert (alert.register, alert.doc["basis"]) == ("sites:dam", "pin")
    assert incident.place is not None
    assert incident.place.gazetteer_id is None


def test_a_circle_is_an_area_too_and_what_is_neither_is_said() -> None:
    read = parse_cap(message("<circle>16.27,-0.04 20</circle>"), "here")
    ((ring,),) = (area.outlines for area in read.report.areas)
    assert read.problems == ()
    assert {round(lat, 2) for lat, _ in ring} >= {16.45, 16.09}, "20 km north and south"
    for shape, why in (
        ("<polygon>16,0 17,0 17,1</polygon>", "the last the same as the first"),
        ("<polygon>16,0 17,0 97,1 16,0</polygon>", "'97,1' lies nowhere"),
        ("<circle>16.27 -0.04 20</circle>", "no point"),
        ("<circle>16.27,-0.04 -1</circle>", "radius -1"),
    ):
        read = parse_cap(message(shape, polygon(WIDE)), "here")
        assert why in " ".join(read.problems)
        assert [area.outlines for area in read.report.areas] == [(WIDE,)], "the rest is kept"
        assert read.coded


def test_an_area_may_lie_across_the_180th_meridian() -> None:
    ring = ((-17.0, 179.5), (-17.0, -179.5), (-16.0, -179.5), (-16.0, 179.5))
    islands = [Site(id="s", name="Pier", kind="port", country="FJI", lat=-16.5, lon=lon)
               for lon in (179.9, -179.9, 178.0, 0.0)]  # fmt: skip
    gaps = [site.km_to_areas((ring,)) for site in islands]
    assert gaps[:2] == [0, 0]
    assert 155 < (gaps[2] or 0) < 165
    assert (gaps[3] or 0) > 5000


def test_the_outline_of_a_site_is_told_for_a_purpose_only_and_coarsely(
    record: Database, register: Register, here: Settings, clock: Clock, world: World,
    tmp_path: Path,
) -> None:  # fmt: skip
    corners = ((16.2612, -0.0512), (16.2612, -0.0288), (16.2788, -0.0288), (16.2788, -0.0512))
    depot = replace(register.sites[0], outline=corners)
    register = Register(sites=(depot, *register.sites[1:]))
    with record.writing() as session:
        keep_register(session, register, "me", clock())
    feed = Feed(address=f"{world.url}/one.cap", kind="feed", name="Gao")
    watch = watching(record, register, here, clock, feed)
    world.pages["/one.cap"] = Page(message(polygon(WIDE)), kind="application/cap+xml")
    watch.step()

    def published(*more: str) -> list[str]:
        base = ["alerts", "--format", "cap", "--store", str(tmp_path / "record.db"), *more]
        done = CliRunner().invoke(app, base, catch_exceptions=False)
        top = ET.fromstring(done.stdout)
        return [p.text or "" for p in top.iter(f"{{{CAP}}}polygon")]

    assert published() == [written(WIDE)], "the incident's alone"
    _, own = published("--purpose", "for the district's desk")
    assert own == written(((16.26, -0.05), (16.26, -0.03), (16.28, -0.03), (16.28, -0.05)))
    with record.reading() as session:
        read = [line for line in lines(session) if line.what == "register:read"]
    assert [line.particulars for line in read] == [{"purpose": "for the district's desk"}]
