"""Counting a closed ballot: once, every way of voting together, question by question, for ever."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count

from coop.journal.actions import write
from coop.journal.models import Actor
from coop.refusals import Reason, Refused, refuse_if

from ..acta.gathering import Gathered, gathered
from ..acta.outcomes import Counted, Terms, TieForChair, outcome_of
from ..acta.slices import groups, merged
from ..acta.terms import terms_of
from ..boxes import boxes_of, floor_of
from ..counting import LotNeeded
from ..models import (
    AgreedSheet,
    Ballot,
    CountedPlace,
    NamedVote,
    Option,
    Question,
    RollEntry,
    Tally,
    TallyLine,
)
from ..models.ballots import Channel
from ..rules.counting import VOTES, Opened, obstacles_to_counting
from .locks import locked, subject_of


@transaction.atomic
def count(
    *, ballot: Ballot, opened: Opened | None = None, chair: str = "", by: Actor, at: datetime.datetime
) -> list[Tally]:
    """Brings together what came by screens, boxes and hands, counts each question, and writes the figures down.

    `opened`: the merged papers of the sealed urn, one answer per question in order, "" where one cannot be read.
    `chair`: "for" or "against", what the chair decides should a motion tie, where the rules leave it to the chair.
    Refuses with `lot-needed` or `casting-vote-needed` when a tie waits for one; then nothing has been written.
    """
    ballot = locked(ballot)
    refuse_if(obstacles_to_counting(ballot, opened))
    sheets = list(AgreedSheet.objects.filter(ballot=ballot, subject=VOTES).select_related("urn"))
    found = []
    for place, question in enumerate(ballot.questions.prefetch_related("options", "reserved")):
        terms = terms_of(ballot, question, chair=chair)
        given = _given(ballot, question, terms, place, sheets, opened)
        refuse_if(_obstacles_in_figures(ballot, given))
        found.append((question, given, _counted(question, terms, given)))
    tallies = [_write_down(ballot, *one) for one in found]
    _write_places(ballot, sheets)
    ballot.state, ballot.counted_at = Ballot.State.COUNTED, at
    ballot.save(update_fields=["state", "counted_at"])
    write(
        ballot.cooperative.chain,
        verb="ballot-counted",
        subject=subject_of(ballot),
        by=by,
        at=at,
        facts={
            "questions": [_told(tally, given) for tally, (_q, given, _c) in zip(tallies, found, strict=True)]
        },
    )
    return tallies


# --- What was given --------------------------------------------------------------------------------------------------


def _given(
    ballot: Ballot,
    question: Question,
    terms: Terms,
    place: int,
    sheets: Sequence[AgreedSheet],
    opened: Opened | None,
) -> Gathered:
    papers: dict[str, Counter[str]] = {channel: Counter() for channel in ballot.channels}
    cast = NamedVote.objects.filter(question=question).values_list("entry__channel", "answer")
    for channel, answer, number in cast.annotate(number=Count("pk")):
        papers.setdefault(channel, Counter())[answer] += number
    for answers, number in (opened or {}).items():
        papers[Channel.PHONE][answers[place]] += number
    figures = [(sheet.channel, sheet.figures[str(question.number)]) for sheet in sheets]
    return gathered(additive=question.is_additive, papers=papers, sheets=figures, followed=terms.followed)


def _obstacles_in_figures(ballot: Ballot, given: Gathered) -> list[Reason]:
    if ballot.present is not None and given.all_cast > ballot.present:
        return [Reason("more-votes-than-people", {"votes": given.all_cast, "people": ballot.present})]
    return []


def _counted(question: Question, terms: Terms, given: Gathered) -> Counted:
    try:
        return outcome_of(terms, given)
    except LotNeeded as tie:
        names = {option.code: option.label or option.code for option in question.options.all()}
        tied = ", ".join(names[code] for code in tie.tied)
        raise Refused([Reason("lot-needed", {"question": question.number, "tied": tied})]) from tie
    except TieForChair as tie:
        raise Refused([Reason("casting-vote-needed", {"question": question.number})]) from tie


# --- What is written down --------------------------------------------------------------------------------------------


def _write_down(ballot: Ballot, question: Question, given: Gathered, counted: Counted) -> Tally:
    asked = counted.needed is not None
    assert ballot.present is not None  # closed: both are latched
    assert ballot.roll_size is not None
    tally = Tally.objects.create(
        question=question,
        outcome=counted.outcome,
        majority=ballot.majority if asked else "",
        base=ballot.base if asked else "",
        base_count=counted.base_count,
        needed=counted.needed,
        register=ballot.roll_size,
        present=ballot.present,
        voted=given.all_cast,
        blank=given.blank,
        spoiled=given.spoiled,
        result=dict(counted.result),
    )
    if given.additive:
        _write_lines(ballot, question, given, tally)
    return tally


def _write_lines(ballot: Ballot, question: Question, given: Gathered, tally: Tally) -> None:
    """By way of voting; of a secret vote only all together, where one way would tell too much."""
    options = list(question.options.all())
    lines = [
        TallyLine(tally=tally, option=option, channel=channel, votes=votes.get(option.code, 0))
        for channel, votes in _published(ballot, _by_channel(ballot, options, given)).items()
        for option in options
    ]
    TallyLine.objects.bulk_create(lines)


def _by_channel(ballot: Ballot, options: Sequence[Option], given: Gathered) -> dict[str, Mapping[str, int]]:
    return {
        channel: {option.code: given.votes.get(channel, Counter())[option.code] for option in options}
        for channel in ballot.channels
    }


def _published(
    ballot: Ballot, by_channel: Mapping[str, Mapping[str, int]]
) -> Mapping[Any, Mapping[str, int]]:
    """Channel -> votes; or None -> votes of all channels together."""
    if not ballot.is_secret or len(groups(by_channel, floor_of(ballot))) == len(by_channel):
        return by_channel
    return {None: merged(by_channel, by_channel)}


def _write_places(ballot: Ballot, sheets: Sequence[AgreedSheet]) -> None:
    """Screens, boxes, blocks: how many people were marked for each and how many papers it brought."""
    on_screens = RollEntry.objects.filter(ballot=ballot, channel=Channel.PHONE).count()
    people = {box.urn.pk: box.people for box in boxes_of(ballot)} if sheets else {}
    places = [
        CountedPlace(
            ballot=ballot,
            channel=sheet.channel,
            urn=sheet.urn,
            block=sheet.block,
            people=people[sheet.urn_id] if sheet.urn_id else None,
            papers=max((told["papers"] for told in sheet.figures.values()), default=0),
        )
        for sheet in sheets
    ]
    if ballot.on_screens:
        places.append(
            CountedPlace(ballot=ballot, channel=Channel.PHONE, people=on_screens, papers=on_screens)
        )
    CountedPlace.objects.bulk_create(places)


def _told(tally: Tally, given: Gathered) -> dict[str, Any]:
    """Totals only, in the order of the paper."""
    told: dict[str, Any] = {"number": tally.question.number, "outcome": tally.outcome}
    if given.additive:
        codes = [option.code for option in tally.question.options.all()]
        told["votes"] = {code: given.totals.get(code, 0) for code in codes}
    elif elected := tally.result.get("elected") or tally.result.get("selected"):
        told["elected"] = elected
    return told
