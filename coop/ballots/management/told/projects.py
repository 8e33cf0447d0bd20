"""Projects and an envelope from a .pb file. Where no seed was given a lot falls on whoever the file names
first, and is told.
"""

from __future__ import annotations

from pathlib import Path

from coop.ballots.ballot_files import BadFile, read_pb
from coop.ballots.counting import count_greedy, count_shares
from coop.ballots.counting.money import as_number

from .wish import Told, Wish, in_order_of_votes


def told_greedy(file: Path, wish: Wish) -> Told:
    projects = read_pb(file)
    facts = count_greedy(
        projects.scores,
        costs=projects.costs,
        envelope=projects.envelope,
        variant=wish.variant,
        threshold=wish.threshold or 0,
        lot=wish.lot or list,
    ).as_facts()
    key = wish.variant if wish.threshold is None else "threshold"
    told: Told = {"title": projects.title, "vote_type": projects.vote_type, "variant_key": key}
    told |= {} if wish.threshold is None else {"threshold": wish.threshold}
    told |= {"budget": facts["envelope"], "projects": len(projects.costs), "ballots": projects.ballots}
    told |= {"names": projects.names, "costs": facts["costs"], "outcome": facts["outcome"]}
    told |= {"scores": in_order_of_votes(facts["totals"]), "selected_in_order": facts["selected"]}
    told |= {"selected": sorted(facts["selected"])}
    told |= {key: facts[key] for key in ("total_cost", "left_over")}
    return told | ({"ties": facts["ties"]} if facts["ties"] else {})


def told_shares(file: Path, wish: Wish) -> Told:
    projects = read_pb(file)
    if not projects.ballots:
        raise BadFile("there are no papers to share the money between")
    result = count_shares(
        projects.papers,
        costs=projects.costs,
        envelope=projects.envelope,
        step=wish.step,
        lot=wish.lot or list,
    )
    facts = result.as_facts()
    told: Told = {"title": projects.title, "vote_type": projects.vote_type}
    told |= {"tie_rule": "cheaper project first, then more votes", "step": facts["step"]}
    told |= {"budget": facts["envelope"], "projects": len(projects.costs), "ballots": projects.ballots}
    told |= {"names": projects.names, "costs": facts["costs"], "votes": in_order_of_votes(facts["totals"])}
    share = result.bare.share
    told |= {"endowment": f"{share.numerator}/{share.denominator}", "outcome": facts["outcome"]}
    told["no_completion"] = {
        "selected_in_order": facts["no_completion"]["selected"],
        "total_cost": facts["no_completion"]["total_cost"],
        "steps": [
            one | {"effective_votes": float(one["effective_votes"])}
            for one in facts["no_completion"]["steps"]
        ],
    }
    told["add1"] = {
        "selected": sorted(result.selected),
        "selected_in_order": list(result.selected),
        "total_cost": facts["total_cost"],
        "left_over": facts["left_over"],
        "final_endowment": as_number(result.completed.share),
    }
    told["add1_stop_when_exhaustive"] = {
        "selected": sorted(result.exhausted.projects),
        "total_cost": facts["add1_stop_when_exhaustive"]["total_cost"],
        "final_endowment": as_number(result.exhausted.share),
    }
    told["add1_then_greedy"] = {
        "selected": sorted(result.then_greedy),
        "total_cost": facts["add1_then_greedy"]["total_cost"],
    }
    keys = ("among", "chosen")  # the rule that settles them is said once, in tie_rule
    ties = [
        {key: tie[key] for key in keys} | ({"resolved_by": "lot"} if tie["resolved_by"] == "lot" else {})
        for tie in facts["ties"]
    ]
    return told | ({"ties": ties} if ties else {})
