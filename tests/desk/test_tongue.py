"""The pages in another language: no message without a translation, none translated for nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import httpx
import pytest

from tests.desk.conftest import As
from watchfloor.countries import countries
from watchfloor.desk import acts, compare, frame, tongue, words
from watchfloor.desk.access.permissions import table
from watchfloor.desk.evidence import HARMS, ROLES
from watchfloor.desk.frame import LOOKS, NAV
from watchfloor.desk.pages.sources import RELIABILITIES
from watchfloor.desk.pages.trends import AGAINST
from watchfloor.desk.response.forms import DONE
from watchfloor.desk.response.opening import templates as case_templates
from watchfloor.desk.response.sheet import KINDS
from watchfloor.desk.retold import MADE, retold
from watchfloor.ledger import STATUSES
from watchfloor.records import Status
from watchfloor.response import records as r
from watchfloor.response.verified import STANDINGS
from watchfloor.store import retention
from watchfloor.store.alerts import CHANGES, DISPOSITIONS, STATES
from watchfloor.store.judgements import KINDS as JUDGEMENTS
from watchfloor.store.queue import ORDERS
from watchfloor.store.trends import GROUPS
from watchfloor.watch import default_rules
from watchfloor.watch.kinds import site_kinds
from watchfloor.watch.rules import HARMED
from watchfloor.watch.said import TYPES

DESK = Path(frame.__file__).parent
OTHERS = [one for one in tongue.languages() if one != tongue.OWN]
TASKS = [task.what for kind in case_templates().values() for task in kind]
AUDITED = (
    "signed in", "failed to sign in", "report erased", "particulars erased", "paper blanked",
    "retention", "marked", "graded",
)  # fmt: skip
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def of_templates() -> set[str]:
    environment = frame.templates(tongue.OWN).env
    found: set[str] = set()
    for path in (DESK / "templates").rglob("*.html"):
        if path.name != "paper_file.html":  # papers are written in one language
            source = path.read_text(encoding="utf-8")
            found |= {m.rstrip() for m in tongue.messages_of(environment, source)}
            found |= set(re.findall(r'"([^"{}]+)" \| said', source))
    keys = (DESK / "templates" / "parts" / "keys.html").read_text(encoding="utf-8")
    return found | set(re.findall(r'\("[^"]+", "([^"]+)"\)', keys))


def of_code() -> set[str]:
    """What the code says by `say("…")`."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in DESK.rglob("*.py"))
    return set(re.findall(r'\bsay\(\s*"([^"]+)"', text)) | {
        *(f"{{0}} {unit} ago" for unit in ("d", "h", "min")), *MONTHS,
        "{0} or more", "at least {0}", "who did it", "where",
    }  # fmt: skip


def of_reasons() -> set[str]:
    """The sentences of alerts' reasons, and the names of the rules that come with watchfloor."""
    watch = DESK.parent / "watch"
    text = "\n".join(path.read_text(encoding="utf-8") for path in watch.glob("*.py"))
    joined = re.sub(r'"\s*\n\s*"', "", text)
    said = set(re.findall(r'\bSaid\(\s*"([^"]+)"', joined))
    said |= set(re.findall(r'"((?:up to|at least) \{0\}|\{0\} independent sources?)"', joined))
    rules = default_rules()
    named = (*rules.rules, *rules.overdue, *rules.blind)
    return said | {rule.name for rule in named}


def of_values() -> set[str]:
    """The values of the record that pages show."""
    lists: tuple[Iterable[str], ...] = (
        r.SEVERITIES, STATES, DISPOSITIONS, [s.value for s in Status], HARMS, TYPES.values(),
        words.ENTRIES.values(), r.RESOURCES, [f"{k}s" for k in r.RESOURCES], r.WELL, r.CLEARANCES,
        r.FINDINGS, KINDS.values(), STATUSES, GROUPS, AGAINST.values(), ORDERS, LOOKS, JUDGEMENTS,
        RELIABILITIES.values(), [name for name, _, _ in NAV], [says for says, _ in DONE.values()],
        acts._DONE.values(), MADE, TASKS, AUDITED, table().roles, table().roles.values(),
        compare._RULES.values(),
        [one.says for one in table().permissions.values()], case_templates(),
        [kind.says for kind in retention.defaults().values()],
        [name.removeprefix("participants.") for name in ROLES],
        "disputed demand pledge agreement refusal draft proposed released approved".split(),
        "healthy quiet blind broken due overdue met arrival when type mode asserts denies".split(),
        "status doubts asks town district province country region water facility point".split(),
        ["stretch", "background", "line", "lines"], HARMED, site_kinds(),
        ["met late", "told at once", "written up within 24 hours", "written up within 48 hours"],
        "note opened linked unlinked told changed asked answered reopened raised updated".split(),
        STANDINGS, ["verification", "verified", "finding taken back", "no answer yet"],
        [f"verification {what}" for what in ("asked", "taken back", "put back")],
        ["written up", "task done", "task not done", "head count", "Merged", "Split", "Moved"],
        ["Marked false", "Marked as a copy", "Corrected", "Judged", "not said", "says nothing"],
        ["acknowledge"],
        "report incident alert case log task need turn clearance inquiry commitment feed".split(),
        ["head count", "check in", "assignment", "assurance", "all", "ended", "to come"],
        "kind country nationality organisation people at place position departs arrives".split(),
        ["hears within", "person", "under way", "paper", "followed by", "asked for time"], CHANGES,
    )  # fmt: skip
    return {word for one in lists for word in one}


