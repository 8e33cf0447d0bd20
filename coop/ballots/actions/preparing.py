"""Drawing up a vote outside of a meeting: a draft that somebody else opens."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction

from coop.charter.models import Bylaws
from coop.journal.actions import write
from coop.members.models import Body, Member
from coop.refusals import refuse_if

from ..asked import Asked
from ..models import Ballot, Register
from ..rules.drawing_up import (
    elects,
    obstacles_in_form_of_vote,
    obstacles_in_questions,
    obstacles_to_preparing,
)
from ..rules.running import obstacles_to_redrawing
from .lifecycle import annul, draw_up
from .locks import locked, subject_of
from .registers import draw_register

ASSEMBLIES = (Body.Kind.ASSEMBLY, Body.Kind.CONGRESS)


@transaction.atomic
def prepare(
    *,
    body: Body,
    register: Register | None,
    title: str,
    text: str,
    questions: Sequence[Asked],
    matter: str,
    secrecy: str,
    channels: Sequence[str],
    closes_at: datetime.datetime | None,
    by: Member,
    at: datetime.datetime,
) -> Ballot:
    """A draft under the rules of today. Without a register one is drawn as of today and posted for claims.

    `matter`: whose majority is asked for; where somebody stands on the paper it is that of elections.
    """
    refuse_if(obstacles_to_preparing(body, by=by, at=at))
    day = body.cooperative.day_of(at)
    bylaws = Bylaws.in_force(body.cooperative, day)
    share, base = bylaws.majority_for("election" if elects(questions) else matter)
    refuse_if(
        obstacles_in_questions(questions, by=by, day=day, bylaws=bylaws)
        + obstacles_in_form_of_vote(
            questions,
            secrecy=secrecy,
            channels=channels,
            base=base,
            closes_at=closes_at,
            register=register,
            body=body,
            bylaws=bylaws,
            at=at,
        )
    )
    if register is None:
        register = draw_register(body=body, closes_on=day, needed_at=closes_at, by=by.actor, at=at)
    return draw_up(
        register=register,
        title=title,
        text=text,
        questions=questions,
        majority=f"{share.numerator}/{share.denominator}",
        base=base,
        bylaws=bylaws,
        needs_presence=False,
        closes_at=closes_at,
        secrecy=secrecy,
        channels=channels,
        tie_rule=_tie_rule(body, bylaws, elected=elects(questions)),
        drawn_up_by=by,
        by=by.actor,
        at=at,
    )


@transaction.atomic
def redraw(
    *,
    ballot: Ballot,
    because: str,
    body: Body,
    register: Register | None,
    title: str,
    text: str,
    questions: Sequence[Asked],
    matter: str,
    secrecy: str,
    channels: Sequence[str],
    closes_at: datetime.datetime | None,
    by: Member,
    at: datetime.datetime,
) -> Ballot:
    """A new draft in the place of one's own, which is thrown away with the reason: no row of a paper ever changes.

    Boxes, tellers and the key belong to the draft they were made for and do not come along.
    """
    before = locked(ballot)
    refuse_if(obstacles_to_redrawing(before, because, by=by, at=at))
    made = prepare(
        body=body,
        register=register,
        title=title,
        text=text,
        questions=questions,
        matter=matter,
        secrecy=secrecy,
        channels=channels,
        closes_at=closes_at,
        by=by,
        at=at,
    )
    annul(ballot=before, because=because, by=by.actor, at=at)
    write(
        made.cooperative.chain,
        verb="ballot-redrawn",
        subject=subject_of(made),
        by=by.actor,
        at=at,
        facts={"before": before.pk},
    )
    return made


def _tie_rule(body: Body, bylaws: Bylaws, *, elected: bool) -> str:
    """That of elections, of assemblies or of councils. Outside of a meeting there is no chair to decide a tie."""
    if elected:
        return bylaws.tie_rule_election
    rule = bylaws.tie_rule if body.kind in ASSEMBLIES else bylaws.tie_rule_council
    return "not_carried" if rule == "chair_decides" else rule
