"""Another round of a counted vote: the second between those who lead, or a run-off between those who tie."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from coop.charter.models import Bylaws
from coop.members.models import Member
from coop.refusals import refuse_if

from ..asked import Asked, Choice
from ..models import Ballot, Option, Question, Tally
from ..rules.running import obstacles_to_next_round
from .lifecycle import draw_up
from .locks import locked


@transaction.atomic
def next_round(
    *, ballot: Ballot, title: str, closes_at: datetime.datetime | None, by: Member, at: datetime.datetime
) -> Ballot:
    """A draft over the same register, under the same rules, linked to the round before it.

    Asked are only the questions that need it, each with those who go on; a question about several seats goes on for
    those seats that are still open.
    """
    ballot = locked(ballot)
    refuse_if(obstacles_to_next_round(ballot, closes_at, by=by, at=at))
    tallies = (
        Tally.objects.filter(question__ballot=ballot, outcome="second_round")
        .select_related("question")
        .prefetch_related("question__options__member")
        .order_by("question__number")
    )
    return draw_up(
        register=ballot.register,
        title=title,
        text=ballot.text,
        questions=[asked for tally in tallies for asked in _again(tally)],
        majority=ballot.majority,
        base=ballot.base,
        bylaws=Bylaws.objects.get(cooperative=ballot.cooperative, version=ballot.rules_version),
        needs_presence=ballot.needs_presence,
        closes_at=closes_at,
        secrecy=ballot.secrecy,
        channels=ballot.channels,
        tie_rule=ballot.tie_rule,
        parent=ballot,
        department=ballot.department,
        crew=ballot.crew,
        drawn_up_by=by,
        by=by.actor,
        at=at,
    )


def _again(tally: Tally) -> list[Asked]:
    """The question once more. Ties within the seats of several groups become a question for each group."""
    question, result = tally.question, tally.result
    if result.get("second_round"):
        return [_asked(question, result["second_round"], seats=1)]
    if question.method == Question.Method.SCHULZE:
        return [_asked(question, result["winners"], seats=1)]
    return [
        _asked(question, tie["tied"], seats=tie["seats"], group=tie.get("group")) for tie in _open(result)
    ]


def _open(result: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [tie for tie in result.get("ties", []) if not tie.get("resolved_by")]


def _asked(question: Question, codes: Iterable[str], *, seats: int, group: str | None = None) -> Asked:
    """Most votes decide among those who are left."""
    left = set(codes)
    choices = [_choice(option) for option in question.options.all() if option.code in left]
    reserved = {group: seats} if group else {}
    return Asked(question.wording, Question.Method.PLURALITY, choices, seats=seats, reserved=reserved)


def _choice(option: Option) -> Choice:
    return Choice(option.code, option.label, member=option.member, group=option.group)
