"""Recounts a published file (`bundle`) from nothing but the file. No database, no Django.

Every fault is one line of plain English. What the file does not hold (whole papers of a small secret vote) cannot be
counted again; then the stages are checked against themselves, and `not_recounted` says so.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ..counting import LotNeeded, drawn_lot
from ..counting.papers import BLANK, read
from ..rules.answers import most_marks
from ..sealed.merkle import root
from .gathering import Gathered, gathered
from .outcomes import ADDITIVE, Terms, TieForChair, outcome_of
from .stage_checks import faults_in_stages

FORMAT = "asamblea-count-1"
ALL = "all"
MOTION = ("for", "against", "abstain")

Bundle = Mapping[str, Any]


def faults_in(bundle: Bundle) -> list[str]:
    """Everything that is wrong with it; nothing when it bears itself out."""
    if bundle.get("format") != FORMAT:
        return [f"not a file of the form {FORMAT}"]
    try:
        return [
            *_in_text(bundle),
            *_in_roll(bundle),
            *_in_places(bundle),
            *_in_urn(bundle),
            *(fault for question in bundle["questions"] for fault in _in_question(bundle, question)),
        ]
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as broken:
        return [f"the file is incomplete or broken: {type(broken).__name__}: {broken}"]


def not_recounted(bundle: Bundle) -> list[int]:
    """Numbers of the questions whose papers are not in the file."""
    return [
        question["number"]
        for question in bundle["questions"]
        if question["method"] not in ADDITIVE and question["papers"] is None
    ]


# --- Around the count ------------------------------------------------------------------------------------------------


def _in_text(bundle: Bundle) -> list[str]:
    ballot = bundle["ballot"]
    found = hashlib.sha256(ballot["text"].encode()).hexdigest()
    return [] if found == ballot["text_hash"] else ["the text is not the one of its fingerprint"]


def _in_roll(bundle: Bundle) -> list[str]:
    roll, faults = bundle["roll"], []
    voted = sum(roll["voted"].values())
    everybody = [
        *roll["voted"].values(),
        roll["did_not_vote"],
        roll["not_there"],
        roll["register"],
        roll["present"],
    ]
    if any(type(number) is not int or number < 0 for number in everybody):
        faults.append("a number of people is none")
    if voted + roll["did_not_vote"] + roll["not_there"] != roll["register"]:
        faults.append("voted, did not vote and not there do not add up to the register")
    if voted + roll["did_not_vote"] != roll["present"]:
        faults.append("those present are not those who voted and those who did not")
    if bundle["register"]["size"] != roll["register"]:
        faults.append("the roll is not as long as the register of voters")
    if set(roll["voted"]) != set(bundle["ballot"]["ways"]):
        faults.append("people voted in ways in which this vote was not held")
    return faults


def _in_places(bundle: Bundle) -> list[str]:
    """Screens and boxes account for whoever voted there; what all places brought is what each question counts."""
    faults, places, voted = [], bundle["places"], bundle["roll"]["voted"]
    for way in {place["way"] for place in places}:
        people = [place["people"] for place in places if place["way"] == way]
        if None not in people and sum(people) != voted.get(way):
            faults.append(f"the people of the places do not add up to those who voted ({way})")
    if any(place["way"] == "phone" and place["papers"] != place["people"] for place in places):
        faults.append("not as many votes on screens as people who voted there")
    papers = sum(place["papers"] for place in places)
    return faults + [
        f"question {question['number']} counts other papers than the places brought"
        for question in bundle["questions"]
        if question["how"] == "counted" and question["cast"] != papers
    ]


def _in_urn(bundle: Bundle) -> list[str]:
    urn, ballot = bundle["urn"], bundle["ballot"]
    if urn is None:
        on_screens = ballot["secret"] and bundle["roll"]["voted"].get("phone", 0)
        return ["a secret vote on screens without a sealed urn"] if on_screens else []
    faults, trackers = [], urn["trackers"]
    if trackers != sorted(set(trackers)):
        faults.append("the numbers of the envelopes are not in order, or one is there twice")
    if len(trackers) != urn["envelopes"] or urn["envelopes"] != bundle["roll"]["voted"].get("phone"):
        faults.append("not as many envelopes as people who voted on screens")
    if root([bytes.fromhex(tracker) for tracker in trackers]).hex() != urn["root"]:
        faults.append("the root is not that of the numbers of the envelopes")
    return faults


# --- Each question ---------------------------------------------------------------------------------------------------


def _in_question(bundle: Bundle, question: Mapping[str, Any]) -> list[str]:
    faults = _in_figures(bundle, question) + _in_order(question)
    if question["how"] == "acclamation":
        if question["cast"] or question["outcome"] != "carried" or bundle["ballot"]["secret"]:
            faults.append("by acclamation nothing is counted")
    elif question["method"] in ADDITIVE or question["papers"] is not None:
        faults += _in_outcome(bundle, question)
    else:
        faults += faults_in_stages(question)
    return [f"question {question['number']}: {fault}" for fault in faults]


def _in_order(question: Mapping[str, Any]) -> list[str]:
    """The order on the paper is the one that was drawn; "as it is" and blank stand last."""
    if not question["order_seed"]:
        return []
    codes = [option["code"] for option in question["options"]]
    last = [code for code in ("keep", BLANK) if code in codes]
    drawn = drawn_lot(question["order_seed"])([code for code in codes if code not in last])
    return [] if codes == [*drawn, *last] else ["the options do not stand in the order that was drawn"]


def _in_figures(bundle: Bundle, question: Mapping[str, Any]) -> list[str]:
    codes = {option["code"] for option in question["options"]}
    ways = set(bundle["ballot"]["ways"])
    faults = []
    for way, votes in question["votes"].items():
        if way not in ways and not (way == ALL and bundle["ballot"]["secret"]):
            faults.append(f"votes by a way in which this vote was not held: {way}")
        if set(votes) != codes or any(type(number) is not int or number < 0 for number in votes.values()):
            faults.append("the votes are not those of the options")
    if min(question["cast"], question["blank"], question["spoiled"]) < 0:
        faults.append("a number of papers is below zero")
    valid = question["cast"] - question["blank"] - question["spoiled"]
    if question["method"] in ADDITIVE:
        return faults + _in_sums(question, valid)
    papers = question["papers"]
    if question["how"] == "counted" and question["result"]["ballots_valid"] != valid:
        faults.append("valid, blank and spoiled papers are not all that were cast")
    if papers is not None:
        if sum(papers.values()) + question["spoiled"] != question["cast"]:
            faults.append("the papers and the spoiled ones do not add up to those cast")
        given = _given(_terms(bundle, question), question)
        if given.blank != question["blank"] or min(papers.values(), default=1) < 0:
            faults.append("another number of blank papers")
    return faults


def _in_sums(question: Mapping[str, Any], valid: int) -> list[str]:
    """Each paper bears one mark, or as many as are allowed."""
    if question["how"] == "acclamation":
        return []
    totals: Counter[str] = Counter()
    for votes in question["votes"].values():
        totals.update(votes)
    faults = [] if totals.pop(BLANK, 0) == question["blank"] else ["another number of blank papers"]
    marks = sum(totals.values())
    most = most_marks(question["method"], question["seats"], question["marks"]) or max(len(totals), 1)
    if marks < valid or marks > valid * most or any(number > valid for number in totals.values()):
        faults.append("the votes do not add up to the papers")
    return faults


def _in_outcome(bundle: Bundle, question: Mapping[str, Any]) -> list[str]:
    terms = _terms(bundle, question)
    try:
        found = outcome_of(terms, _given(terms, question))
    except LotNeeded as tie:
        return [f"a tie ({', '.join(tie.tied)}) that needs a lot, and none was drawn"]
    except TieForChair:
        return ["a tie that waits for the chair, who said nothing"]
    faults = []
    if (found.outcome, found.base_count, found.needed) != (
        question["outcome"],
        question["base_count"],
        question["needed"],
    ):
        faults.append(f"the count gives {found.outcome}, not {question['outcome']}, or another base")
    if _plain(found.result) != question["result"]:
        different = [
            key for key in {**found.result, **question["result"]} if _differ(found.result, question, key)
        ]
        faults.append(f"the count gives another result: {', '.join(sorted(different))}")
    return faults


def _differ(result: Mapping[str, Any], question: Mapping[str, Any], key: str) -> bool:
    return bool(_plain(result).get(key) != question["result"].get(key))


def _plain(value: Any) -> Any:
    """As it looks after a way through JSON."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, (list, tuple)) else value


