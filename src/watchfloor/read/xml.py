"""XML from strangers: no entities, no document types, nothing fetched."""

from __future__ import annotations

from typing import Any

from watchfloor.errors import InputError


def parse_xml(data: bytes, origin: str) -> Any:
    """The root of a document (an lxml element).

    Raises InputError where it is no XML, or declares a document type: what that could define
    (entities that grow without end, files to be read) no feed, sitemap or alert needs.
    """
    from lxml import etree  # noqa: PLC0415 - XML only

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"no XML that can be read ({error})", where=origin) from error
    if root.getroottree().docinfo.doctype:
        raise InputError("declares a document type", where=origin, right="XML without <!DOCTYPE")
    return root


def name_of(element: Any) -> str:
    """The name of an element without its namespace; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def text_of(element: Any, name: str) -> str | None:
    """The text of the first child of a name, stripped; None where it has none."""
    for child in element:
        if name_of(child) == name:
            return (child.text or "").strip() or None
    return None
