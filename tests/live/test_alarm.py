"""Laws of alerts in the record: what is put away comes back for something new and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.live.alarm import Telling, bring
from watchfloor.store import Database
from watchfloor.store.alerts import acknowledge, alert_of, snooze
from watchfloor.watch import Alert
from watchfloor.watch.alerts import Reason
from watchfloor.watch.rules import SEVERITIES

NOON = datetime(2031, 3, 3, 12, tzinfo=UTC)
NUMBERS = count()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    opened = Database(tmp_path_factory.mktemp("alarm") / "record.db")
    yield opened
    opened.close()


def alert(id: str, severity: str, toll: int, reports: int, sources: int) -> Alert:
    because = f"Gao, 2 km from Gao depot, within 25 km; {toll} killed"
    return Alert(
        id=id, incident=id, register="sites:gao", basis="pin", severity=severity, distance_km=2.0,
        reasons=(Reason(rule="attack near a site", because=because),), sources=sources,
        reports=tuple(f"r{n}" for n in range(reports)),
    )  # fmt: skip


TELLINGS = st.lists(
    st.tuples(
        st.sampled_from(SEVERITIES), st.integers(1, 2), st.integers(1, 9), st.integers(1, 2)
    ),
    min_size=2, max_size=6,
)  # fmt: skip


@given(TELLINGS, st.booleans())
def test_what_is_put_away_comes_back_for_something_new_and_for_nothing_else(
    shared: Database, told: list[tuple[str, int, int, int]], snoozed: bool
) -> None:
    id, revision = f"al{next(NUMBERS)}", 0
    before: tuple[str, int, int] | None = None
    for n, (severity, toll, reports, sources) in enumerate(told):
        at = NOON + timedelta(hours=n)
        with shared.writing() as session:
            kept = alert_of(session, id)
            bring(
                session, [alert(id, severity, toll, reports, sources)], [kept] if kept else [],
                lambda _alert, _seen, kept=kept: kept, lambda _kept: "", Telling((), at),
            )  # fmt: skip
            now = alert_of(session, id)
            assert now is not None
            news = (severity, toll, sources) != before
            before, revision = (severity, toll, sources), revision + news
            away = "snoozed" if snoozed else "acknowledged"
            assert (now.revision, now.state) == (revision, "open" if news else away)
            if snoozed:
                snooze(session, id, "duty", at, None)
            else:
                acknowledge(session, id, "duty", at)
