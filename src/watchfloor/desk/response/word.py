"""A paper as Word (Office Open XML)."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE as RELATIONSHIP
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from watchfloor.desk.response.script import clean, has_rtl, is_rtl
from watchfloor.desk.response.sheet import Sheet

#: Characters that a property of a Word file may have (python-docx refuses more).
LONGEST = 255


def as_docx(made: Sheet) -> bytes:
    """The file. Each paragraph runs as its first letter does."""
    document = Document()
    document.core_properties.title = clean(made.title)[:LONGEST]
    document.core_properties.author = "watchfloor"
    section = document.sections[0]
    for part in (section.header, section.footer):
        part.paragraphs[0].text = made.tlp
        part.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(document.add_heading(level=0), made.title)
    document.add_paragraph(made.kind)
    for label, value in made.facts:
        _write(document.add_paragraph(), f"{label}: {value}")
    for title, lines in made.sections:
        _write(document.add_heading(level=1), title)
        for line in lines:
            paragraph = document.add_paragraph()
            _write(paragraph, line.text)
            _small(paragraph.add_run(" ["))
            for text, n in line.pieces:
                if n is None:
                    _small(paragraph.add_run(text))
                else:
                    _link(paragraph, text, anchor=f"e{n}")
            _small(paragraph.add_run("]"))
    document.add_heading("What it rests on", level=1)
    for number, one in enumerate(made.evidence, 1):
        paragraph = document.add_paragraph()
        _bookmark(paragraph, number)
        _write(paragraph, f"{number}. {one.text}")
        if one.url:
            paragraph.add_run(" ")
            _link(paragraph, one.url, url=one.url)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _write(paragraph: Any, text: str) -> None:
    text = clean(text)
    run = paragraph.add_run(text)
    if is_rtl(text):
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
    if has_rtl(text):
        run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:hint"), "eastAsia")


def _bookmark(paragraph: Any, number: int) -> None:
    """Make the paragraph a place that links lead to, `e1` for 1."""
    for tag, more in (("w:bookmarkStart", {"w:name": f"e{number}"}), ("w:bookmarkEnd", {})):
        mark = OxmlElement(tag)
        for key, value in {"w:id": str(number), **more}.items():
            mark.set(qn(key), value)
        paragraph._p.append(mark)


def _link(paragraph: Any, text: str, anchor: str = "", url: str = "") -> None:
    """Add words that lead to a place of the file, or to an address."""
    link = OxmlElement("w:hyperlink")
    if url:
        link.set(
            qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP.HYPERLINK, is_external=True)
        )
    else:
        link.set(qn("w:anchor"), anchor)
    run = paragraph.add_run(clean(text))
    run.font.underline = True
    _small(run)
    link.append(run._r)
    paragraph._p.append(link)


def _small(run: Any) -> None:
    run.font.size = Pt(8)
