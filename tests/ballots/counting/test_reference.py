"""Published and double-computed counts, where their folder is there: everything equal, to the fifth decimal.

The folder is named by REFERENCE, by default shared/reference beside the project. Nothing of it belongs to the project.
"""

from __future__ import annotations

import json
import os
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from coop.ballots.management.told import Wish, counted
from coop.ballots.management.told.motions import told_motion

FOLDER = Path(os.environ.get("REFERENCE", Path(__file__).parents[3].parent / "shared" / "reference"))
INDEX = FOLDER / "index.json"
CASES: list[dict[str, Any]] = json.loads(INDEX.read_text()) if INDEX.exists() else []
COUNTED = [case for case in CASES if case["method"] != "yes_no_abstain"]

# What says where a case comes from, or what somebody else's rule would give; the title is the collection's own.
NOT_OURS = {"id", "title", "note", "note_on_lots", "order_note", "provenance", "utility", "rule", "variant"}
NOT_OURS |= {
    "other_rules",
    "with_margins",
    "greedy_for_comparison",
    "ballots_preferring",
    "if_stopping_at_first_misfit",
}

pytestmark = pytest.mark.skipif(
    not CASES, reason=f"no reference counts at {FOLDER} (REFERENCE names another folder)"
)


def differences(expected: Any, found: Any, where: str = "") -> list[str]:
    """What the reference says and the count does not; whatever else the count tells is its own affair."""
    if isinstance(expected, dict) and isinstance(found, dict):
        keys = [key for key in expected if key not in NOT_OURS]
        return [line for key in keys for line in differences(expected[key], found.get(key), f"{where}/{key}")]
    return [] if expected == found else [f"{where}: {expected} expected, {found} found"]


@pytest.mark.parametrize("case", COUNTED, ids=lambda case: case["id"])
def test_equal_to_the_reference(case: dict[str, Any]) -> None:
    folder = FOLDER / case["folder"]
    expected = json.loads((folder / case["expected"]).read_text())
    by_marks = case["method"] in {"plurality", "approval"}
    key = expected.get("variant_key", "skip")
    wish = Wish(
        seats=expected["seats"] if by_marks else None,
        variant="stop" if key == "stop" else "skip",
        threshold=expected.get("threshold") if key == "threshold" else None,
    )
    found = json.loads(json.dumps(counted(folder / case["input"], case["method"], wish)))
    assert differences(expected, found) == []


def test_motions_are_equal_to_the_reference() -> None:
    [case] = [case for case in CASES if case["method"] == "yes_no_abstain"]
    rows = json.loads((FOLDER / case["folder"] / case["expected"]).read_text())["rows"]
    assert len(rows) >= 10
    for row in rows:
        found = told_motion(
            row["yes"],
            row["no"],
            row["abstain"],
            present=None,
            members=row["members"],
            quorum=Fraction(row["quorum"]),
        )
        assert differences({key: value for key, value in row.items() if key != "quorum"}, found) == []


def test_a_difference_is_found() -> None:
    """The comparison itself can fail: a last digit, a missing key, another order."""
    assert differences({"totals": {"1": "1.00001"}}, {"totals": {"1": "1.00000"}})
    assert differences({"quota": 5}, {})
    assert differences({"elected": [1, 2]}, {"elected": [2, 1]})
    assert not differences({"quota": 5, "note": "x"}, {"quota": 5, "more": 1})
