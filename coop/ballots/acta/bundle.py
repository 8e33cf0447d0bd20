"""A counted ballot as one public file: everything that can be recounted by anybody, and nobody's vote.

Canonical JSON: keys in order, no blanks. Of an open vote it holds the merged papers (members read the names on the
page, the file has none); of a secret one totals and stages, never whole rankings: among few papers one can be a
signature. Amounts of money are texts: no digit is lost. `recounting` and docs/recount.py read it.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from django.db.models import Count

from ..models import (
    AgreedSheet,
    Ballot,
    Clash,
    CountedPlace,
    FinalEnvelope,
    Lot,
    NamedVote,
    Question,
    Tally,
    Teller,
    TellerSheet,
)
from ..models.ballots import Channel
from ..rules.casting import secrets_replaced
from .gathering import gathered
from .outcomes import Terms
from .slices import groups
from .terms import terms_of

FORMAT = "asamblea-count-1"
VOTES = TellerSheet.Subject.VOTES


def as_text(bundle: dict[str, Any]) -> str:
    """The file, byte by byte the same for the same count."""
    return json.dumps(bundle, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def bundle_of(ballot: Ballot, *, floor: int) -> dict[str, Any]:
    """Of a counted ballot. `floor`: boxes of a secret vote with fewer papers are told together with others."""
    tallies = (
        Tally.objects.filter(question__ballot=ballot)
        .select_related("question")
        .prefetch_related("lines__option", "question__options", "question__reserved")
        .order_by("question__number")
    )
    return {
        "format": FORMAT,
        "cooperative": ballot.cooperative.legal_name,
        "body": ballot.body.name,
        "ballot": _ballot(ballot),
        "register": {
            "size": ballot.register.people,
            "hash": ballot.register.fingerprint,
            "closed_on": ballot.register.closes_on.isoformat(),
        },
        "roll": roll_figures(ballot),
        "places": _places(ballot, floor),
        "questions": [_question(ballot, tally) for tally in tallies],
        "lot": _lot(ballot),
        "urn": _urn(ballot),
        "tellers": [
            str(teller.member) for teller in Teller.objects.filter(ballot=ballot).select_related("member")
        ],
        "confirmed_by": sorted(
            {
                str(sheet.confirmed_by)
                for sheet in AgreedSheet.objects.filter(ballot=ballot).select_related("confirmed_by")
            }
        ),
        "clashes": Clash.objects.filter(ballot=ballot).count(),
        "secrets_replaced": secrets_replaced(ballot.register).count(),
    }


def _ballot(ballot: Ballot) -> dict[str, Any]:
    assert ballot.opened_at is not None  # counted: all three are there
    assert ballot.closed_at is not None
    assert ballot.counted_at is not None
    return {
        "number": ballot.pk,
        "title": ballot.title,
        "secret": ballot.is_secret,
        "ways": list(ballot.channels),
        "needs_presence": ballot.needs_presence,
        "round": ballot.round,
        "opened_at": ballot.opened_at.isoformat(),
        "closed_at": ballot.closed_at.isoformat(),
        "counted_at": ballot.counted_at.isoformat(),
        "text": ballot.text,
        "text_hash": ballot.text_hash,
        "majority": ballot.majority,
        "base": ballot.base,
        "tie_rule": ballot.tie_rule,
        "rules_version": ballot.rules_version,
    }


def roll_figures(ballot: Ballot) -> dict[str, Any]:
    """Everybody on the roll: voted in which way, there without voting, not there."""
    found = ballot.roll.values_list("channel", "present").annotate(people=Count("pk")).order_by()
    voted: Counter[str] = Counter(dict.fromkeys(ballot.channels, 0))
    rest = {True: 0, False: 0}
    for channel, present, people in found:
        if channel is None:
            rest[present] += people
        else:
            voted[channel] += people
    return {
        "register": ballot.roll_size,
        "present": ballot.present,
        "voted": dict(voted),
        "did_not_vote": rest[True],
        "not_there": rest[False],
    }


def _places(ballot: Ballot, floor: int) -> list[dict[str, Any]]:
    places = list(CountedPlace.objects.filter(ballot=ballot).select_related("urn"))
    boxes = {str(place.urn_id): place for place in places if place.urn_id}
    papers = {key: {"papers": place.papers} for key, place in boxes.items()}
    told = [
        {"way": place.channel, "name": place.block, "people": place.people, "papers": place.papers}
        for place in places
        if place.urn_id is None
    ]
    for part in groups(papers, floor if ballot.is_secret else 1):
        together = [boxes[key] for key in part]
        told.append(
            {
                "way": Channel.PAPER.value,
                "name": " + ".join(str(box.urn) for box in together),
                "people": sum(box.people or 0 for box in together),
                "papers": sum(box.papers for box in together),
            }
        )
    return told


def _question(ballot: Ballot, tally: Tally) -> dict[str, Any]:
    question = tally.question
    terms = terms_of(ballot, question)
    votes: dict[str, dict[str, int]] = {}
    for line in tally.lines.all():
        votes.setdefault(line.channel or "all", {})[line.option.code] = line.votes
    return {
        "number": question.number,
        "wording": question.wording,
        "method": question.method,
        **_rules(question, terms),
        "how": tally.how,
        "cast": tally.voted,
        "blank": tally.blank,
        "spoiled": tally.spoiled,
        "votes": votes,
        "papers": _papers(ballot, tally, terms),
        "outcome": tally.outcome,
        "base_count": tally.base_count,
        "needed": tally.needed,
        "result": tally.result,
    }


def _rules(question: Question, terms: Terms) -> dict[str, Any]:
    return {
        "order_seed": question.order_seed,
        "options": [
            {
                "code": option.code,
                "label": option.label,
                "group": option.group,
                "cost": None if option.cost is None else str(option.cost),
                "withdrawn": option.code in terms.withdrawn,
            }
            for option in question.options.all()
        ],
        "persons": terms.persons,
        "seats": question.seats,
        "marks": question.marks,
        "money": None if question.money is None else str(question.money),
        "threshold": question.threshold,
        "reserved": dict(terms.reserved),
    }


def _papers(ballot: Ballot, tally: Tally, terms: Terms) -> dict[str, int] | None:
    """Whole papers merged, where the method counts them; never of a secret vote: a ranking can be a signature."""
    question = tally.question
    if question.is_additive or ballot.is_secret:
        return None
    papers: Counter[str] = Counter()
    cast = NamedVote.objects.filter(question=question).values_list("answer")
    for answer, number in cast.annotate(number=Count("pk")).order_by():
        papers[answer] += number
    sheets = AgreedSheet.objects.filter(ballot=ballot, subject=VOTES)
    figures = [(sheet.channel, sheet.figures[str(question.number)]) for sheet in sheets]
    screens = {Channel.PHONE.value: papers}
    given = gathered(additive=False, papers=screens, sheets=figures, followed=terms.followed)
    return dict(given.papers)


def _lot(ballot: Ballot) -> dict[str, Any] | None:
    lot = Lot.objects.filter(ballot=ballot).select_related("witness_1", "witness_2", "drawn_by").first()
    if lot is None:
        return None
    return {
        "seed": lot.seed,
        "how": lot.how,
        "drawn_by": str(lot.drawn_by),
        "witnesses": [str(lot.witness_1), str(lot.witness_2)],
    }


def _urn(ballot: Ballot) -> dict[str, Any] | None:
    urn = getattr(ballot, "sealed_urn", None) if ballot.is_secret else None
    if urn is None or urn.root is None:
        return None
    trackers = FinalEnvelope.objects.filter(ballot=ballot).order_by("tracker")
    return {
        "envelopes": urn.envelopes,
        "root": urn.root,
        "trackers": [bytes(tracker).hex() for tracker in trackers.values_list("tracker", flat=True)],
        "made_by": urn.made_by,
        "trustees": [str(one.member) for one in urn.trustees.select_related("member")],
        "opened_with": list(urn.opened_with or []),
    }
