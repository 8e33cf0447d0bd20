"""Standing in: the powers are the deputy's for that time, to the moment, and nobody else's; they go no further."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from coop.asked_often import Often, given
from coop.journal.models import Entry
from coop.members import actions
from coop.members.models import Body, Deputy, Mandate, Member, Power
from coop.members.powers import Powers, along_with_the_member, powers_of
from coop.refusals import Refused
from tests import make, make_in_office, make_offices

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def of(who: Member) -> Mandate:
    return Mandate.objects.select_related("seat__office__body", "member__cooperative").get(
        member=who, ended=""
    )


def named(
    plant: make.Plant, *, by: str = "bo", through: str = "cy", since: float = 1, lasts: float = 5
) -> Deputy:
    """Bo, who presides, names Cy, from tomorrow for five days unless told otherwise."""
    begins = make.now() + make.days(since)
    return actions.name_deputy(
        mandate=of(plant.people[by]), through=of(plant.people[through]), since=begins,
        until=begins + make.days(lasts), by=plant.people[by], at=make.now(),
    )  # fmt: skip


def refused(*args: Any, **more: Any) -> list[str]:
    with pytest.raises(Refused) as refusal, transaction.atomic():
        named(*args, **more)
    return [reason.code for reason in refusal.value.reasons]


FOUND_WITH_THEM = Often(lambda: Member.objects.filter(pk=given("member")).annotate(**along_with_the_member()))


def powers_at(who: Member, at: datetime.datetime) -> Powers:
    """As a rule asks for them; and every page finds the same along with its reader."""
    found = powers_of(who, at)
    assert Powers.along_with(FOUND_WITH_THEM.first(member=who.pk, at=at)) == found, who
    return found


def chairs(plant: make.Plant, at: datetime.datetime) -> list[str]:
    return [name for name, who in plant.people.items() if powers_at(who, at).has(Power.CHAIR, plant.assembly)]


def test_the_powers_are_the_deputys_for_that_time_and_nobody_elses(plant: make.Plant) -> None:
    one = named(plant)
    moment = datetime.timedelta(microseconds=1)
    assert chairs(plant, one.since - moment) == ["bo"]
    assert chairs(plant, one.since) == ["cy"]
    assert chairs(plant, one.until - moment) == ["cy"]
    assert chairs(plant, one.until) == ["bo"]
    assert powers_of(plant.cy, one.since).has(Power.KEEP_REGISTER)  # their own as well
    line = Entry.objects.latest("sequence")
    assert (line.verb, line.subject_label) == ("deputy-named", "president, Administrative council: Cy")
    assert set(line.facts) == {"since", "until"}


def test_either_of_the_two_ends_it_at_any_moment(plant: make.Plant) -> None:
    one = named(plant, since=0.0001)
    later = one.since + datetime.timedelta(hours=1)
    with pytest.raises(Refused):
        actions.end_deputy(deputy=one, by=plant.ana, at=later)
    actions.end_deputy(deputy=one, by=plant.cy, at=later)
    assert chairs(plant, later - datetime.timedelta(seconds=1)) == ["cy"]
    assert chairs(plant, later) == ["bo"]
    with pytest.raises(Refused, match="deputy-over-already"):
        actions.end_deputy(deputy=one, by=plant.bo, at=later)
    ahead = named(plant)
    actions.end_deputy(deputy=ahead, by=plant.bo, at=make.now())  # before it begins: it never does
    assert chairs(plant, ahead.since + make.days(1)) == ["bo"]
    named(plant)


@pytest.mark.parametrize("whose", ["bo", "cy"])
def test_with_either_mandate_it_is_gone(plant: make.Plant, whose: str) -> None:
    one = named(plant)
    ends = one.since + make.days(1)
    actions.end_mandate(
        mandate=of(plant.people[whose]),
        ended="recalled",
        document="GA",
        until=ends,
        by=make.FOUNDING,
        at=make.now(),
    )
    assert chairs(plant, ends) == (["bo"] if whose == "cy" else [])


def test_it_is_passed_no_further(plant: make.Plant) -> None:
    one = named(plant, since=0.0001)
    with pytest.raises(Refused, match="not-your-mandate"):
        actions.name_deputy(
            mandate=one.mandate, through=of(plant.ana), since=one.since + make.days(1),
            until=one.since + make.days(2), by=plant.cy, at=one.since,
        )  # fmt: skip
    # Ana names Bo, who is away: Bo has what Ana has, and Cy does not get it.
    lent = named(plant, by="ana", through="bo")
    assert [name for name, who in plant.people.items() if powers_at(who, lent.since).has(Power.CONVENE)] == [
        "bo"
    ]


def test_who_is_near_enough(plant: make.Plant) -> None:
    commission = actions.create_body(
        cooperative=plant.cooperative, code="COM", name="Commission", kind=Body.Kind.COMMISSION,
        composition=Body.Composition.MANDATE, by=make.FOUNDING, at=make.FOUNDED,
    )  # fmt: skip
    make.office(plant, commission, "delegate", plant.eve, [])
    assert refused(plant, through="eve") == ["not-near-enough-to-stand-in"]
    assert refused(plant, by="dee", through="cy") == [
        "not-near-enough-to-stand-in"
    ]  # who audits: the alternate alone


def test_an_alternate_stands_in() -> None:
    plant = make_offices.plant()
    pia, quin = plant.people["pia"], plant.people["quin"]
    one = named(plant, by="pia", through="quin")
    assert powers_at(quin, one.since).has(Power.CONVENE)
    assert not powers_at(quin, one.until).held
    assert not powers_at(pia, one.since).held
    assert refused(plant, by="quin", through="pia") == [
        "mandate-not-held-now"
    ]  # an alternate holds nothing yet
    until = of(pia).until
    assert until is not None
    left = (until - make.now()) / make.days(1)
    actions.end_deputy(deputy=one, by=pia, at=make.now())
    assert refused(plant, by="pia", through="quin", since=left - 3, lasts=4) == ["deputy-beyond-the-term"] * 2


@pytest.mark.parametrize(
    ("since", "lasts", "code"),
    [
        (-1, 5, "deputy-in-the-past"),
        (1, 91, "deputy-too-long"),
        (91, 1, "deputy-too-long"),
        (1, 0, "ends-before-it-begins"),
    ],
)
def test_for_which_days(plant: make.Plant, since: float, lasts: float, code: str) -> None:
    assert refused(plant, since=since, lasts=lasts) == [code]


def test_one_at_a_time_whatever_the_program(plant: make.Plant) -> None:
    one = named(plant)
    assert refused(plant, since=3) == ["deputy-named-already"]
    named(plant, since=7)
    with pytest.raises(IntegrityError, match="one_deputy_at_a_time"), transaction.atomic():
        Deputy.objects.create(
            mandate=one.mandate, through=of(plant.ana), since=one.since, until=one.until, named_at=make.now()
        )


def test_named_and_ended_on_the_pages(plant: make.Plant) -> None:
    bo, cy, eve = (make.sign_in(Client(), plant.people[name]) for name in ("bo", "cy", "eve"))
    mine = of(plant.bo)
    address = f"/bakery/mandates/{mine.pk}/deputy/"
    assert cy.get(address).status_code == 404
    day = plant.cooperative.day_of(make.now())
    typed = {
        "through": of(plant.cy).pk,
        "first": day.isoformat(),
        "last": (day + datetime.timedelta(3)).isoformat(),
    }
    far = bo.post(address, typed | {"last": "9999-12-31"})
    assert far.status_code == 422
    assert "9999-12-31" in far.content.decode()
    assert bo.post(address, typed).status_code == 302
    assert "Cy stands in for you" in bo.get("/bakery/").content.decode()
    assert "You stand in for Bo" in cy.get("/bakery/").content.decode()
    assert "Cy stands in for Bo" in eve.get(f"/bakery/offices/{mine.seat.office_id}/").content.decode()
    again = bo.post(address, typed)
    assert again.status_code == 409
    one = Deputy.objects.get()
    assert eve.post(f"/bakery/deputies/{one.pk}/end/").status_code == 404
    assert "End it now" in bo.get("/bakery/offices/mine/").content.decode()
    assert bo.post(f"/bakery/deputies/{one.pk}/end/").status_code == 302
    assert "stands in for you" not in bo.get("/bakery/").content.decode()
    assert bo.post(f"/bakery/deputies/{one.pk}/end/").status_code == 409


def test_a_deputy_answers_and_decides_in_the_office(plant: make.Plant) -> None:
    from coop.in_office import actions as in_office

    president = make_in_office.may_decide(plant)
    question = make_in_office.question(plant)
    one = named(plant, since=0.0001)
    in_office.answer_question(question=question, text="Monday.", by=plant.cy, at=one.since)
    words = {"title": "Gas", "text": "Gas.", "because": "Fire.", "cost": "None."}
    about = {"office": president, "body": plant.assembly, "at": one.since, **words}
    in_office.decide_urgently(by=plant.cy, **about)
    with pytest.raises(Refused, match="no-mandate"):
        in_office.decide_urgently(by=plant.bo, **about)
