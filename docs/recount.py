#!/usr/bin/env python3
"""Recounts a vote from its public file. Needs nothing but Python 3.10 and this one file.

    python3 recount.py vote.json

It was written apart from the program that counted, so that a mistake there is not repeated here. It says what it
checked and every fault it found; the exit code is 0 when the file bears itself out, 1 when it does not, 2 when the
file cannot be read.

Checked of every vote: the fingerprint of the text; that voted, not voted and not there add up to the register; that
screens, boxes and hands account for all papers; that the numbers of the envelopes are in order, each once, as many as
people who voted on screens, and give the root (RFC 9162); that the options stand in the order that was drawn.
Counted again: motions, most votes (majority, reserved seats, lots), approval, projects by votes.
Of transferable votes, run-offs, pairs and equal shares this file checks the sums and stages against each other; whole
papers are counted again by `manage.py recount`, where they are in the file.
Compare the fingerprint of the file, which is printed first, with the one on the printed counting minutes.
"""

import hashlib
import json
import sys
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

BLANK = "blank"
ADDED_UP = ("motion", "plurality", "approval", "greedy")


class Tie(Exception):
    """A tie that needs a lot, and there is none."""


# --- The whole vote ---------------------------------------------------------------------------------------------------


def faults_in(vote):
    found = []

    def must(holds, words):
        if not holds:
            found.append(words)

    ballot, roll, urn = vote["ballot"], vote["roll"], vote["urn"]
    must(vote["format"] == "asamblea-count-1", "this is another kind of file")
    must(sha(ballot["text"]) == ballot["text_hash"], "the text is not the one of its fingerprint")

    people = [*roll["voted"].values(), roll["did_not_vote"], roll["not_there"], roll["present"]]
    must(all(type(number) is int and number >= 0 for number in people), "a number of people is none")
    voted = sum(roll["voted"].values())
    must(
        voted + roll["did_not_vote"] + roll["not_there"] == roll["register"],
        "the roll does not add up to the register",
    )
    must(voted + roll["did_not_vote"] == roll["present"], "those present do not add up")
    must(vote["register"]["size"] == roll["register"], "roll and register of voters differ in length")
    must(sorted(roll["voted"]) == sorted(ballot["ways"]), "voted in ways in which the vote was not held")

    for way, number in roll["voted"].items():
        there = [place["people"] for place in vote["places"] if place["way"] == way]
        if there and None not in there:
            must(sum(there) == number, f"the places do not add up to those who voted: {way}")
    for place in vote["places"]:
        must(place["way"] != "phone" or place["papers"] == place["people"], "screens: votes are not people")

    if urn is None:
        must(not (ballot["secret"] and roll["voted"].get("phone")), "a secret vote on screens without an urn")
    else:
        numbers = urn["trackers"]
        must(all(a < b for a, b in pairwise(numbers)), "envelopes: out of order, or one is there twice")
        must(
            len(numbers) == urn["envelopes"] == roll["voted"].get("phone"), "envelopes: not as many as people"
        )
        must(
            root([bytes.fromhex(one) for one in numbers]).hex() == urn["root"],
            "envelopes: the root is another",
        )

    papers = sum(place["papers"] for place in vote["places"])
    for question in vote["questions"]:
        if question["how"] == "counted":
            must(
                question["cast"] == papers,
                f"question {question['number']}: other papers than the places brought",
            )
        found += [f"question {question['number']}: {words}" for words in in_question(vote, question)]
    return found


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()


def root(entries):
    """RFC 9162, 2.1.1: split at the largest power of two below the length."""
    if not entries:
        return hashlib.sha256(b"").digest()
    if len(entries) == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    half = 1
    while half * 2 < len(entries):
        half *= 2
    return hashlib.sha256(b"\x01" + root(entries[:half]) + root(entries[half:])).digest()


def drawn(seed, codes):
    """The order of a lot: by SHA-256 of the seed, a blank and the code."""
    return sorted(codes, key=lambda code: sha(f"{seed} {code}"))


# --- A question -------------------------------------------------------------------------------------------------------


