"""Why somebody cannot apply, be admitted or refused, or appeal. Lists of reasons, no writes."""

from __future__ import annotations

import datetime

from coop.charter.models import Bylaws, Cooperative
from coop.refusals import Reason

from ..folding import fold
from ..models import Application, Crew, Department, Member, Standing
from .entering import obstacles_in_birth, obstacles_in_joining, obstacles_in_name, obstacles_in_place
from .lives import standing_on
from .people import (
    obstacles_to_admitting,
    obstacles_to_dated_change,
    obstacles_to_keeping_the_register,
)

State = Application.State
UNDECIDED = (State.OPEN, State.APPEALED)


def obstacles_to_handling(
    application: Application, *, by: Member, at: datetime.datetime, own: bool = False
) -> list[Reason]:
    """Who keeps the register; with `own` also the applicant. Nobody decides on their own application."""
    if own and application.applicant_id == by.pk:
        return []
    reasons = obstacles_to_keeping_the_register(by=by, at=at)
    if by.cooperative_id != application.cooperative_id:
        reasons.append(Reason("not-of-this-cooperative", {"name": by.name}))
    if not own and application.applicant_id == by.pk:
        reasons.append(Reason("own-application"))
    return reasons


def obstacles_to_applying(
    cooperative: Cooperative,
    *,
    applicant: Member | None,
    name: str,
    born: datetime.date | None,
    applied_on: datetime.date,
    day: datetime.date,
) -> list[Reason]:
    """`applicant` is in the register already, on trial or hired; anybody else comes with name and birth date."""
    reasons = obstacles_in_name(name)
    if applied_on > day:
        reasons.append(Reason("applied-in-the-future"))
    elif cooperative.founded is not None and applied_on < cooperative.founded:
        reasons.append(Reason("before-the-founding", {"day": cooperative.founded.isoformat()}))
    if applicant is not None:
        standing = standing_on(applicant, day)
        if (
            standing is not None
            and standing.kind == Standing.Kind.MEMBER
            and standing.status not in Standing.GONE
        ):
            reasons.append(Reason("member-already", {"name": applicant.name}))
    else:
        reasons += obstacles_in_birth(born, joined=max(applied_on, day), day=day)
    if _waiting(cooperative, applicant, name, born):
        reasons.append(Reason("application-waits-already"))
    return reasons


def _waiting(
    cooperative: Cooperative, applicant: Member | None, name: str, born: datetime.date | None
) -> bool:
    open_ones = Application.objects.filter(cooperative=cooperative, state__in=UNDECIDED)
    if applicant is not None:
        return open_ones.filter(applicant=applicant).exists()
    return born is not None and open_ones.filter(plain_name=fold(name), born=born).exists()


def obstacles_to_deciding(
    application: Application, *, decided_on: datetime.date, document: str, day: datetime.date
) -> list[Reason]:
    """Once by the council and, after an appeal, once more by another body's document."""
    if application.state not in UNDECIDED:
        return [Reason("application-decided", {"state": application.state})]
    reasons = []
    first = application.applied_on if application.state == State.OPEN else application.appealed_on
    if decided_on > day:
        reasons.append(Reason("decided-in-the-future"))
    elif first is not None and decided_on < first:
        reasons.append(Reason("decided-before-it-was-asked", {"day": first.isoformat()}))
    if not document.strip():
        reasons.append(Reason("no-document"))
    elif application.state == State.APPEALED and document.strip() == application.document:
        reasons.append(Reason("appeal-decided-by-another"))
    return reasons


def obstacles_to_admitting_applicant(
    application: Application,
    *,
    decided_on: datetime.date,
    number: int | None,
    department: Department | None,
    crew: Crew | None,
    document: str,
    day: datetime.date,
) -> list[Reason]:
    """A member from the day of the decision: a new number, or for one of the house a new standing."""
    reasons = obstacles_to_deciding(application, decided_on=decided_on, document=document, day=day)
    cooperative, applicant = application.cooperative, application.applicant
    if applicant is not None:
        reasons += obstacles_to_dated_change(applicant.standings.filter(struck_at=None), decided_on)
        standing = standing_on(applicant, decided_on)
        if standing is not None and standing.status == Standing.Status.DIED:
            reasons.append(Reason("standing-does-not-allow", {"status": standing.status}))
        return reasons
    if number is None:
        reasons.append(Reason("no-number"))
    else:
        reasons += obstacles_to_admitting(cooperative, number)
    reasons += obstacles_in_place(cooperative, department, crew)
    reasons += obstacles_in_birth(application.born, joined=decided_on, day=day)
    return reasons + obstacles_in_joining(cooperative, decided_on, day=day)


def obstacles_to_refusing(
    application: Application,
    *,
    decided_on: datetime.date,
    document: str,
    reasons: str,
    day: datetime.date,
) -> list[Reason]:
    found = obstacles_to_deciding(application, decided_on=decided_on, document=document, day=day)
    if not reasons.strip():
        found.append(Reason("refused-without-reasons"))
    return found


def last_day_of_appeal(application: Application, bylaws: Bylaws) -> datetime.date | None:
    """The last day on which a refusal can be appealed; None while nothing is decided."""
    if application.decided_on is None:
        return None
    return application.decided_on + datetime.timedelta(days=bylaws.sanction_appeal_days)


def obstacles_to_appealing_refusal(
    application: Application, *, appealed_on: datetime.date, appeal: str, day: datetime.date, bylaws: Bylaws
) -> list[Reason]:
    if application.state != State.REFUSED:
        return [Reason("no-refusal-to-appeal")]
    reasons = [] if appeal.strip() else [Reason("appeal-without-words")]
    last = last_day_of_appeal(application, bylaws)
    if appealed_on > day:
        reasons.append(Reason("applied-in-the-future"))
    elif application.decided_on is not None and appealed_on < application.decided_on:
        reasons.append(Reason("decided-before-it-was-asked", {"day": application.decided_on.isoformat()}))
    elif last is not None and appealed_on > last:
        reasons.append(Reason("appeal-too-late", {"day": last.isoformat()}))
    return reasons


def obstacles_to_withdrawing_application(application: Application) -> list[Reason]:
    if application.state != State.OPEN:
        return [Reason("application-decided", {"state": application.state})]
    return []
