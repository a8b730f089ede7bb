"""Whether a report tells of a happening, or only speaks of violence at large.

"The violence must end" and "whoever kidnaps will be punished" have the words of acts and tell of
none. What is told has somebody who was hit, a number, a day, a place, a plain past; what is only
spoken of stands under "would" and "must", in the words of "we", long into a long text.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from watchfloor.merge.alike import likelihood
from watchfloor.merge.mentions import Mentions
from watchfloor.merge.signs import signs
from watchfloor.parse import FLASH
from watchfloor.records import Incident, Status

#: Types that are judged: acts of force, and threats of them.
JUDGED = frozenset({"ASSAULT", "COERCE", "THREATEN", "HARM"})
#: An incident less likely told than this is only spoken of.
FAINTEST = 0.3


def told(incidents: Sequence[Incident], mentions: Mentions) -> tuple[Incident, ...]:
    """The incidents that the report tells of, in their order; others are only spoken of."""
    kept = (i for i in incidents if likely(i, mentions) >= FAINTEST)
    return tuple(msgspec.structs.replace(i, id=f"i{n}") for n, i in enumerate(kept, 1))


def likely(incident: Incident, mentions: Mentions) -> float:
    """How likely it is that the report tells of an incident; 1 of what is not judged: other types,
    what is said not to have happened, and what so short a report says.
    """
    short = 0 < len(mentions.text) < FLASH
    if short or incident.type not in JUDGED or incident.status is Status.DENIED:
        return 1.0
    known = {e.id: e for e in mentions.events}
    said = [(known[e], mentions.facts[e]) for e in incident.events]
    return likelihood("told", signs(incident.type, said, mentions.text))