def in_question(vote, question):
    found = []
    codes = [option["code"] for option in question["options"]]
    if question["order_seed"]:
        last = [code for code in ("keep", BLANK) if code in codes]
        if codes != drawn(question["order_seed"], [code for code in codes if code not in last]) + last:
            found.append("the options do not stand in the order that was drawn")
    if question["how"] == "acclamation":
        if question["cast"] or question["outcome"] != "carried" or vote["ballot"]["secret"]:
            found.append("by acclamation nothing is counted")
        return found
    if question["method"] not in ADDED_UP:
        return found + in_papers(question) + STAGES[question["method"]](question, question["result"])

    votes = dict.fromkeys(codes, 0)
    for way, of_way in question["votes"].items():
        if way not in vote["ballot"]["ways"] and not (way == "all" and vote["ballot"]["secret"]):
            found.append(f"votes by a way in which the vote was not held: {way}")
        if sorted(of_way) != sorted(codes) or any(type(n) is not int or n < 0 for n in of_way.values()):
            return [*found, "the votes are not those of the options"]
        for code, number in of_way.items():
            votes[code] += number
    if votes.pop(BLANK, 0) != question["blank"]:
        found.append("another number of blank papers")
    valid = question["cast"] - question["blank"] - question["spoiled"]
    seats = {"motion": 1, "plurality": question["seats"]}
    most = question["marks"] or seats.get(question["method"], max(len(votes), 1))
    marks = sum(votes.values())
    if min(valid, question["blank"], question["spoiled"]) < 0 or not valid <= marks <= valid * most:
        found.append("the votes do not add up to the papers")
    if any(number > valid for number in votes.values()):
        found.append("more votes for one than papers")

    try:
        told = COUNTS[question["method"]](vote, question, votes)
    except Tie:
        return [*found, "a tie that needs a lot, and none was drawn"]
    claimed = {
        "outcome": question["outcome"],
        "base_count": question["base_count"],
        "needed": question["needed"],
        **{
            key: question["result"].get(key) for key in told if key not in ("outcome", "base_count", "needed")
        },
    }
    for key, value in told.items():
        if claimed[key] != value:
            found.append(f"counted again, {key} is {value!r}, not {claimed[key]!r}")
    return found


def in_papers(question):
    papers, found = question["papers"], []
    if question["result"]["ballots_valid"] + question["blank"] + question["spoiled"] != question["cast"]:
        found.append("valid, blank and spoiled papers are not all that were cast")
    if min(question["result"]["ballots_valid"], question["blank"], question["spoiled"]) < 0:
        found.append("a number of papers is below zero")
    if papers is None:
        return found
    if sum(papers.values()) + question["spoiled"] != question["cast"] or min(papers.values(), default=0) < 0:
        found.append("the papers do not add up")
    blank = papers.get(BLANK, 0)
    if question["method"] in ("stv", "runoff"):  # blank as well: everybody on the paper has stepped back
        gone = withdrawn(question)
        blank += sum(
            number for text, number in papers.items() if set(text.replace("=", ">").split(">")) <= gone
        )
    if blank != question["blank"]:
        found.append("another number of blank papers")
    return found


# --- Counting what can be added up ------------------------------------------------------------------------------------


def enough(share, base):
    """More than half, or at least any other share."""
    return base // 2 + 1 if share == Fraction(1, 2) else -(-share.numerator * base // share.denominator)


def motion(vote, question, votes):
    ballot, roll = vote["ballot"], vote["roll"]
    share = Fraction(ballot["majority"])
    base = {
        "for_against": votes["for"] + votes["against"],
        "valid": sum(votes.values()),
        "present": roll["present"],
        "register": roll["register"],
    }[ballot["base"]]
    needed = max(enough(share, base), 1)
    outcome = "carried" if votes["for"] >= needed else "not_carried"
    if share == Fraction(1, 2) and votes["for"] == votes["against"] > 0 and outcome != "carried":
        outcome = "tie"
        if ballot["tie_rule"] == "lot":
            if not vote["lot"]:
                raise Tie
            first = drawn(vote["lot"]["seed"], ["for", "against"])[0]
            outcome = "carried" if first == "for" else "not_carried"
        elif ballot["tie_rule"] == "chair_decides":
            said = [tie["chosen"] for tie in question["result"].get("ties", [])]
            outcome = {"for": "carried", "against": "not_carried"}.get(said[0] if said else "", "tie")
    return {"outcome": outcome, "base_count": base, "needed": needed, "totals": votes}


