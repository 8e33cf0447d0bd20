"""Seats that fall empty: resignations, and who comes next.

Order of locks: the ballot of a recall before the petition, body before mandate.
"""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.charter.models import Bylaws
from coop.journal.actions import write
from coop.journal.models import CLOCK, Actor
from coop.members.actions.bodies import locked as locked_body
from coop.members.actions.moving_up import move_up
from coop.members.actions.offices import end_mandate, subject_of
from coop.members.models import Mandate, Member
from coop.refusals import refuse_if

from ..models import Petition, Resignation
from ..rules.vacancies import obstacles_to_letting_go, obstacles_to_resigning
from . import recalls
from .barring import bar_what_is_to_begin


def _locked(mandate: Mandate) -> Mandate:
    """The mandate as it stands, under the lock of its body: two who resign at once see each other."""
    found = Mandate.objects.select_related(
        "member__cooperative__chain", "seat__office__body__department", "seat__crew", "seat__department"
    ).get(pk=mandate.pk)
    locked_body(found.seat.office.body_id)
    return found


@transaction.atomic
def resign(*, mandate: Mandate, because: str = "", by: Member, at: datetime.datetime) -> Resignation:
    """Counts at once, and the alternate moves up; or waits where the body could not meet any more.

    A petition against the mandate is without object from now on, and its vote, if there is one, annulled.
    """
    mandate = _locked(mandate)
    petition = _pending(mandate)
    mandate.refresh_from_db(fields=["until", "ended"])  # a count that was waited for may have ended it
    refuse_if(obstacles_to_resigning(mandate, by=by, at=at))
    made = Resignation.objects.create(mandate=mandate, because=because.strip(), given_at=at)
    bylaws = Bylaws.in_force(by.cooperative, by.cooperative.day_of(at))
    waits = bool(obstacles_to_letting_go(mandate, at, bylaws))
    write(
        by.cooperative.chain,
        verb="resigned",
        subject=subject_of(mandate),
        by=by.actor,
        at=at,
        facts={"waits": waits, "petition": petition.label if petition else ""},
    )
    if petition is not None:
        recalls.lapse(petition=petition, ending=Petition.Ending.RESIGNED, by=by.actor, at=at)
    if not waits:
        _leave(made, barred=petition is not None and bylaws.recall_bar_on_resignation, by=by.actor, at=at)
    return made


def _pending(mandate: Mandate) -> Petition | None:
    """The petition that runs, held; its ballot is held before it, so that a count is not overtaken."""
    found = Petition.objects.filter(mandate=mandate, state__in=Petition.PENDING).first()
    if found is None:
        return None
    recalls.hold(found)
    found = recalls.locked(found)
    return found if found.state in Petition.PENDING else None


def _leave(resignation: Resignation, *, barred: bool, by: Actor, at: datetime.datetime) -> None:
    mandate = resignation.mandate
    ended = Mandate.Ended.RESIGNED_RECALL if barred else Mandate.Ended.RESIGNED
    Resignation.objects.filter(pk=resignation.pk).update(counts_from=at)
    resignation.counts_from = at
    document = str(subject_of(mandate).label)
    end_and_fill(mandate=mandate, ended=ended, document=document, by=by, at=at)
    if barred:
        bar_what_is_to_begin(mandate=mandate, document=document, by=by, at=at)


@transaction.atomic
def end_and_fill(
    *, mandate: Mandate, ended: str, document: str, by: Actor, at: datetime.datetime
) -> Mandate | None:
    """The seat falls empty and the alternate whose turn it is has it in the same moment; of a mandate that is still to
    begin, from that day. Returns whose it is now."""
    until = mandate.until
    end_mandate(mandate=mandate, ended=ended, document=document, by=by, at=at)
    if mandate.seat.alternate:
        return None
    return move_up(seat=mandate.seat, until=until, document=document, since=mandate.since, by=by, at=at)


@transaction.atomic
def let_go(*, resignation: Resignation, by: Actor = CLOCK, at: datetime.datetime) -> Resignation:
    """A resignation that waited counts from now, where the body can meet without that seat. Idempotent."""
    mandate = _locked(resignation.mandate)
    found = Resignation.objects.get(pk=resignation.pk)
    found.mandate = mandate
    bylaws = Bylaws.in_force(mandate.member.cooperative, mandate.member.cooperative.day_of(at))
    lasts = Mandate.objects.filter(Mandate.not_over(at), pk=mandate.pk).exists()
    if found.counts_from is None and lasts and not obstacles_to_letting_go(mandate, at, bylaws):
        barred = Petition.objects.filter(mandate=mandate, ending=Petition.Ending.RESIGNED).exists()
        _leave(found, barred=barred and bylaws.recall_bar_on_resignation, by=by, at=at)
    return found