@pytest.mark.parametrize("language", OTHERS)
def test_no_message_is_missing_and_none_is_left_over(language: str) -> None:
    wanted = of_templates() | of_code() | of_reasons() | of_values()
    known = tongue.catalogue(language)
    assert sorted(wanted - known.keys()) == []
    modes = {key for key in known if re.fullmatch(r"[a-z-]+", key)}
    lands = set(countries().values())
    of_one = {key for key in known if key.partition(" (")[0] in wanted | modes}
    assert sorted(known.keys() - wanted - modes - lands - of_one) == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_places_of_its_message(language: str) -> None:
    for message, said in tongue.catalogue(language).items():
        assert said.strip(), message
        for places in (r"\{\d\}", r"%\d", r"<[^>]+>"):
            assert set(re.findall(places, said)) == set(re.findall(places, message)), message


@pytest.mark.parametrize(
    ("accepts", "chosen", "right"),
    [
        ("fr-FR,fr;q=0.9,en;q=0.8", None, "fr"), ("de, fr;q=0.3, en;q=0.5", None, "en"),
        ("", None, "en"), ("fr", "en", "en"), ("en", "fr", "fr"), ("fr;q=0", None, "en"),
        ("fr;q=x", "xx", "en"), ("zh", None, "en"),
    ],
)  # fmt: skip
def test_the_language_is_chosen_or_the_browsers(
    accepts: str, chosen: str | None, right: str
) -> None:
    assert tongue.preferred(accepts, chosen) == right


def test_pages_speak_french_where_asked_and_programs_english(
    enter: As, officer: httpx.Client
) -> None:
    french = {"Accept-Language": "fr"}
    page = officer.get("/", headers=french).text
    assert '<html lang="fr"' in page
    for told in ("Acquitter", "attaque", "En suspens : 1", "bureau de garde"):
        assert (told in page) == (told != "bureau de garde"), told
    assert "Acknowledge" not in page
    assert re.search(r"attaque près d’un .*, à \d+ km de .* source indépendante", page)
    assert "open" in officer.get("/api/v1/alerts", headers=french).json()["items"][0]["state"]
    assert "Acknowledge" in officer.get("/").text
    kept = officer.post("/language", data={"language": "fr"}, headers={"Referer": "/sources"})
    assert "Aucun flux" in kept.text
    assert "Acquitter" in officer.get("/").text
    head = enter("head of cell")
    drafted = head.post("/papers", data={"kind": "handover"}, headers=french)
    assert "No feed" in drafted.text or "untriaged" in drafted.text, "papers are in one language"


def test_a_form_in_french_sends_what_the_desk_knows(officer: httpx.Client) -> None:
    page = officer.get("/", headers={"Accept-Language": "fr"}).text
    assert '<option value="no impact">sans effet</option>' in page


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("halt journeys on roads near it", "arrêter les trajets sur les routes proches"),
        ("Gao: 20 of 22 accounted for, 1 hurt", "Gao : 20 sur 22 retrouvées, 1 blessées"),
        ("nothing gives cause for it any more: the incident is denied",
         "plus rien ne la motive : l’incident est démenti"),
        ("severity: severe; lead: amina; hypothesis: a raid; title: A; B",
         "gravité : grave; mené par : amina; hypothèse : a raid; titre : A; B"),
        ("Nobody wrote this before.", "Nobody wrote this before."),
    ],
)  # fmt: skip
def test_what_the_program_wrote_is_said_anew_and_what_people_wrote_is_not(
    written: str, said: str
) -> None:
    assert retold(written) == written
    with tongue.speaking("fr"):
        assert retold(written) == said