def _given(terms: Terms, question: Mapping[str, Any]) -> Gathered:
    if question["method"] not in ADDITIVE:
        papers = {ALL: {**question["papers"], "": question["spoiled"]}}
        for text in question["papers"]:
            read(text)
        return gathered(additive=False, papers=papers, followed=terms.followed)
    given = Gathered(additive=True, blank=question["blank"], spoiled=question["spoiled"])
    given.cast[ALL] = question["cast"]
    given.votes = {way: Counter(votes) for way, votes in question["votes"].items()}
    return given


def _terms(bundle: Bundle, question: Mapping[str, Any]) -> Terms:
    options = [option for option in question["options"] if option["code"] != BLANK]
    ballot, roll = bundle["ballot"], bundle["roll"]
    chair = [tie["chosen"] for tie in question["result"].get("ties", ()) if tie.get("resolved_by") == "chair"]
    return Terms(
        method=question["method"],
        options=tuple(option["code"] for option in options),
        seats=question["seats"],
        marks=question["marks"],
        persons=question["persons"],
        groups={option["code"]: option["group"] for option in options if option["group"]},
        reserved=question["reserved"],
        withdrawn=frozenset(option["code"] for option in options if option["withdrawn"]),
        costs={option["code"]: Decimal(option["cost"]) for option in options if option["cost"] is not None},
        money=None if question["money"] is None else Decimal(question["money"]),
        threshold=question["threshold"],
        majority=ballot["majority"],
        base=ballot["base"],
        tie_rule=ballot["tie_rule"],
        round=ballot["round"],
        present=roll["present"],
        register=roll["register"],
        lot=bundle["lot"]["seed"] if bundle["lot"] else "",
        chair=chair[0] if chair else "",
    )
