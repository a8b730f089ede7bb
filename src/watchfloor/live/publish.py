"""Alerts for other systems: CAP 1.2 messages and an RSS feed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.etree import ElementTree as ET

from watchfloor.merge import MergedIncident
from watchfloor.merge.facts import Spot
from watchfloor.records import Ring
from watchfloor.response.records import Verification
from watchfloor.store.alerts import KeptAlert
from watchfloor.watch.register import Site

#: The namespace of the Common Alerting Protocol 1.2 (OASIS, July 2010).
CAP = "urn:oasis:names:tc:emergency:cap:1.2"
#: Decimals of a degree to which the corners of a site are told: about a kilometre.
COARSE = 2
#: CAP's word for each severity.
_SEVERITY = {
    "extreme": "Extreme", "severe": "Severe", "moderate": "Moderate", "minor": "Minor",
    "info": "Unknown",
}  # fmt: skip
#: How certain the incident is, in CAP's words.
_CERTAINTY = {
    "happened": "Observed", "ongoing": "Observed", "attempted": "Observed",
    "planned": "Possible", "possible": "Possible", "disputed": "Possible", "denied": "Unlikely",
}  # fmt: skip
#: What a verification that found something makes of it; what was not confirmed stays as it was.
_FOUND = {"confirmed": "Observed", "partly confirmed": "Likely", "refuted": "Unlikely"}


def cap(
    alert: KeptAlert, incident: MergedIncident | None, told: Sequence[datetime], sender: str,
    verified: Verification | None = None, site: Site | None = None,
) -> bytes:  # fmt: skip
    """One alert as a CAP 1.2 message; without its incident the certainty is Unknown. `told` is when
    each of its revisions came about (`told_at`), to which the later ones refer. `site` is the entry
    that it is about, given where its outline is to be told too.

    `verified` is the verification that counts; the message tells what it found and when, never
    who was asked.

    The circle is as wide as what is known of the place: a province is an area, never a pin; where
    its outlines are known they are told instead.
    """
    ET.register_namespace("", CAP)
    top = ET.Element(f"{{{CAP}}}alert")
    names = [f"{alert.id}.{n}" for n in range(1, alert.revision + 1)]
    times = [_time(at) for at in told]
    _add(top, identifier=names[-1], sender=sender, sent=times[-1], status="Actual")
    kind = "Cancel" if alert.state == "withdrawn" else "Alert" if alert.revision == 1 else "Update"
    _add(top, msgType=kind, scope="Restricted", restriction="TLP")
    if alert.revision > 1:
        before = zip(names[:-1], times[:-1], strict=True)
        _add(top, references=" ".join(f"{sender},{name},{at}" for name, at in before))
    info = ET.SubElement(top, f"{{{CAP}}}info")
    status = incident.status if incident else ""
    _add(info, language="en", category="Security", event=alert.doc["reasons"][0]["rule"])
    _add(info, urgency=str(alert.doc.get("urgency", "unknown")).title())
    _add(info, severity=_SEVERITY[alert.severity], certainty=_certainty(status, verified))
    _add(info, headline=f"{alert.register}: {alert.doc['reasons'][0]['rule']}")
    _add(info, description="; ".join(r["because"] for r in alert.doc["reasons"]))
    parameter = ET.SubElement(info, f"{{{CAP}}}parameter")
    _add(parameter, valueName="verification", value=_told(alert, verified))
    if incident and incident.place:
        _area(info, incident.place)
    if site is not None and site.outline:
        _coarsely(info, alert.register, site.outline)
    return bytes(ET.tostring(top, encoding="utf-8", xml_declaration=True))


def _certainty(status: str, verified: Verification | None) -> str:
    """CAP's certainty: as a verification found it, else by the status of the incident."""
    found = _FOUND.get((verified.finding if verified else None) or "", "")
    return found or _CERTAINTY.get(status, "Unknown")


def _told(alert: KeptAlert, verified: Verification | None) -> str:
    if verified is None or verified.finding is None or verified.found_at is None:
        return "not verified"
    old = ", before more was known" if verified.revision < alert.revision else ""
    return f"{verified.finding} {_time(verified.found_at)}{old}"


def _area(info: ET.Element, spot: Spot) -> None:
    """Where it happened: its outlines, else a circle."""
    area = ET.SubElement(info, f"{{{CAP}}}area")
    _add(area, areaDesc=spot.name)
    for ring in spot.outlines:
        _add(area, polygon=_polygon(ring))
    if not spot.outlines and spot.lat is not None and spot.lon is not None:
        _add(area, circle=f"{spot.lat},{spot.lon} {spot.radius_km}")


def _coarsely(info: ET.Element, entry: str, outline: Ring) -> None:
    """A site's area, to about a kilometre; a circle of one where it is no wider."""
    area = ET.SubElement(info, f"{{{CAP}}}area")
    _add(area, areaDesc=entry)
    corners = {(round(lat, COARSE), round(lon, COARSE)): None for lat, lon in outline}
    if len(corners) > 2:
        _add(area, polygon=_polygon(tuple(corners)))
    else:
        lat, lon = next(iter(corners))
        _add(area, circle=f"{lat},{lon} 1")


def _polygon(ring: Ring) -> str:
    """The corners as CAP writes them (3.2.4), the first again as the last."""
    return " ".join(f"{lat},{lon}" for lat, lon in (*ring, ring[0]))


def _time(at: datetime) -> str:
    """A time as CAP 1.2 writes it (3.2.1): in UTC, whose zone is -00:00 and never Z."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}-00:00"


def rss(alerts: Iterable[KeptAlert], title: str, link: str) -> bytes:
    """Alerts as an RSS 2.0 feed; an alert that changes is a new item of a new guid."""
    top = ET.Element("rss", version="2.0")
    channel = ET.SubElement(top, "channel")
    for name, value in (("title", title), ("link", link), ("description", title)):
        ET.SubElement(channel, name).text = value
    for alert in alerts:
        item = ET.SubElement(channel, "item")
        reasons = alert.doc["reasons"]
        ET.SubElement(
            item, "title"
        ).text = (
            f"[{alert.severity.upper()}] {alert.register}: {reasons[0]['rule']} ({alert.state})"
        )
        ET.SubElement(item, "description").text = "; ".join(r["because"] for r in reasons)
        ET.SubElement(item, "link").text = f"{link.rstrip('/')}/incidents/{alert.incident}"
        ET.SubElement(item, "guid", isPermaLink="false").text = f"{alert.id}.{alert.revision}"
        ET.SubElement(item, "pubDate").text = format_datetime(alert.updated_at)
    return bytes(ET.tostring(top, encoding="utf-8", xml_declaration=True))


def _add(parent: ET.Element, **fields: str) -> None:
    for name, value in fields.items():
        ET.SubElement(parent, f"{{{CAP}}}{name}").text = value