def plurality(vote, question, votes):
    stand = {code: number for code, number in votes.items() if code not in withdrawn(question)}
    ballot, seats, reserved = vote["ballot"], question["seats"], question["reserved"]
    told = {"totals": stand, "base_count": None, "needed": None, "elected": [], "second_round": []}
    by_votes = sorted((code for code in stand if stand[code]), key=lambda code: -stand[code])
    if not by_votes:
        return {**told, "outcome": "nobody"}
    if seats == 1 and question["marks"] in (None, 1) and not reserved and ballot["round"] == 1:
        base = {
            "for_against": sum(stand.values()),
            "valid": question["cast"] - question["spoiled"],
            "present": vote["roll"]["present"],
            "register": vote["roll"]["register"],
        }[ballot["base"]]
        needed = max(enough(Fraction(ballot["majority"]), base), 1)
        told |= {"base_count": base, "needed": needed}
        if stand[by_votes[0]] >= needed:
            return {**told, "elected": by_votes[:1], "outcome": seated(question)}
        levels = sorted({stand[code] for code in by_votes}, reverse=True)
        first = [code for code in by_votes if stand[code] == levels[0]]
        second = [code for code in by_votes if len(levels) > 1 and stand[code] == levels[1]]
        return {
            **told,
            "second_round": first if len(first) > 1 else first + second,
            "outcome": "second_round",
        }

    group = {option["code"]: option["group"] for option in question["options"]}
    inside, open_ties = [], []
    for name, number in reserved.items():
        chosen, tied = best(vote, stand, [code for code in by_votes if group[code] == name], number)
        inside += chosen + tied[1][: tied[0]]
        open_ties += [tied] if tied[1] else []
    chosen, tied = best(
        vote, stand, [code for code in by_votes if code not in inside], seats - sum(reserved.values())
    )
    inside += chosen
    open_ties = [one for one in open_ties if not set(one[1]) <= set(inside)] + ([tied] if tied[1] else [])
    undecided = {code for _free, codes in open_ties for code in codes}
    elected = [code for code in by_votes if code in inside and code not in undecided]
    return {**told, "elected": elected, "outcome": tie(vote) if open_ties else seated(question)}


def best(vote, votes, order, seats):
    """The first so many, and (seats left, who is tied for them) when a tie stays open."""
    if len(order) <= seats:
        return list(order), (0, [])
    if not seats:
        return [], (0, [])
    border = votes[order[seats - 1]]
    above = [code for code in order if votes[code] > border]
    tied = [code for code in order if votes[code] == border]
    free = seats - len(above)
    if len(tied) == free:
        return above + tied, (0, [])
    if vote["ballot"]["tie_rule"] == "lot":
        if not vote["lot"]:
            raise Tie
        return above + drawn(vote["lot"]["seed"], tied)[:free], (0, [])
    return above, (free, tied)


def approval(vote, question, votes):
    stand = {code: number for code, number in votes.items() if code not in withdrawn(question)}
    by_votes = sorted((code for code in stand if stand[code]), key=lambda code: -stand[code])
    told = {"totals": stand, "elected": [], "base_count": None, "needed": None}
    if not by_votes:
        return {**told, "outcome": "nobody"}
    elected, tied = best(vote, stand, by_votes, question["seats"])
    return {**told, "elected": elected, "outcome": tie(vote) if tied[1] else seated(question)}


