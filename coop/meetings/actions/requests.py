"""What members ask for: begun, signed, withdrawn. The last signature starts the clock of whoever calls the body."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.charter.models import Bylaws
from coop.journal.actions import write
from coop.journal.models import CLOCK, Subject
from coop.letters import legible, one_line
from coop.members.electorate import voters
from coop.members.models import Body, Member
from coop.refusals import refuse_if

from ..models import Request, RequestSignature
from ..requests import (
    days_to_answer,
    needed_for,
    obstacles_to_asking,
    obstacles_to_signing,
    obstacles_to_withdrawing_request,
)


def _subject(request: Request) -> Subject:
    return Subject("request", str(request.pk), str(request))


def _locked(request: Request) -> Request:
    """Held until the transaction ends, so that of two signatures one is the last that was needed."""
    found = Request.objects.select_for_update(of=("self",), no_key=True)
    return found.select_related("body__cooperative").get(pk=request.pk)


@transaction.atomic
def ask(
    *,
    body: Body,
    kind: str,
    title: str,
    text: str,
    collects_until: datetime.date,
    by: Member,
    at: datetime.datetime,
) -> Request:
    """Begins to collect signatures, with one's own. How many are needed is counted today and stays."""
    day = body.cooperative.day_of(at)
    bylaws = Bylaws.in_force(body.cooperative, day)
    refuse_if(obstacles_to_asking(body, kind, collects_until=collects_until, by=by, at=at, bylaws=bylaws))
    request = Request.objects.create(
        body=body,
        kind=kind,
        title=one_line(title),
        text=legible(text).strip(),
        asked_by=by,
        asked_at=at,
        collects_until=collects_until,
        needed=needed_for(kind, voters=voters(body, day, bylaws).count(), bylaws=bylaws),
    )
    write(
        body.cooperative.chain,
        verb="request-begun",
        subject=_subject(request),
        by=by.actor,
        at=at,
        facts={"kind": kind, "body": body.name, "needed": request.needed},
    )
    return sign_request(request=request, by=by, at=at)


@transaction.atomic
def sign_request(*, request: Request, by: Member, at: datetime.datetime) -> Request:
    """One more signature. No journal line of it: who signs is for whoever calls the body, and no one else."""
    request = _locked(request)
    cooperative = request.body.cooperative
    bylaws = Bylaws.in_force(cooperative, cooperative.day_of(at))
    refuse_if(obstacles_to_signing(request, by=by, at=at, bylaws=bylaws))
    RequestSignature.objects.create(request=request, member=by, signed_at=at)
    signed = RequestSignature.objects.filter(request=request).count()
    if request.reached_at is None and signed >= request.needed:
        _reach(request, signed, at, bylaws)
    return request


def _reach(request: Request, signed: int, at: datetime.datetime, bylaws: Bylaws) -> None:
    days = days_to_answer(request.kind, bylaws)
    request.reached_at = at
    if days is not None:
        request.due_on = request.body.cooperative.day_of(at) + datetime.timedelta(days=days)
    request.save(update_fields=["reached_at", "due_on"])
    write(
        request.body.cooperative.chain,
        verb="request-reached",
        subject=_subject(request),
        by=CLOCK,
        at=at,
        facts={"body": request.body.name, "signed": signed},
    )


@transaction.atomic
def withdraw_request(*, request: Request, by: Member, at: datetime.datetime) -> Request:
    """Whoever began it gives it up, as long as it is not everybody's."""
    request = _locked(request)
    refuse_if(obstacles_to_withdrawing_request(request, by=by))
    request.withdrawn_at = at
    request.save(update_fields=["withdrawn_at"])
    write(
        request.body.cooperative.chain,
        verb="request-withdrawn",
        subject=_subject(request),
        by=by.actor,
        at=at,
        facts={"body": request.body.name},
    )
    return request
