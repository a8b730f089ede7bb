"""What the program itself wrote into the record, said in the language of the page: lines of logs,
tasks that a case begins with. What people wrote stays as it is.
"""

from __future__ import annotations

import re
from functools import cache

from watchfloor.desk.tongue import OWN, catalogue, say, spoken

#: The sentences that it wrote, `{0}` for what stood in them.
MADE = (
    "opened, {0}", "had been closed as: {0}", "not {0} after all", "answer taken back",
    "{0}: {1} of {2} accounted for, {3} hurt",
    "title: {0}", "severity: {0}", "lead: {0}", "hypothesis: {0}", "marking: {0}",
    "the incident is no more: its reports say something else, or it was judged",
    "nothing gives cause for it any more: the incident is {0}",
    "a feed of the country answers again",
    "the commitment is not overdue any more: something answered or kept it",
    "the time it was put away for is over",
    "{0} asked for time, which answers nothing", "after it was given: {0}",
)  # fmt: skip
#: Between what was changed of a case, and the next.
_NEXT = re.compile(r"; (?=(?:title|severity|lead|hypothesis|marking): )")


def retold(text: str) -> str:
    """The text in the language of the page where the program wrote it, else as it is."""
    if spoken() == OWN:
        return text
    return "; ".join(_one(part) for part in _NEXT.split(text))


def _one(text: str) -> str:
    if text in catalogue(spoken()):
        return say(text)
    for message, pattern in _patterns():
        if found := pattern.fullmatch(text):
            return say(message, *(_one(part) for part in found.groups()))
    return text


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (message, re.compile(re.sub(r"\\\{\d\\\}", "(.+)", re.escape(message)), re.DOTALL))
        for message in MADE
    )
