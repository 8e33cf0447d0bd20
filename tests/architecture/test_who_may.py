"""Every act says who may do it (who_may.py), and its rules ask for exactly that."""

from __future__ import annotations

import ast
import datetime
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from coop.elections import actions as elections
from coop.members import actions as members
from coop.members.actions import offices as of_offices
from coop.members.models import Body, Department, Mandate, Member, Power
from coop.refusals import Refused
from tests import make, make_offices
from tests.architecture import reached
from tests.architecture.who_may import CLOCK, INSIDE, KEEPS, MEMBER, RUNS, WHO_MAY


def declared() -> dict[tuple[str, str], frozenset[str]]:
    return {
        (module, name): who
        for module, rows in WHO_MAY.items()
        for who, names in rows
        for name in names.split()
    }


def faults(table: Mapping[tuple[str, str], frozenset[str]]) -> list[str]:
    """An act without a row, a row without an act, and where the rules ask for something else than the row."""
    there = {(act.module, act.name): reached.asks(act) for act in reached.acts()}
    wrong = [
        f"{'.'.join(one)} is not declared; its rules ask for {sorted(there[one])}"
        for one in there.keys() - table.keys()
    ]
    wrong += [f"{'.'.join(one)} is declared and does not exist" for one in table.keys() - there.keys()]
    wrong += [
        f"{'.'.join(one)} is declared for {sorted(table[one])}; its rules ask for {sorted(asked)}"
        for one, asked in there.items()
        if one in table and table[one] != asked
    ]
    return sorted(wrong)


def test_every_act_is_declared_and_asks_for_that() -> None:
    assert faults(declared()) == []


def test_no_act_stands_in_two_rows() -> None:
    names = [
        f"{module}.{name}" for module, rows in WHO_MAY.items() for _who, text in rows for name in text.split()
    ]
    assert [name for name, times in Counter(names).items() if times > 1] == []


def test_an_undeclared_act_and_a_wrong_row_are_found() -> None:
    table = declared()
    del table["members.lives", "move"]
    table["members.lives", "leave"] = MEMBER
    table["members.lives", "fly"] = KEEPS
    found = faults(table)
    assert [one.split(" is ")[0] for one in found] == [
        "members.lives.fly",
        "members.lives.leave",
        "members.lives.move",
    ]


def test_an_act_that_asks_nobody_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rule is taken out of its code: the row says more than the act asks."""
    bare = ast.parse(
        "def verify(*, petition: Petition, by: Member, at: datetime.datetime) -> None:\n    pass"
    ).body[0]
    monkeypatch.setitem(reached.modules()["coop.elections.actions.recalls"].made, "verify", bare)
    (found,) = faults(declared())
    assert found.startswith(
        "elections.recalls.verify is declared for ['run_elections', 'whose']; its rules ask for ['inside']"
    )


def test_whatever_a_member_does_is_asked_about() -> None:
    """What asks for nothing is done by the clock, or inside of an act that has asked; named here one by one."""
    bare = {
        f"{act.module}.{act.name}"
        for act in reached.acts()
        if act.by == "Member" and reached.asks(act) == INSIDE
    }
    assert bare == BARE


BARE = {
    "ballots.urn_opening.note_wrong_codes",
    "keys.sessions.tell_endings",
    "meetings.counting_people.note_count",
    "meetings.feeds.note_reading",
    "meetings.items.end_what_is_open",
    "meetings.sitting.send_home",
    "meetings.unsaved.drop_typed",
    "members.consents.use_consent",
    "proposals.amendments.write_down",
}


def test_what_the_clock_does_needs_nobody() -> None:
    assert {act.by for act in reached.acts() if declared()[act.module, act.name] == CLOCK} == {"Actor"}


# --- Tried ------------------------------------------------------------------------------------------------------------

DAY = datetime.timedelta(days=1)


def alone_in(plant: make.Plant, power: Power, who: Member) -> Member:
    """Holds this power and nothing else."""
    body = Body.objects.get(cooperative=plant.cooperative, code="ADM")
    make.office(plant, body, f"only {power.value}", who, [(power, None)])
    return who


def acts_of(plant: make.Plant) -> dict[str, tuple[frozenset[str], Callable[..., object], dict[str, Any]]]:
    """Acts of the register and of the commission, with what they are done to. Jo to Lou work there and hold nothing."""
    day = plant.cooperative.day_of(make.now())
    packing = Department.objects.get(cooperative=plant.cooperative, code="PAC")
    asked = make_offices.petition(plant, signed=["sol"])
    seat = of_offices.Seat.objects.get(office=make_offices.office(plant), alternate=False)
    eve = {"member": plant.eve, "since": day, "reason": "So."}
    return {
        "move": (KEEPS, members.move, eve | {"department": packing, "crew": None}),
        "leave": (KEEPS, members.leave, eve),
        "suspend": (KEEPS, members.suspend, eve | {"expected_until": day + 9 * DAY, "document": "Minute 1"}),
        "expel": (KEEPS, members.expel, eve | {"document": "D GA 2020-1"}),
        "give_notice": (KEEPS, members.give_notice, eve | {"expected_until": None}),
        "go_on_leave": (
            KEEPS,
            members.go_on_leave,
            eve | {"status": "medical_leave", "expected_until": None},
        ),
        "correct": (
            KEEPS,
            members.correct,
            {"member": plant.eve, "changes": {"job": "Baker"}, "reason": "So."},
        ),
        "issue_card": (KEEPS, members.issue_card, {"member": plant.eve}),
        "enter_sheet": (RUNS, elections.enter_sheet, {"petition": asked, "numbers": [33]}),
        "hand_in": (RUNS, elections.hand_in, {"petition": asked}),
        "call_election": (
            RUNS,
            elections.call_election,
            {
                "title": "X",
                "contests": [([seat], "plurality")],
                "vote_on": day + 60 * DAY,
                "begins_on": day + 61 * DAY,
            },
        ),
    }


@pytest.mark.django_db
@pytest.mark.parametrize("power", [*Power, None])
def test_the_holder_of_one_power_does_what_is_declared_and_nothing_else(power: Power | None) -> None:
    from django.db import transaction

    plant = make_offices.plant()
    by = plant.lou if power is None else alone_in(plant, power, plant.lou)
    wrong = {}
    for name, (who, act, facts) in acts_of(plant).items():
        codes: list[str] = []
        with transaction.atomic():
            try:
                act(by=by, at=make.now(), **facts)
            except Refused as refused:
                codes = [reason.code for reason in refused.reasons]
            transaction.set_rollback(True)
        may = power is not None and power.value in who
        if may == ("no-mandate" in codes):
            wrong[name] = codes
    assert wrong == {}


def test_a_mandate_is_no_row_of_this_table() -> None:
    """Powers are lent by offices alone: nothing here names a person or a job."""
    words = {word for rows in WHO_MAY.values() for who, _names in rows for word in who}
    assert words - {power.value for power in Power} == {
        "signs", "confirms", "whose", "member", "secret", "clock", "inside",
    }  # fmt: skip
    assert Mandate._meta.get_field("seat").null is False
