"""A report's text with its coded spans marked, ready for a page."""

from __future__ import annotations

from markupsafe import Markup, escape

from watchfloor.records import CodedReport


def lit(coded: CodedReport) -> Markup:
    """The text, escaped, each event's trigger in a mark that carries the event's id."""
    text, at, out = coded.report.text, 0, Markup("")
    triggers = sorted({(e.trigger.start, e.trigger.end, e.id, e.type) for e in coded.events})
    for start, end, id, kind in triggers:
        if start < at:
            continue
        out += escape(text[at:start])
        out += Markup('<mark id="{}" title="{}">{}</mark>').format(id, kind, text[start:end])
        at = end
    return out + escape(text[at:])
