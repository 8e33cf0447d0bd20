"""Asking to become a member, and what comes of it. The application is locked first, then the member it is about.

The journal never clears a line, so it does not name who asked: it says the number of the application.
"""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.charter.models import Bylaws, Cooperative
from coop.journal.actions import write
from coop.journal.models import Chain, Subject
from coop.refusals import Reason, refuse_if

from ..folding import fold
from ..models import Application, Crew, Department, Member, Standing
from ..rules import obstacles_to_keeping_the_register
from ..rules.applications import (
    obstacles_to_admitting_applicant,
    obstacles_to_appealing_refusal,
    obstacles_to_applying,
    obstacles_to_handling,
    obstacles_to_refusing,
    obstacles_to_withdrawing_application,
)
from ..rules.entering import Newcomer, obstacles_to_entering
from .people import admit, change_standing, post

State = Application.State


@transaction.atomic
def enter_person(
    *,
    cooperative: Cooperative,
    person: Newcomer,
    language: str = "",
    contact: str = Member.Contact.NONE,
    phone: str = "",
    support: tuple[str, ...] = (),
    job: str = "",
    by: Member,
    at: datetime.datetime,
) -> Member:
    """By hand, from the paper in front of the register office: admitted, on trial or hired."""
    day = cooperative.day_of(at)
    bylaws = Bylaws.in_force(cooperative, day)
    _hold_numbers(cooperative)
    refuse_if(obstacles_to_keeping_the_register(by=by, at=at))
    refuse_if(obstacles_to_entering(cooperative, person, day=day, bylaws=bylaws))
    return admit(
        cooperative=cooperative,
        number=person.number,
        name=person.name.strip(),
        born=person.born,
        joined=person.joined,
        department=person.department,
        crew=person.crew,
        kind=person.kind,
        reason=person.reason.strip(),
        document=person.document.strip(),
        expected_until=person.expected_until,
        replacement=person.replacement,
        language=language,
        contact=contact,
        phone=phone,
        support=support,
        job=job,
        by=by.actor,
        at=at,
    )


def _hold_numbers(cooperative: Cooperative) -> None:
    """Two people who enter somebody at once go one after the other, so that a number taken is told as a reason."""
    Chain.objects.select_for_update(no_key=True).get(pk=cooperative.chain_id)


@transaction.atomic
def apply(
    *,
    cooperative: Cooperative,
    applicant: Member | None = None,
    name: str = "",
    born: datetime.date | None = None,
    phone: str = "",
    department: Department | None = None,
    crew: Crew | None = None,
    job: str = "",
    text: str = "",
    applied_on: datetime.date,
    by: Member,
    at: datetime.datetime,
) -> Application:
    """For oneself, or written down by the register office for somebody who came with a paper."""
    if applicant is not None:
        applicant = Member.objects.select_for_update(of=("self",), no_key=True).get(pk=applicant.pk)
        name, born, phone = applicant.name, applicant.born, applicant.phone
    own = applicant is not None and applicant.pk == by.pk
    reasons = [] if own else obstacles_to_keeping_the_register(by=by, at=at)
    if by.cooperative_id != cooperative.pk or (applicant and applicant.cooperative_id != cooperative.pk):
        reasons.append(Reason("not-of-this-cooperative", {"name": by.name}))
    refuse_if(reasons)
    _hold_numbers(cooperative)
    day = cooperative.day_of(at)
    refuse_if(
        obstacles_to_applying(
            cooperative, applicant=applicant, name=name, born=born, applied_on=applied_on, day=day
        )
    )
    made = Application.objects.create(
        cooperative=cooperative,
        applicant=applicant,
        name=name.strip(),
        plain_name=fold(name),
        born=born,
        phone=phone,
        department=department,
        crew=crew,
        job=job,
        text=text,
        applied_on=applied_on,
        entered_at=at,
        entered_by=by,
    )
    _tell(made, by, at, verb="application-made", applied_on=applied_on.isoformat())
    return made


