"""What the minutes of the demo's elections say comes out of our counting, to the figure."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pytest

from coop.ballots.counting.motion import Base, Outcome, count_motion
from coop.ballots.counting.plurality import count_plurality
from coop.demo.files import raw
from coop.elections.rules.calling import signatures_needed as nominations
from coop.elections.rules.recalls import signatures_needed

PLAN: dict[str, Any] = raw("elections")
ELECTIONS = {one["id"]: one for one in PLAN["elections"]}
RECALLS = {one["id"]: one for one in PLAN["recalls"]}
HALF = Fraction(1, 2)


def votes(rows: list[dict[str, Any]]) -> dict[str, int]:
    return {row["candidate"]: row["total"] for row in rows if "candidate" in row}


def test_the_boxes_of_the_council_add_up() -> None:
    plan = ELECTIONS["EL-1"]
    boxes, total = plan["urns"], plan["totals"]
    for figure in ("signatures", "ballots", "valid", "blank", "spoiled"):
        assert sum(box[figure] for box in boxes) == total[figure]
    assert all(box["valid"] + box["blank"] + box["spoiled"] == box["ballots"] for box in boxes)
    for row in plan["result"]["council"]:
        assert sum(row[box["id"]] for box in boxes) == row["total"]
    assert round(100 * total["signatures"] / plan["register"]["entitled"], 1) == total["turnout_percent"]


def test_six_are_elected_and_two_tie_for_the_seventh_seat() -> None:
    plan = ELECTIONS["EL-1"]
    found = count_plurality(votes(plan["result"]["council"]), seats=7)
    assert list(found.elected) == plan["elected"]
    (tie,) = found.ties
    assert (set(tie.tied), tie.seats) == (set(plan["tie"]["between"]), 1)
    again = ELECTIONS["EL-1b"]
    assert list(count_plurality(votes(again["result"])).elected) == again["elected"]
    left = [one for one in votes(plan["result"]["council"]) if one not in plan["elected"] + again["elected"]]
    assert left[:3] == again["alternates_in_order"]


def test_the_auditor_has_more_than_half() -> None:
    asked = votes(ELECTIONS["EL-1"]["result"]["sindico"])
    assert count_plurality(asked, majority=HALF).elected == ("M266",)


@pytest.mark.parametrize(
    "contest", ELECTIONS["EL-2"]["contests"], ids=lambda one: f"{one['post']}, {one.get('round', 1)}"
)
def test_coordinators_by_more_than_half_of_the_valid_papers(contest: dict[str, Any]) -> None:
    assert (
        contest["valid"] + contest["blank"] + contest["spoiled"] == contest["ballots"] <= contest["entitled"]
    )
    assert sum(contest["votes"].values()) == contest["valid"]
    found = count_plurality(contest["votes"], majority=HALF)
    assert found.elected == ((contest["elected"],) if contest["elected"] else ())
    if contest["elected"] is None:
        later = next(
            one
            for one in ELECTIONS["EL-2"]["contests"]
            if one["post"] == contest["post"] and one.get("round") == 2
        )
        assert set(found.second_round) == set(later["votes"])


@pytest.mark.parametrize("name", [name for name, one in RECALLS.items() if "threshold_signatures" in one])
def test_signatures_under_recalls(name: str) -> None:
    plan = RECALLS[name]
    assert signatures_needed(plan["entitled"], 20) == plan["threshold_signatures"]
    told = plan["signatures"]
    if "valid" in told:
        wrong = [told.get(why, 0) for why in ("other_department", "twice", "not_entitled")]
        assert told["handed_in"] - sum(wrong) == told["valid"]
        assert (told["valid"] >= plan["threshold_signatures"]) == (plan["result"] != "not_admitted")


def test_the_recall_of_the_coordinator_of_maintenance() -> None:
    plan = RECALLS["RC-1"]
    vote = plan["vote"]
    found = count_motion(
        votes_for=vote["for"],
        against=vote["against"],
        abstain=vote["blank"],
        present=vote["present"],
        register=plan["entitled"],
        majority=HALF,
        base=Base.FOR_AGAINST,
    )
    assert (found.outcome, found.base_count, found.needed) == (Outcome.CARRIED, 38, 20)
    assert vote["for"] + vote["against"] + vote["blank"] + vote["spoiled"] == vote["present"]
    assert 100 * vote["present"] >= 50 * plan["entitled"]


def test_a_candidature_for_the_council_needs_sixteen() -> None:
    plan = ELECTIONS["EL-1"]
    assert nominations(plan["register"]["entitled"], 5) == 16 == math.ceil(0.05 * 313)
    assert all(one["nominated_by"] >= 16 for one in plan["candidates"])
