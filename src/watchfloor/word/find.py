"""Find who says what."""

from __future__ import annotations

import re
from collections.abc import Sequence

from watchfloor.parse import Page
from watchfloor.records import Actor, Claim, Place
from watchfloor.word.chains import chained
from watchfloor.word.cues import Cues, load
from watchfloor.word.found import Found
from watchfloor.word.kinds import quotation_of, source_of, stance_of
from watchfloor.word.marks import attributions
from watchfloor.word.quotes import run_on, whole
from watchfloor.word.relays import relayed
from watchfloor.word.speakers import name_speakers

#: "No group has claimed it", "nobody said", not "no fewer than three said" or "No. 10 said".
_NOBODY = re.compile(r"(?:no(?! (?:fewer|less|more) than)(?!\.)|nobody|none|neither)\b", re.I)


def find(page: Page, actors: Sequence[Actor], places: Sequence[Place] = ()) -> tuple[Claim, ...]:
    """Every claim of the report, in order of its cue, chained by `parent`.

    `places` are the report's: "MUMBAI: Gunmen attacked" is told from there, and by nobody.
    """
    cues = load()
    told = (one for one in attributions(page, places) if not _says_nothing(one))
    found = run_on(page, [whole(page, one) for one in told])
    claims = [_claim(f"c{n}", one, page, actors, cues) for n, one in enumerate(found, 1)]
    claims = list(relayed(claims, page, actors, cues))
    return chained(name_speakers(claims, actors, cues), page, cues)


def _says_nothing(one: Found) -> bool:
    """Whether nobody spoke, or somebody would "neither confirm nor deny": that is no claim."""
    nobody = one.source is not None and _NOBODY.match(one.source.text) is not None
    return nobody or "neither" in one.cue.text.lower().split()


def _claim(name: str, one: Found, page: Page, actors: Sequence[Actor], cues: Cues) -> Claim:
    return Claim(
        id=name,
        source=source_of(one.source, actors, cues) if one.source else None,
        cue=one.cue,
        content=one.content,
        quotation=quotation_of(one.content, page),
        stance=stance_of(one.cue, one.content, cues),
    )