def greedy(vote, question, votes):
    out = withdrawn(question)
    cost = {
        o["code"]: Fraction(o["cost"])
        for o in question["options"]
        if o["cost"] is not None and o["code"] not in out
    }
    left, selected = Fraction(question["money"]), []
    for level in sorted({votes[code] for code in cost if votes[code]}, reverse=True):
        alike = [
            code
            for code in cost
            if votes[code] == level and level >= question["threshold"] and cost[code] <= left
        ]
        if sum(cost[code] for code in alike) > left:  # not all of them: the cheaper first, then by lot
            alike.sort(key=lambda code: cost[code])
            order = []
            for price in sorted({cost[code] for code in alike}):
                same = [code for code in alike if cost[code] == price]
                rest = left - sum(cost[code] for code in order)
                fits = min(len(same), int(rest // price))
                if 0 < fits < len(same):
                    if not vote["lot"]:
                        raise Tie
                    same = drawn(vote["lot"]["seed"], same)
                order += same[:fits]
            alike = order
        selected += alike
        left -= sum(cost[code] for code in alike)
    told = {"totals": {code: votes[code] for code in cost}, "base_count": None, "needed": None}
    return {**told, "selected": selected, "outcome": "chosen" if selected else "nobody"}


def withdrawn(question):
    return {option["code"] for option in question["options"] if option["withdrawn"]}


def seated(question):
    return "elected" if question["persons"] else "chosen"


def tie(vote):
    return "second_round" if vote["ballot"]["tie_rule"] == "runoff" else "tie"


# --- Stages against themselves ----------------------------------------------------------------------------------------


def chosen_in(question, result):
    found = []
    codes = sorted(option["code"] for option in question["options"] if option["code"] != BLANK)
    there = {*result.get("candidates", result.get("costs", {})), *withdrawn(question)}
    if sorted(there) != codes:
        found.append("the result is of other options")
    if result["ballots_total"] != question["cast"] - question["spoiled"]:
        found.append("the result is of another number of papers")
    chosen = result.get("elected") or result.get("selected") or result.get("winner")
    if question["outcome"] not in ("second_round", "tie") and bool(chosen) != (
        question["outcome"] in ("elected", "chosen")
    ):
        found.append("the outcome is not that of the result")
    return found


def transferable(question, result):
    found, elected, out = chosen_in(question, result), [], []
    valid, seats = result["ballots_valid"], result["seats"]
    if (
        seats != question["seats"]
        or valid > result["ballots_total"]
        or result["quota"] != valid // (seats + 1) + 1
    ):
        found.append("the quota is not that of the papers and seats")
    for stage in result["stages"]:
        votes = sum(map(Fraction, stage["totals"].values())) + Fraction(stage["non_transferable"])
        if votes != valid:
            found.append(f"stage {stage['stage']} does not add up to the valid papers")
        for code in set(stage["elected"]) - set(stage.get("elected_without_quota", [])):
            if Fraction(stage["totals"][code]) < result["quota"]:
                found.append(f"stage {stage['stage']} elects {code} below the quota")
        elected += stage["elected"]
        out += [stage["candidate"]] if stage["action"] == "exclude" else []
    if (
        elected != result["elected"]
        or out != result["excluded"]
        or len(elected) > seats
        or set(elected) & set(out)
    ):
        found.append("those elected are not those of the stages")
    return found


def runoff(question, result):
    found, rounds, out = chosen_in(question, result), result["rounds"], []
    for one, following in pairwise([*rounds, None]):
        if sum(one["totals"].values()) + one["exhausted"] != result["ballots_valid"]:
            found.append(f"round {one['round']} does not add up to the valid papers")
        if following:
            gone = sorted(set(one["totals"]) - set(following["totals"]))
            if any(one["totals"][code] > min(one["totals"].values()) for code in gone):
                found.append(f"round {one['round']}: somebody went out who had not fewest")
            out += gone
    if out != result["eliminated"]:
        found.append("those who went out are not those of the rounds")
    if rounds and rounds[-1]["totals"].get(result["winner"], -1) < max(rounds[-1]["totals"].values()):
        found.append("the winner does not lead the last round")
    return found


def pairs(question, result):
    found, beats = chosen_in(question, result), result["pairwise"]
    stay = [code for code in beats if code not in result["set_aside"]]
    keep = result["keep"]
    if keep:
        aside = sorted(code for code in beats if code != keep and beats[code][keep] <= beats[keep][code])
        if aside != sorted(result["set_aside"]):
            found.append("other options would have to be set aside")
    strong = {(a, b): beats[a][b] if beats[a][b] > beats[b][a] else 0 for a in stay for b in stay if a != b}
    for middle in stay:
        for a in stay:
            for b in stay:
                if len({a, b, middle}) == 3:
                    strong[a, b] = max(strong[a, b], min(strong[a, middle], strong[middle, b]))
    first = sorted(a for a in stay if all(strong[a, b] >= strong[b, a] for b in stay if a != b))
    if any(beats[a][b] + beats[b][a] > result["ballots_total"] for a in beats for b in beats[a]):
        found.append("a pair was compared on more papers than there are")
    if result["winners"] and sorted(result["winners"]) != first:
        found.append("the winners are not those of the table of pairs")
    if result["winner"] and result["winner"] not in result["winners"]:
        found.append("the winner is none of the winners")
    return found


def shares(question, result):
    found = chosen_in(question, result)
    cost = {option["code"]: option["cost"] for option in question["options"]}
    total = sum(Fraction(cost[code]) for code in result["selected"])
    money = Fraction(question["money"])
    if (
        total > money
        or Fraction(str(result["total_cost"])) != total
        or Fraction(str(result["left_over"])) != money - total
    ):
        found.append("the projects cost something else, or more than there is")
    if [step["project"] for step in result["steps"]] != result["selected"]:
        found.append("the projects are not those of the steps")
    return found


COUNTS = {"motion": motion, "plurality": plurality, "approval": approval, "greedy": greedy}
STAGES = {"stv": transferable, "runoff": runoff, "schulze": pairs, "shares": shares}


def say(words):
    sys.stdout.write(words + "\n")


def main(arguments):
    if len(arguments) != 1:
        say("usage: python3 recount.py FILE")
        return 2
    try:
        content = Path(arguments[0]).read_bytes()
        vote = json.loads(content)
    except (OSError, ValueError) as problem:
        say(f"the file cannot be read: {problem}")
        return 2
    say(f"fingerprint of the file (SHA-256): {hashlib.sha256(content).hexdigest()}")
    try:
        found = faults_in(vote)
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError, IndexError) as problem:
        found = [f"the file is incomplete or broken: {type(problem).__name__}: {problem}"]
    for words in found:
        say(f"WRONG: {words}")
    if found:
        return 1
    for question in vote["questions"]:
        how = "counted again" if question["method"] in ADDED_UP else "sums and stages checked"
        say(f"question {question['number']}: {how}, {question['outcome']}")
    say("The file bears itself out.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
