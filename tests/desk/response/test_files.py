"""Papers as files: what they say can be read back, in every script, and nothing breaks them."""

from __future__ import annotations

import re
import unicodedata
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.desk.response.reading_pdf import text_of
from tests.response.building import T0, hour, made
from watchfloor.desk.response.pdf import as_pdf
from watchfloor.desk.response.script import clean, is_rtl, joined, visual
from watchfloor.desk.response.sheet import Sheet, file_name, sheet
from watchfloor.desk.response.word import as_docx
from watchfloor.response.records import Evidence, Paper, Section, Sentence, Version
from watchfloor.store.releases import Release

ARABIC = "قُتل خمسة أشخاص في هجوم على حافلة قرب كويتا يوم الثلاثاء (تمرين)."
CHINESE = "三月三日，五人在奎达附近的袭击中死亡（演习）。"
WIRE = "https://wire.invalid/a?b=1&c=%22"
QUOTE = Evidence(kind="report", id="r1", says="the words of a private person", start=0, end=9)
PAPER = Paper(n=3, kind="sitrep", title="Situation report, Dasu & <camp>", marking="AMBER",
              first_at=T0, last_at=hour(6), site="sites:dasu", **made())  # fmt: skip


def paper(*texts: str, title: str = PAPER.title) -> Sheet:
    sentences = tuple(Sentence(text=t, evidence=(QUOTE,)) for t in texts)
    own = Sentence(text="The road is shut.", author="ana")
    told = Section(title="What happened", sentences=(*sentences, own))
    version = Version(paper=3, version=2, at=T0, author="ana", sections=(told,))
    release = Release(n=1, kind="paper", subject="3.2", marking="AMBER+STRICT", to="the embassy",
                      reason="daily", state="approved", proposed_by="ana", proposed_at=T0,
                      decided_by="ben", decided_at=hour(1))  # fmt: skip
    names = {"sites:dasu": "Dasu dam camp"}
    return sheet(replace(PAPER, title=title), version, release, names, {"r1": WIRE})


def words(docx: bytes) -> str:
    return "\n".join(p.text for p in Document(BytesIO(docx)).paragraphs)


def test_a_pdf_says_what_the_paper_says_and_how_it_is_marked() -> None:
    text = text_of(as_pdf(paper("Five were killed near Quetta.")))
    flat = " ".join(text.split())
    for said in ("Situation report, Dasu & <camp>", "Five were killed near Quetta.", "[1]",
                 "Released by: ana and ben", "Site: Dasu dam camp", "TLP:AMBER+STRICT",
                 "on the word of ana", "report r1, characters 0 to 9"):  # fmt: skip
        assert said in flat, (said, flat)


def test_no_words_of_a_report_stand_in_a_file_that_leaves_the_desk() -> None:
    one = paper("Five were killed.")
    assert "private person" not in words(as_docx(one))
    assert "private person" not in text_of(as_pdf(one))


def test_word_says_the_same_marked_on_every_page() -> None:
    made_ = as_docx(paper("Five were killed near Quetta.", ARABIC, CHINESE))
    text = words(made_)
    for said in ("Dasu & <camp>", "Five were killed near Quetta.", ARABIC, CHINESE, "ana and ben"):
        assert said in text, said
    document = Document(BytesIO(made_))
    assert document.sections[0].header.paragraphs[0].text == "TLP:AMBER+STRICT"
    body = ZipFile(BytesIO(made_)).read("word/document.xml").decode()
    assert body.count("<w:bidi/>") == 1
    assert "<w:rtl/>" in body


def test_each_number_leads_to_its_evidence_and_a_published_report_to_where_it_stands() -> None:
    one = paper("Five were killed near Quetta.")
    pdf = as_pdf(one)
    assert pdf.count(b"/Subtype /Link") == 2, "a number within the file, and the world outside"
    assert re.search(rb"/Dest \[ \d+ 0 R /XYZ", pdf)
    assert b"wire.invalid" in pdf
    package = ZipFile(BytesIO(as_docx(one)))
    body = package.read("word/document.xml").decode()
    assert 'w:anchor="e1"' in body
    assert 'w:name="e1"' in body
    assert "https://wire.invalid/" in package.read("word/_rels/document.xml.rels").decode()


def test_arabic_in_a_pdf_is_joined_and_runs_from_right_to_left() -> None:
    assert joined("بيت") == "\ufe91\ufef4\ufe96"  # initial beh, medial yeh, final teh
    assert joined("سلام") == "\ufeb3\ufefc\ufee1"  # seen, lam with alef, meem alone
    assert visual("abc") == "abc"
    assert visual("שלום (5)") == "(5) םולש"
    assert is_rtl("  5 " + ARABIC)
    assert not is_rtl("abc " + ARABIC)
    drawn = text_of(as_pdf(paper(ARABIC)))
    assert joined("خمسة")[::-1] in drawn


def test_chinese_is_drawn_in_a_type_that_has_it() -> None:
    pdf = as_pdf(paper(CHINESE * 20))
    assert b"STSong-Light" in pdf


@pytest.mark.parametrize(
    "text",
    [
        "", "\x00\x0b nul", "\U0001f469\u200d\U0001f692", "<b>&amp;</b>", "\ud800", ARABIC * 60,
        "a" * 3000, CHINESE + ARABIC, "\u202e reversed", "=cmd|' /C calc'!A0",
    ],
)  # fmt: skip
def test_no_text_breaks_a_file(text: str) -> None:
    one = paper(text, title=text or "-")
    assert as_pdf(one).startswith(b"%PDF")
    assert clean(text).strip() in words(as_docx(one))


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=120))
def test_any_text_can_be_written_out(text: str) -> None:
    one = paper(text)
    assert as_pdf(one).startswith(b"%PDF")
    assert as_docx(one).startswith(b"PK")


@given(st.text(max_size=60))
def test_turning_a_line_round_loses_no_letter(text: str) -> None:
    def letters(line: str) -> list[str]:
        brackets = str.maketrans("", "", "()[]{}<>«»")
        return sorted(unicodedata.normalize("NFKC", line).translate(brackets))

    assert letters(visual(text)) == letters(text)


def test_a_files_name_stumbles_over_nothing() -> None:
    assert file_name(PAPER, "pdf") == "situation-report-dasu-camp-v1.pdf"
    assert file_name(replace(PAPER, title="../../etc/passwd\r\nX: y"), "pdf") == (
        "etc-passwd-x-y-v1.pdf"
    )
    assert file_name(replace(PAPER, title="三月"), "docx") == "sitrep-v1.docx"
