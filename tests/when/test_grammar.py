"""The rules of the grammar, and the signs without which a rule is not tried."""

from watchfloor.when.grammar import RULES, signs_of

#: Something for each rule to match.
TOLD = """
2032-06-14T08:00Z
between 9 and 12 June 2032
from June 9 to 12
from 30 May to 2 June
Monday, 14th of June 2032
June 14, 2032
in the night from Monday to Tuesday
on the 28th
at midnight
late in the evening
on the eve of 14 June
the eve of Eid al-Fitr
10 Ramadan 1453
12 Mehr 1411
FY 2032-33
the following month
the following Monday
that evening
the day before.
the 2032 second quarter
the corresponding period a year earlier
a year-earlier
the fiscal year ended in June
by year-end
earlier in the day
for the full year
over the weekend
in nineteen eighty-four
in early June 2032
late in June
in May
early in May
last March
the current fiscal year
in 2032
the late 1980s
the day before yesterday
overnight into Sunday
last Friday evening
three weeks ago
earlier this month
the summer of 2032
last autumn
the second quarter of 2032
the past two days
about 40 minutes
within days
the coming weeks
in recent years
June last year
noon on Friday
8:30 p.m. GMT
20:30 local time
2030 hours
at the moment, these days and nowadays
recently, in the past, long ago and lately
the near future
every week, nightly and yearly
the 19th century
""".strip().splitlines()


def test_every_rule_that_matches_finds_the_signs_that_it_needs() -> None:
    matched = set()
    for text in TOLD:
        for number, (needs, pattern, _) in enumerate(RULES):
            if pattern.search(text):
                assert needs <= signs_of(text), (text, pattern.pattern)
                matched.add(number)
    assert matched == set(range(len(RULES)))


def test_a_sentence_of_no_time_bears_no_sign() -> None:
    assert signs_of("Guards stood at the gate of the depot.") == set()
