"""Offices and what is done in them, of this co-operative, or 404."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from coop.in_office.models import Attempt, Question, UrgentDecision
from coop.in_office.rules.questions import answered
from coop.members.models import Deputy, Office, Power

from .entering import Here, acting, one


def office(here: Here, key: int) -> Office:
    found = Office.objects.select_related("body__department").filter(body__cooperative=here.cooperative)
    thing: Office = one(found, pk=key)
    thing.body.cooperative = here.cooperative
    return thing


def office_questions(here: Here) -> QuerySet[Question]:
    """Each with the moment of its first answer as `.answered_at`."""
    found = Question.objects.filter(office__body__cooperative=here.cooperative)
    return answered(found.select_related("office__body", "asked_by"))


def office_question(here: Here, key: int) -> Question:
    thing: Question = one(office_questions(here), pk=key)
    thing.office.body.cooperative = here.cooperative
    return thing


def urgent_decisions(here: Here) -> QuerySet[UrgentDecision]:
    found = UrgentDecision.objects.select_related(
        "body", "office__body", "decided_by", "meeting__body", "decision__body", "settled_by", "request"
    )
    return found.filter(body__cooperative=here.cooperative)


def urgent_decision(here: Here, key: int) -> UrgentDecision:
    thing: UrgentDecision = one(urgent_decisions(here), pk=key)
    thing.body.cooperative = thing.office.body.cooperative = here.cooperative
    return thing


def deputies(here: Here) -> QuerySet[Deputy]:
    found = Deputy.objects.select_related("mandate__member", "mandate__seat__office__body", "through__member")
    return found.filter(mandate__member__cooperative=here.cooperative)


def deputy(here: Here, key: int) -> Deputy:
    """For the two whom it concerns; for everybody else there is nothing to end."""
    mine = Q(mandate__member=here.member) | Q(through__member=here.member)
    thing: Deputy = one(deputies(here).filter(mine), pk=key)
    return thing


def attempts(here: Here) -> QuerySet[Attempt]:
    """Case files: all of them for who audits and for the electoral commission, those about themselves for others."""
    found = Attempt.objects.filter(cooperative=here.cooperative).select_related("member", "tried_by")
    if here.may(Power.AUDIT) or here.may(Power.RUN_ELECTIONS):
        return found
    return found.filter(member=acting(here))
