"""Whoever holds an office is not got rid of by an entry of the register; what they ask for themselves goes on."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from coop.decisions.cited import by_the_assembly
from coop.journal.models import Entry
from coop.members import actions as members
from coop.members.actions.many import strike_many
from coop.members.models import Consent, Department, Mandate, Member, Posting, Standing
from coop.members.powers import powers_of
from coop.members.rules.protection import offices_protected
from coop.refusals import Refused
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


def today(plant: make.Plant) -> datetime.date:
    return plant.cooperative.day_of(make.now())


def moved(plant: make.Plant, who: Member, **more: Any) -> Posting:
    packing = Department.objects.get(cooperative=plant.cooperative, code="PAC")
    facts: dict[str, Any] = {"department": packing, "crew": None, "since": today(plant), "reason": ""}
    return members.move(member=who, by=plant.cy, at=make.now(), **(facts | more))


def suspended(plant: make.Plant, who: Member, document: str = "Minute 12 of the council") -> Standing:
    return members.suspend(
        member=who,
        since=today(plant),
        expected_until=today(plant) + make.days(20),
        reason="Came late.",
        document=document,
        by=plant.cy,
        at=make.now(),
    )


def expelled(plant: make.Plant, who: Member, document: str = "D GA 2020-99") -> Standing:
    return members.expel(
        member=who, since=today(plant), reason="So.", document=document, by=plant.cy, at=make.now()
    )


def gone(plant: make.Plant, who: Member, **more: Any) -> Standing:
    return members.leave(member=who, since=today(plant), by=plant.cy, at=make.now(), **more)


ATTEMPTS = {"suspend": suspended, "expel": expelled, "move": moved, "leave": gone}
CODES = {"suspend": "protected-in-office", "expel": "protected-in-office"}


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_the_register_keeper_does_not_get_rid_of_who_holds_an_office(plant: make.Plant, attempt: str) -> None:
    """Dee audits the keeper, who cannot answer with an entry. Eve, who holds nothing, is moved."""
    before = Entry.objects.count()
    with pytest.raises(Refused, match=CODES.get(attempt, "protected-own-wish")):
        ATTEMPTS[attempt](plant, plant.dee)
    assert Entry.objects.count() == before
    assert powers_of(plant.dee, make.now()).held
    ATTEMPTS[attempt](plant, plant.eve)


def test_who_was_elected_and_has_not_begun_is_protected_too(plant: make.Plant) -> None:
    office = make.office(plant, Mandate.objects.all()[0].seat.office.body, "treasurer", plant.fay, [])
    seat = office.seats.get()
    held = Mandate.objects.get(seat=seat)
    members.end_mandate(mandate=held, ended="resigned", document="x", by=make.FOUNDING, at=make.now())
    assert offices_protected(plant.fay, make.now()) == []
    to_come = members.begin_mandate(
        seat=seat, member=plant.eve, since=make.now() + make.days(9), until=None, begun="elected",
        document="EL 1", by=make.FOUNDING, at=make.now(),
    )  # fmt: skip
    assert offices_protected(plant.eve, make.now()) == [to_come]
    with pytest.raises(Refused, match="protected-own-wish"):
        gone(plant, plant.eve)


@pytest.mark.parametrize(("to", "attempt"), [("move", "move"), ("leave", "leave")])
def test_what_they_ask_for_is_written_once(plant: make.Plant, to: str, attempt: str) -> None:
    given = members.give_consent(to=to, by=plant.dee, at=make.now())
    with pytest.raises(Refused, match="consented-already"):
        members.give_consent(to=to, by=plant.dee, at=make.now())
    other = {"move": "leave", "leave": "move"}[to]
    with pytest.raises(Refused, match="protected-own-wish"):
        ATTEMPTS[other](plant, plant.dee)
    ATTEMPTS[attempt](plant, plant.dee)
    given.refresh_from_db()
    assert given.used_at is not None
    line = Entry.objects.filter(verb="consent-given").get()
    assert (line.facts, line.actor_name) == ({}, "Dee")
    if to == "move":
        with pytest.raises(Refused, match="protected-own-wish"):
            moved(
                plant,
                plant.dee,
                department=Department.objects.get(code="OVN"),
                since=today(plant) + make.days(1),
            )


def test_a_yes_is_no_yes_for_ever(plant: make.Plant) -> None:
    members.give_consent(to="move", by=plant.dee, at=make.now() - make.days(31))
    with pytest.raises(Refused, match="protected-own-wish"):
        moved(plant, plant.dee)


def test_who_holds_nothing_says_yes_to_nothing(plant: make.Plant) -> None:
    for who, to, why in ((plant.eve, "move", "needs-no-consent"), (plant.dee, "fly", "consent-to-nothing")):
        with pytest.raises(Refused, match=why):
            members.give_consent(to=to, by=who, at=make.now())
    assert not Consent.objects.exists()


def test_nobody_else_is_taken_for_the_person(plant: make.Plant) -> None:
    """The keeper's own yes opens nothing about others; about themselves none is needed."""
    members.give_consent(to="move", by=plant.cy, at=make.now())
    with pytest.raises(Refused, match="protected-own-wish"):
        moved(plant, plant.dee)
    moved(plant, plant.cy)


def test_a_decision_of_the_assembly_goes_before(plant: make.Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Decisions stand below this stage; who keeps them is asked. tests/decisions tries what they answer."""
    asked = []

    def answer(cooperative: object, words: str, at: datetime.datetime) -> bool:
        asked.append(words)
        return words == "D GA 2026-3"

    monkeypatch.setattr("coop.decisions.cited.by_the_assembly", answer)
    with pytest.raises(Refused, match="protected-in-office"):
        suspended(plant, plant.dee, "D GA 2026-4")
    assert suspended(plant, plant.dee, "D GA 2026-3").status == "suspended"
    assert asked == ["D GA 2026-4", "D GA 2026-3"]


def test_a_death_is_told_by_a_paper(plant: make.Plant) -> None:
    with pytest.raises(Refused, match="death-by-a-document"):
        gone(plant, plant.dee, died=True)
    assert gone(plant, plant.dee, died=True, document="Certificate 88").status == "died"
    assert not powers_of(plant.dee, make.now()).held


def test_an_entry_about_them_is_struck_with_their_yes_alone(plant: make.Plant) -> None:
    """Striking "active again" would make a suspended member of who holds an office."""
    entry = members.go_on_leave(
        member=plant.dee, status="medical_leave", since=today(plant), expected_until=None, reason="",
        by=plant.cy, at=make.now(),
    )  # fmt: skip
    with pytest.raises(Refused, match="protected-own-wish"):
        members.strike(entry=entry, because="Wrong.", by=plant.cy, at=make.now())
    members.give_consent(to="mend", by=plant.dee, at=make.now())
    assert members.strike(entry=entry, because="Wrong.", by=plant.cy, at=make.now()).status == "active"
    with pytest.raises(Refused, match="protected-in-office"):
        strike_many(members=[plant.eve, plant.dee], because="x", by=make.FOUNDING, at=make.now())


@pytest.mark.parametrize("words", ["", "D GA 2020-1", "Minute 12", "D ADM 2020-1", "D GA 99999999999-1"])
def test_what_is_no_decision_on_record(plant: make.Plant, words: str) -> None:
    assert not by_the_assembly(plant.cooperative, words, make.now())
