"""The shop floor for tests: places, a council of the ovens, problems."""

from __future__ import annotations

import datetime
import io
from typing import Any

from PIL import Image

from coop.members import actions as members
from coop.members.models import Body, Department, Mandate, Member, Power
from coop.pages.problems.act_table import ACTS
from coop.production import actions as production
from coop.production.models import Area, Problem
from tests import make
from tests.kept_steps import kept


@kept
def plant(*, bylaws: dict[str, object] | None = None) -> make.Plant:
    """The bakery with a council of the ovens (Ida and Jo) and a production meeting of the plant that Kim chairs.

    Packing has no council of its own. Places: "Oven 1" and "Oven 2" of the ovens, "Belt" of packing.
    """
    made = make.plant(bylaws=bylaws)
    ovens = Department.objects.get(cooperative=made.cooperative, code="OVN")
    council = members.create_body(
        cooperative=made.cooperative,
        code="CO-OVN",
        name="Council of the ovens",
        kind=Body.Kind.DEPARTMENT_COUNCIL,
        composition=Body.Composition.MANDATE,
        department=ovens,
        by=make.FOUNDING,
        at=make.FOUNDED,
    )
    meeting = members.create_body(
        cooperative=made.cooperative,
        code="RP",
        name="Production meeting",
        kind=Body.Kind.PRODUCTION_MEETING,
        composition=Body.Composition.ALL_MEMBERS,
        by=make.FOUNDING,
        at=make.FOUNDED,
    )
    office = members.create_office(
        body=council,
        title="delegate",
        powers=[],
        seats=[(False, None, ovens), (False, None, ovens)],
        by=make.FOUNDING,
        at=make.FOUNDED,
    )
    for seat, name in zip(office.seats.order_by("number"), ("ida", "jo"), strict=True):
        members.begin_mandate(
            seat=seat,
            member=made.people[name],
            since=make.FOUNDED,
            until=None,
            begun=Mandate.Begun.FOUNDING,
            document="Founding act",
            by=make.FOUNDING,
            at=make.FOUNDED,
        )
    make.office(made, meeting, "chair of production", made.kim, [(Power.CHAIR, meeting)])
    for code, name in (("OVN", "Oven 1"), ("OVN", "Oven 2"), ("PAC", "Belt")):
        department = Department.objects.get(cooperative=made.cooperative, code=code)
        production.add_area(department=department, name=name, by=made.cy, at=make.now() - make.days(400))
    return made


def area(name: str = "Oven 1") -> Area:
    return Area.objects.select_related("department__cooperative").get(name=name)


def body(plant: make.Plant, code: str) -> Body:
    return Body.objects.get(cooperative=plant.cooperative, code=code)


@kept
def problem(
    plant: make.Plant,
    *,
    by: Member | None = None,
    place: str = "Oven 1",
    priority: str = "high",
    title: str = "The door does not shut",
    at: datetime.datetime | None = None,
    **more: Any,
) -> Problem:
    """Raised by Eve an hour ago unless told otherwise."""
    return production.raise_problem(
        area=area(place),
        category="quality",
        priority=priority,
        title=title,
        by=by or plant.eve,
        at=at or make.now() - datetime.timedelta(hours=1),
        **more,
    )


def solved(plant: make.Plant, *, by: Member | None = None, **more: Any) -> Problem:
    """Raised by Eve, and Fay says that it is solved."""
    made = problem(plant, **more)
    production.say_solved(problem=made, words="New hinge.", by=by or plant.fay, at=make.now())
    return fresh(made)


def fresh(problem: Problem) -> Problem:
    return Problem.objects.get(pk=problem.pk)


def photo(colour: str = "red") -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(written, "JPEG")
    return written.getvalue()


def for_the_doors(plant: make.Plant) -> dict[str, dict[str, object]]:
    """Gus raised a problem with a photo, and the line stands still. There is no council in this plant."""
    ovens = Department.objects.get(cooperative=plant.cooperative, code="OVN")
    place = production.add_area(department=ovens, name="Γερανός", by=plant.cy, at=make.now())
    given_up = production.add_area(department=ovens, name="Αποθήκη", by=plant.cy, at=make.now())
    made = production.raise_problem(
        area=place,
        category="safety",
        priority="safety",
        title="Γλιστράει το φρένο",
        photos=[photo()],
        stopped=True,
        by=plant.gus,
        at=make.now(),
    )
    here = {"key": made.pk}
    return {
        **{f"problem-{name}": here for name in ("printed", "stop", "made-safe", "lift", *ACTS)},
        "problem": here,
        "problem-photo": {**here, "number": made.photos.get().pk},
        "area-close": {"key": given_up.pk},
    }
