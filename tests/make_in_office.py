"""What is done in an office, for tests: questions to Bo, who is president, and what stands at each door."""

from __future__ import annotations

import datetime

from coop.in_office import actions
from coop.in_office.models import Question, UrgentDecision
from coop.members import actions as members
from coop.members.models import Body, Mandate, Office, OfficePower, Power
from tests import make
from tests.kept_steps import kept


def office(plant: make.Plant, title: str = "president") -> Office:
    found = Office.objects.select_related("body__cooperative__chain")
    return found.get(body__cooperative=plant.cooperative, title=title)


@kept
def question(
    plant: make.Plant,
    *,
    title: str = "president",
    text: str = "When is the second oven lit?",
    personal: bool = False,
    by: str = "eve",
    at: datetime.datetime | None = None,
) -> Question:
    """Eve asks, today unless told otherwise."""
    return actions.ask_office(
        office=office(plant, title), text=text, personal=personal, by=plant.people[by], at=at or make.now()
    )


def may_decide(plant: make.Plant, title: str = "president", *, body: Body | None = None) -> Office:
    """The office may decide what cannot wait; it comes before the assembly unless told otherwise."""
    found = office(plant, title)
    OfficePower.objects.create(office=found, power=Power.DECIDE_URGENT, body=body or plant.assembly)
    return found


@kept
def urgent(
    plant: make.Plant, *, title: str = "Gas bought", at: datetime.datetime | None = None
) -> UrgentDecision:
    """Bo decides as president, today unless told otherwise."""
    return actions.decide_urgently(
        office=may_decide(plant),
        body=plant.assembly,
        title=title,
        text="Σαράντα φιάλες.",
        because="Οι φούρνοι θα έσβηναν.",
        cost="1 200",
        by=plant.bo,
        at=at or make.now(),
    )


def for_the_doors(plant: make.Plant) -> dict[str, dict[str, object]]:
    """Lou asks what Eve, who is a delegate at the table, has to answer."""
    of_eve = Mandate.objects.filter(seat__office__title="delegate at the table", member=plant.eve)
    key = of_eve.order_by("pk").values_list("seat__office", flat=True)[0]
    held = Office.objects.select_related("body__cooperative__chain").get(pk=key)
    asked = actions.ask_office(office=held, text="Πότε;", by=plant.lou, at=make.now())
    names = ("office", "office-printed", "office-rotation", "office-questions", "office-ask")
    through = Mandate.objects.get(
        seat__office=make.office(plant, held.body, "clerk", plant.people["nan"], [])
    )
    soon = make.now() + make.days(1)
    away = members.name_deputy(
        mandate=of_eve[0], through=through, since=soon, until=soon + make.days(3), by=plant.eve, at=make.now()
    )
    decided = urgent(plant, title="Γκάζι")
    return {
        **{
            name: {"key": of_eve[0].pk}
            for name in ("deputy-name", "handover", "handover-begin", "handover-sign", "handover-printed")
        },
        "deputy-end": {"key": away.pk},
        **{name: {"key": decided.pk} for name in ("urgent", "urgent-settle", "urgent-printed")},
        **{name: {"key": held.pk} for name in names},
        **{name: {"key": asked.pk} for name in ("office-question", "office-question-answer")},
    }
