"""What many ask for at once is worked out once."""

from __future__ import annotations

import threading

import httpx
import pytest

from tests.desk.conftest import As, only_alert
from watchfloor.desk.once import MOST, Once
from watchfloor.errors import InputError
from watchfloor.store import Database


def test_those_who_ask_meanwhile_wait_for_the_one_answer() -> None:
    once, made, gate = Once(), [], threading.Event()

    def slow() -> int:
        gate.wait(10)
        made.append(1)
        return 7

    answers: list[int] = []
    threads = [
        threading.Thread(target=lambda: answers.append(once.get("k", slow))) for _ in range(20)
    ]
    for thread in threads:
        thread.start()
    gate.set()
    for thread in threads:
        thread.join()
    assert (answers, made) == ([7] * 20, [1])


def test_an_error_is_not_kept_and_old_answers_go() -> None:
    once = Once()

    def fails() -> int:
        raise InputError("no")

    with pytest.raises(InputError):
        once.get("k", fails)
    assert once.get("k", lambda: 1) == 1
    for n in range(MOST):
        once.get(n, lambda: 2)
    assert once.get("k", lambda: 3) == 3


def test_the_floor_is_never_older_than_the_last_act(
    officer: httpx.Client, enter: As, record: Database
) -> None:
    other = enter("analyst")
    assert "1 open" in officer.get("/").text
    assert "1 open" in other.get("/").text
    other.post(f"/alerts/{only_alert(record).id}/acknowledge")
    assert "0 open" in officer.get("/").text
    officer.post(f"/alerts/{only_alert(record).id}/reopen")
    assert "1 open" in other.get("/").text
