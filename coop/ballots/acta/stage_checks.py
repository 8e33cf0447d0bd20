"""Whether the stages of a count bear themselves out, where the papers are not told. Computes only."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

Facts = Mapping[str, Any]


def faults_in_stages(question: Facts) -> list[str]:
    """What cannot be so in the result of a ranked or shared count, from the result alone."""
    result = question["result"]
    faults = _around(question, result)
    check = {
        "scottish_stv": _transferable,
        "instant_runoff": _runoff,
        "schulze": _pairs,
        "equal_shares": _shares,
    }.get(result.get("method"))
    return [*faults, *(check(result) if check else ["a result of no known way of counting"])]


def _around(question: Facts, result: Facts) -> list[str]:
    codes = [option["code"] for option in question["options"] if option["code"] != "blank"]
    there = result.get("candidates", list(result.get("costs", ())))
    withdrawn = [option["code"] for option in question["options"] if option["withdrawn"]]
    faults = []
    if sorted(set(there) | set(withdrawn)) != sorted(codes):
        faults.append("the result is of other options")
    if result["ballots_total"] != question["cast"] - question["spoiled"]:
        faults.append("the result is of another number of papers")
    chosen = (
        result.get("elected")
        or result.get("selected")
        or ([result["winner"]] if result.get("winner") else [])
    )
    if (
        bool(chosen) != (question["outcome"] in ("elected", "chosen"))
        and question["outcome"] != "second_round"
    ):
        faults.append("the outcome is not that of the result")
    return faults


def _transferable(result: Facts) -> list[str]:
    faults = []
    valid, seats = result["ballots_valid"], result["seats"]
    if valid > result["ballots_total"] or result["quota"] != valid // (seats + 1) + 1:
        faults.append("the quota is not that of the papers and seats")
    elected: list[str] = []
    out: list[str] = []
    for stage in result["stages"]:
        votes = sum(Fraction(total) for total in stage["totals"].values()) + Fraction(
            stage["non_transferable"]
        )
        if votes != valid:
            faults.append(f"stage {stage['stage']} does not add up to the valid papers")
        without = stage.get("elected_without_quota", [])
        faults += [
            f"stage {stage['stage']} elects {code} below the quota"
            for code in stage["elected"]
            if code not in without and Fraction(stage["totals"][code]) < result["quota"]
        ]
        elected += stage["elected"]
        out += [stage["candidate"]] if stage["action"] == "exclude" else []
    if elected != result["elected"] or out != result["excluded"] or len(elected) > seats:
        faults.append("those elected are not those of the stages")
    if set(elected) & set(out) or len(result["stages"]) != result["stage_count"]:
        faults.append("the stages contradict each other")
    return faults


def _runoff(result: Facts) -> list[str]:
    faults = []
    rounds, out = result["rounds"], []
    for place, one in enumerate(rounds):
        if sum(one["totals"].values()) + one["exhausted"] != result["ballots_valid"]:
            faults.append(f"round {one['round']} does not add up to the valid papers")
        if place:
            out += sorted(set(rounds[place - 1]["totals"]) - set(one["totals"]))
            if out and rounds[place - 1]["totals"][out[-1]] > min(rounds[place - 1]["totals"].values()):
                faults.append(f"round {one['round']} is without somebody who had not fewest")
    if out != result["eliminated"]:
        faults.append("those who went out are not those of the rounds")
    if rounds and result["winner"]:
        last = rounds[-1]["totals"]
        if last.get(result["winner"], -1) < max(last.values()):
            faults.append("the winner does not lead the last round")
    return faults


def _pairs(result: Facts) -> list[str]:
    """Strongest paths and winners follow from the table of pairs."""
    pairwise, aside = result["pairwise"], result["set_aside"]
    stay = [code for code in pairwise if code not in aside]
    paths = {one: {other: _won(pairwise, one, other) for other in stay if other != one} for one in stay}
    for middle in stay:
        for one in stay:
            for other in stay:
                if len({one, middle, other}) == 3:
                    by_way = min(paths[one][middle], paths[middle][other])
                    paths[one][other] = max(paths[one][other], by_way)
    best = [
        one for one in stay if all(paths[one][other] >= paths[other][one] for other in stay if other != one)
    ]
    faults = []
    if any(
        pairwise[one][other] + pairwise[other][one] > result["ballots_total"]
        for one in pairwise
        for other in pairwise[one]
    ):
        faults.append("a pair was compared on more papers than there are")
    if result["winners"] and sorted(result["winners"]) != sorted(best):
        faults.append("the winners are not those of the table of pairs")
    if result["winner"] and result["winner"] not in result["winners"]:
        faults.append("the winner is none of the winners")
    return faults


def _won(pairwise: Facts, one: str, other: str) -> int:
    votes: int = pairwise[one][other]
    return votes if votes > pairwise[other][one] else 0


def _shares(result: Facts) -> list[str]:
    faults = []
    cost = sum(Fraction(str(result["costs"][code])) for code in result["selected"])
    if cost != Fraction(str(result["total_cost"])) or cost > Fraction(str(result["envelope"])):
        faults.append("the projects cost something else, or more than there is")
    if Fraction(str(result["left_over"])) != Fraction(str(result["envelope"])) - cost:
        faults.append("something else is left over")
    if [step["project"] for step in result["steps"]] != result["selected"]:
        faults.append("the projects are not those of the steps")
    return faults
