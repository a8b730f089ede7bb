"""A paper as PDF."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate

from watchfloor.desk.response.script import clean, is_rtl, runs, visual
from watchfloor.desk.response.sheet import Line, Sheet

MARGIN = 20 * mm
WIDTH = A4[0] - 2 * MARGIN
#: Where a type with Arabic, Hebrew and Cyrillic letters may lie. Without one the PDF has Bitstream
#: Vera, which reportlab carries: Latin letters only, others as boxes.
_WIDE = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf", "/usr/share/fonts/TTF/DejaVuSans.ttf",
    "/Library/Fonts/Arial Unicode.ttf", "C:/Windows/Fonts/arial.ttf",
)  # fmt: skip
#: The type of Chinese, Japanese and Korean that readers of PDF bring themselves.
CJK = "STSong-Light"
_QUOTED = {'"': "&quot;"}


def as_pdf(made: Sheet) -> bytes:
    """The file, its marking at the head and foot of every page."""
    base = _fonts()
    body = ParagraphStyle("body", fontName=base, fontSize=10, leading=14, spaceAfter=4)
    head = ParagraphStyle("head", parent=body, fontSize=12, leading=16, spaceBefore=8)
    title = ParagraphStyle("title", parent=body, fontSize=17, leading=22, spaceAfter=6)
    small = ParagraphStyle("small", parent=body, fontSize=8, leading=11)
    story = [_paragraph(made.title, title), _paragraph(made.kind, body)]
    story += [_paragraph(f"{label}: {value}", body) for label, value in made.facts]
    for name, lines in made.sections:
        story.append(_paragraph(name, head))
        story += [_paragraph(line.text, body, _links(line)) for line in lines]
    story.append(_paragraph("What it rests on", head))
    story += [
        _paragraph(f"{n}. {one.text}", small, url=one.url, name=f"e{n}")
        for n, one in enumerate(made.evidence, 1)
    ]

    def marked(canvas: Any, page: Any) -> None:
        canvas.setFont(base, 9)
        for height in (A4[1] - 12 * mm, 10 * mm):
            canvas.drawCentredString(A4[0] / 2, height, f"{made.tlp}  ·  {page.page}")

    out = BytesIO()
    document = SimpleDocTemplate(
        out, pagesize=A4, title=clean(made.title), author="watchfloor", leftMargin=MARGIN,
        rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN,
    )  # fmt: skip
    document.build(story, onFirstPage=marked, onLaterPages=marked)
    return out.getvalue()


def _links(line: Line) -> str:
    """What stands in brackets after a sentence, each number a link to its evidence."""
    pieces = "".join(
        escape(text) if n is None else f'<a href="#e{n}" color="navy">{text}</a>'
        for text, n in line.pieces
    )
    return f' <font size="7">[{pieces}]</font>'


def _paragraph(
    text: str, style: ParagraphStyle, after: str = "", url: str | None = None, name: str = ""
) -> Paragraph:
    """A paragraph, with markup after it; one that runs from right to left is broken into lines
    before they are turned. `name` is where links lead to it, `url` where it leads itself.
    """
    text = clean(text)
    before = f'<a name="{name}"/>' if name else ""
    if url:
        before += f'<a href="{escape(url, _QUOTED)}" color="navy">'
        after = f"</a>{after}"
    if not is_rtl(text):
        return Paragraph(before + _typed(visual(text)) + after, style)
    lines = simpleSplit(text, style.fontName, style.fontSize, WIDTH - 40 * mm)
    right = ParagraphStyle(f"{style.name}-rtl", parent=style, alignment=2)
    return Paragraph(before + "<br/>".join(_typed(visual(line)) for line in lines) + after, right)


def _typed(text: str) -> str:
    return "".join(
        f'<font name="{CJK}">{escape(part)}</font>' if cjk else escape(part)
        for cjk, part in runs(text)
    )


@cache
def _fonts() -> str:
    """Make the types known; the name of the base one."""
    pdfmetrics.registerFont(UnicodeCIDFont(CJK))
    for path in _WIDE:
        if Path(path).is_file():
            try:
                pdfmetrics.registerFont(TTFont("wide", path))
            except TTFError:
                continue
            return "wide"
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    return "Vera"
