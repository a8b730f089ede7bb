"""What an edit changed: the words, and what was coded of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from watchfloor.records import Bounds, CodedReport, Count, Event, Harm, Report, Span, Status
from watchfloor.store import Arrival, Database, put
from watchfloor.store.revisions import changed_events, changed_words, revisions_of

NOW = datetime(2031, 1, 5, 6, tzinfo=UTC)
FIRST = "EXERCISE. Gunmen attacked a post in Gao on Sunday and killed two officers."
SECOND = "EXERCISE. Gunmen attacked an army post in Gao on Sunday and killed four officers."


def coded(text: str, killed: int, **facts: object) -> CodedReport:
    start = text.index("attacked")
    event = Event(
        id="e1", type="ASSAULT", trigger=Span(start=start, end=start + 8, text="attacked"),
        sentence=Bounds(start=0, end=len(text)), harm=Harm(killed=Count(low=killed, high=killed)),
    )  # fmt: skip
    report = Report(id="r1", text=text, title="Attack", published="2031-01-05")
    return CodedReport(report=report, events=(replace(event, **facts),))  # type: ignore[arg-type]


def keep(database: Database, one: CodedReport, at: datetime) -> None:
    with database.writing() as session:
        put(session, [Arrival(coded=one, received_at=at, coder="1")])


def test_each_revision_tells_the_words_and_the_coded_values_that_changed(
    database: Database,
) -> None:
    keep(database, coded(FIRST, 2), NOW)
    keep(database, coded(SECOND, 4), NOW + timedelta(hours=1))
    keep(database, coded(SECOND + " More soon.", 4), NOW + timedelta(hours=2))
    with database.reading() as session:
        first, second, third = revisions_of(session, "r1")
        assert revisions_of(session, "nothing") == []
    assert (first.revision, first.words, first.coded) == (1, (), ())
    said = [(c.old and c.old.text, c.new and c.new.text) for c in second.words]
    assert said == [("a", "an army"), ("two", "four")]
    (change,) = second.coded
    assert (change.event, change.field, change.old, change.new) == (
        "ASSAULT 'attacked'", "killed", "2", "4",
    )  # fmt: skip
    assert [c.new and c.new.text for c in third.words] == ["More soon."]
    assert third.coded == (), "words alone changed"


def test_an_event_that_goes_and_one_that_comes_are_told() -> None:
    old = coded(FIRST, 2)
    gone = list(changed_events(old, replace(old, events=())))
    assert [(c.field, c.new) for c in gone] == [("event", None)]
    assert gone[0].old == "type ASSAULT; status happened; killed 2"
    other = coded(FIRST, 2, type="PROTEST")
    assert [(c.field, c.old is None) for c in changed_events(old, other)] == [
        ("event", True), ("event", False),
    ]  # fmt: skip
    denied = coded(FIRST, 2, status=Status.DENIED)
    assert [(c.field, c.new) for c in changed_events(old, denied)] == [("status", "denied")]


WORDS = st.lists(st.sampled_from("a bomb struck the post in Gao two three".split()), max_size=30)


@given(WORDS, WORDS)
def test_the_changes_lead_from_one_text_to_the_other(one: list[str], other: list[str]) -> None:
    old, new = " ".join(one), " ".join(other)
    at, made = 0, []
    for change in changed_words(old, new):
        if change.old is not None:
            assert old[change.old.start : change.old.end] == change.old.text
            made += old[at : change.old.start].split()
            at = change.old.end
        elif change.new is not None:
            kept = len(new[: change.new.start].split()) - len(made)
            more = old[at:].split()[:kept]
            made += more
            for word in more:
                at = old.index(word, at) + len(word)
        if change.new is not None:
            assert new[change.new.start : change.new.end] == change.new.text
            made += change.new.text.split()
    assert made + old[at:].split() == other


@given(WORDS)
def test_the_same_text_has_no_changes(words: list[str]) -> None:
    text = " ".join(words)
    assert list(changed_words(text, text)) == []