@transaction.atomic
def admit_applicant(
    *,
    application: Application,
    decided_on: datetime.date,
    document: str,
    number: int | None = None,
    department: Department | None = None,
    crew: Crew | None = None,
    by: Member,
    at: datetime.datetime,
) -> Member:
    """A member from the day of the decision; who was in the register keeps number and place."""
    found, day = _locked(application, at)
    refuse_if(obstacles_to_handling(found, by=by, at=at))
    if found.applicant_id is not None:
        Member.objects.select_for_update(of=("self",), no_key=True).get(pk=found.applicant_id)
    _hold_numbers(found.cooperative)
    refuse_if(
        obstacles_to_admitting_applicant(
            found,
            decided_on=decided_on,
            number=number,
            department=department,
            crew=crew,
            document=document,
            day=day,
        )
    )
    member = found.applicant or admit(
        cooperative=found.cooperative,
        number=number or 0,
        name=found.name,
        born=found.born,
        phone=found.phone,
        job=found.job,
        joined=decided_on,
        department=department,
        crew=crew,
        document=document.strip(),
        by=by.actor,
        at=at,
    )
    if found.applicant is not None:
        _becomes_member(found.applicant, decided_on, document.strip(), department, crew, by, at)
    _decide(found, State.ADMITTED, decided_on, document, "", member=member)
    _tell(found, by, at, verb="application-admitted", number=member.number, document=document.strip())
    return member


def _becomes_member(
    member: Member,
    since: datetime.date,
    document: str,
    department: Department | None,
    crew: Crew | None,
    by: Member,
    at: datetime.datetime,
) -> None:
    change_standing(
        member=member,
        kind=Standing.Kind.MEMBER,
        status=Standing.Status.ACTIVE,
        since=since,
        reason="",
        document=document,
        by=by.actor,
        at=at,
    )
    if department is not None:
        post(member=member, department=department, crew=crew, since=since, reason="", by=by.actor, at=at)


@transaction.atomic
def refuse_application(
    *,
    application: Application,
    decided_on: datetime.date,
    document: str,
    reasons: str,
    by: Member,
    at: datetime.datetime,
) -> None:
    """With reasons, which the applicant reads. After an appeal it is final."""
    found, day = _locked(application, at)
    refuse_if(obstacles_to_handling(found, by=by, at=at))
    refuse_if(
        obstacles_to_refusing(found, decided_on=decided_on, document=document, reasons=reasons, day=day)
    )
    state = State.REFUSED if found.state == State.OPEN else State.UPHELD
    _decide(found, state, decided_on, document, reasons)
    _tell(found, by, at, verb="application-refused", document=document.strip(), final=state == State.UPHELD)


@transaction.atomic
def appeal_refusal(
    *, application: Application, appealed_on: datetime.date, appeal: str, by: Member, at: datetime.datetime
) -> None:
    """By the applicant, or by the register office for one who came with a paper."""
    found, day = _locked(application, at)
    bylaws = Bylaws.in_force(found.cooperative, day)
    refuse_if(obstacles_to_handling(found, by=by, at=at, own=True))
    refuse_if(
        obstacles_to_appealing_refusal(found, appealed_on=appealed_on, appeal=appeal, day=day, bylaws=bylaws)
    )
    Application.objects.filter(pk=found.pk).update(
        state=State.APPEALED, appealed_on=appealed_on, appeal=appeal.strip()
    )
    _tell(found, by, at, verb="refusal-appealed")


@transaction.atomic
def withdraw_application(*, application: Application, by: Member, at: datetime.datetime) -> None:
    found, day = _locked(application, at)
    refuse_if(obstacles_to_handling(found, by=by, at=at, own=True))
    refuse_if(obstacles_to_withdrawing_application(found))
    Application.objects.filter(pk=found.pk).update(state=State.WITHDRAWN, decided_on=day)
    _tell(found, by, at, verb="application-withdrawn")


def _locked(application: Application, at: datetime.datetime) -> tuple[Application, datetime.date]:
    held = Application.objects.select_for_update(of=("self",), no_key=True)
    found = held.select_related("cooperative__chain", "applicant__cooperative__chain").get(pk=application.pk)
    return found, found.cooperative.day_of(at)


def _decide(
    found: Application,
    state: str,
    decided_on: datetime.date,
    document: str,
    reasons: str,
    member: Member | None = None,
) -> None:
    """The first decision and the one on the appeal stand in columns of their own: neither covers the other."""
    on_appeal = "appeal_" if found.state == State.APPEALED else ""
    values = {"decided_on": decided_on, "document": document.strip(), "reasons": reasons.strip()}
    written = {f"{on_appeal}{field}": value for field, value in values.items() if value}
    Application.objects.filter(pk=found.pk).update(
        state=state, **({"member": member} if member else {}), **written
    )


def _tell(
    found: Application, by: Member, at: datetime.datetime, *, verb: str, **facts: str | int | bool
) -> None:
    subject = Subject("application", str(found.pk), str(found.pk))
    write(found.cooperative.chain, verb=verb, subject=subject, by=by.actor, at=at, facts=facts)
