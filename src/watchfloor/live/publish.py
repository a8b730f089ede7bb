"""Alerts for other systems: CAP 1.2 messages and an RSS feed."""

from __future__ import annotations

from collections.abc import Iterable
from email.utils import format_datetime
from xml.etree import ElementTree as ET

from watchfloor.merge import MergedIncident
from watchfloor.store.alerts import KeptAlert

#: The namespace of the Common Alerting Protocol 1.2 (OASIS, July 2010).
CAP = "urn:oasis:names:tc:emergency:cap:1.2"
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


def cap(alert: KeptAlert, incident: MergedIncident | None, sender: str) -> bytes:
    """One alert as a CAP 1.2 message; without its incident the certainty is Unknown.

    A place known to be an area only is told by name, without a circle: a pin would be a guess.
    """
    ET.register_namespace("", CAP)
    top = ET.Element(f"{{{CAP}}}alert")
    _add(top, identifier=f"{alert.id}.{alert.revision}", sender=sender)
    _add(top, sent=alert.updated_at.isoformat(timespec="seconds"), status="Actual")
    kind = "Cancel" if alert.state == "withdrawn" else "Alert" if alert.revision == 1 else "Update"
    _add(top, msgType=kind, scope="Restricted", restriction="TLP")
    if alert.revision > 1:
        sent = alert.first_at.isoformat(timespec="seconds")
        _add(top, references=f"{sender},{alert.id}.{alert.revision - 1},{sent}")
    info = ET.SubElement(top, f"{{{CAP}}}info")
    status = incident.status if incident else ""
    _add(info, language="en", category="Security", event=alert.doc["reasons"][0]["rule"])
    _add(info, urgency=str(alert.doc.get("urgency", "unknown")).title())
    _add(info, severity=_SEVERITY[alert.severity], certainty=_CERTAINTY.get(status, "Unknown"))
    _add(info, headline=f"{alert.register}: {alert.doc['reasons'][0]['rule']}")
    _add(info, description="; ".join(r["because"] for r in alert.doc["reasons"]))
    if incident and incident.place:
        spot = incident.place
        area = ET.SubElement(info, f"{{{CAP}}}area")
        _add(area, areaDesc=spot.name)
        if spot.lat is not None and spot.lon is not None and alert.doc["basis"] != "area":
            _add(area, circle=f"{spot.lat},{spot.lon} {spot.radius_km}")
    return bytes(ET.tostring(top, encoding="utf-8", xml_declaration=True))


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
