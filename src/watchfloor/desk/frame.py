"""The frame around every page: templates, navigation, look, zone, and how the feeds fare."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, cast

from fastapi import Request
from fastapi.templating import Jinja2Templates
from markupsafe import Markup

from watchfloor.desk import clock, tongue, words
from watchfloor.desk.access.who import Who
from watchfloor.desk.lit import found
from watchfloor.desk.retold import retold
from watchfloor.errors import without_secrets
from watchfloor.live.health import dark, sight
from watchfloor.records import Record
from watchfloor.response.verified import last_of
from watchfloor.settings import Settings
from watchfloor.store.feeds import Feed

HERE = Path(__file__).parent
VENDOR = HERE / "static" / "vendor"


def _of_session(request: Request) -> dict[str, Any]:
    """What templates may call: `csrf()` in every form that posts, `may(permission)`."""
    who = cast("Who | None", getattr(request.state, "who", None))
    field = '<input type="hidden" name="csrf" value="{}">'
    token = (who.csrf if who else None) or ""
    return {
        "csrf": lambda: Markup(field).format(token),
        "csrf_token": token,
        "may": who.may if who else lambda _name: False,
    }


@cache
def templates(language: str) -> Jinja2Templates:
    """The templates in a language."""
    made = Jinja2Templates(directory=HERE / "templates", context_processors=[_of_session])
    made.env.trim_blocks = made.env.lstrip_blocks = True
    made.env.globals.update(
        counted=words.counted, kind=words.kind, place=words.place, period=words.period,
        exactness=words.exactness, country=words.country, field_name=words.field,
        entry_kinds=words.ENTRIES, ago=clock.ago, cause=words.cause, headline=words.headline,
        found=found, because=tongue.because,
        argued=tongue.argued, last_of=last_of, language=language, languages=tongue.languages(),
        written_in=tongue.OWN,
    )  # fmt: skip
    made.env.filters.update(
        day=clock.day,
        field=words.field,
        public=without_secrets,
        retold=retold,
        said=lambda word, of="": tongue.say(word, of=of),
    )
    if language != tongue.OWN:
        made.env.add_extension(tongue.Translated)
        known = tongue.catalogue(language)
        made.env.say = lambda message: known.get(message, message)  # type: ignore[attr-defined]
    return made


#: The pages in the order of the bar: name, address, and the permission that each needs.
NAV = (
    ("Floor", "/", "alerts:read"),
    ("Cases", "/cases", "cases:read"),
    ("Cell", "/cell", "cell:read"),
    ("Papers", "/papers", "papers:read"),
    ("Assurances", "/assurances", "assurances:read"),
    ("Register", "/register", "register:read"),
    ("Commitments", "/commitments", "commitments:read"),
    ("Trends", "/trends", "trends:read"),
    ("Sources", "/sources", "sources:read"),
    ("Search", "/search", "reports:read"),
    ("Send in", "/send", "reports:submit"),
    ("Admin", "/admin", "audit:read"),
)
#: The cookie that keeps the look, and what it may be.
LOOK = "look"
LOOKS = ("auto", "dark", "light")
#: The cookie that keeps the language.
TONGUE = "language"


class Sight(Record, frozen=True, kw_only=True):
    """Whether calm can be trusted: `state` seen, quiet, blind or none (nothing is watched)."""

    state: str
    says: str
    answered_at: datetime | None
    bad: tuple[Feed, ...]


def around(request: Request, who: str | None, feeds: list[Feed]) -> dict[str, Any]:
    """What every template may use."""
    zone = clock.zone_named(settings(request).zone)
    look = request.cookies.get(LOOK, "auto")
    return {
        "who": who,
        "feeds": feeds,
        "sight": seen(feeds),
        "dark": lambda countries=(): dark(feeds, countries),
        "nav": NAV,
        "path": request.url.path,
        "here": str(request.url.path) + (f"?{request.url.query}" if request.url.query else ""),
        "look": look if look in LOOKS else "auto",
        "zone": zone,
        "now": datetime.now(UTC),
        "assets": VENDOR.is_dir(),
        "at": lambda moment, seconds=False: clock.shown(moment, zone, seconds),
        "during": lambda first, last: clock.during(first, last, zone),
        "moved": lambda moment, hours: clock.field(moment + timedelta(hours=hours), zone),
    }


def settings(request: Request) -> Settings:
    """The settings that this desk was started with."""
    found: Settings = request.app.state.settings
    return found


def seen(feeds: list[Feed]) -> Sight:
    """How far the desk can see, in words."""
    bad = tuple(f for f in feeds if f.state in {"blind", "broken"})
    latest = max((f.answered_at for f in feeds if f.answered_at), default=None)
    if not feeds:
        says = tongue.say("no feed is watched")
        return Sight(state="none", says=says, answered_at=None, bad=())
    state = sight(feeds)
    if len(bad) == len(feeds):
        says = tongue.say("BLIND: no feed answers; silence means nothing")
    elif len(bad) == 1:
        says = tongue.say("1 of {0} feeds does not answer", len(feeds))
    elif bad:
        says = tongue.say("{0} of {1} feeds do not answer", len(bad), len(feeds))
    elif state == "quiet":
        says = tongue.say("quiet: feeds answer, nothing new")
    elif len(feeds) == 1:
        says = tongue.say("the one feed answers")
    else:
        says = tongue.say("{0} feeds answer", len(feeds))
    return Sight(state="blind" if bad else state, says=says, answered_at=latest, bad=bad)
