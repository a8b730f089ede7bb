"""Every attribution in reports of our own, of different styles: who says what, and within whose."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import Coder
from watchfloor.records import Claim, CodedReport

REPORTS = yaml.safe_load((Path(__file__).parent / "reports.yaml").read_text(encoding="utf-8"))


def told(coded: CodedReport) -> list[dict[str, Any]]:
    """What the reports' claims say, in the terms of the file."""
    by_id = {claim.id: claim for claim in coded.claims}
    return [_told(claim, by_id) for claim in coded.claims]


def _told(claim: Claim, by_id: dict[str, Claim]) -> dict[str, Any]:
    outer = by_id[claim.parent].source if claim.parent else None
    return {
        "source": claim.source.text if claim.source else None,
        "cue": claim.cue.text if claim.cue else None,
        "said": " ".join(" ".join(span.text for span in claim.content).split()),
        "within": outer.text if outer else None,
        "stance": claim.stance,
        "kind": claim.source.kind if claim.source else None,
    }


def is_it(wanted: dict[str, Any], found: dict[str, Any]) -> bool:
    full = {"within": None, "stance": "asserts", "kind": "named", **wanted}
    same = all(full[name] == found[name] for name in full if name not in {"said", "cue"})
    cued = full["cue"] == found["cue"] or (found["cue"] and full["cue"] in found["cue"].split(" "))
    return bool(same and cued and full["said"] in found["said"])


@pytest.mark.parametrize("report", REPORTS, ids=[r["style"] for r in REPORTS])
def test_every_attribution_is_found_and_no_other(code: Coder, report: dict[str, Any]) -> None:
    facts = {"outlet": report["outlet"]} if "outlet" in report else {}
    found = told(code(report["text"], **facts))
    missing = [w for w in report["claims"] if not any(is_it(w, f) for f in found)]
    assert not missing, "\n".join(map(str, found))
    spare = [f for f in found if not any(is_it(w, f) for w in report["claims"])]
    assert not spare
