"""Law 6 for amendments: what PostgreSQL itself refuses about the words that others want in a text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from coop.decisions.models import Backing
from coop.proposals import actions as proposals
from coop.proposals.amending import Words
from coop.proposals.models import Amendment, DeclaredContrary, OrderMove, PartOf
from tests import make
from tests.architecture.test_frozen import ELSEWHERE, HATS, NO_RIGHT, TRIGGER, House, each, idle_triggers
from tests.architecture.test_frozen_meetings import again
from tests.conftest import administrators_connection, database_clone

HOURS = "Hours of others may not be more than six per cent of all hours."
VOICE = "Hired people take part in the council with a voice."


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    with ExitStack() as stack:
        stack.enter_context(database_clone(django_db_blocker))
        rows = _rows()
        yield House(stack.enter_context(administrators_connection()), rows)


def _rows() -> dict[str, int]:
    """One amendment in every state that a statement below starts from, in a text on an agenda and one that is gone."""
    plant, now = make.plant(), make.now()
    made: dict[str, Any] = {"gus": plant.gus, "body": plant.assembly}
    made["text"] = text = make.supported_motion(plant, title="Hired work", clauses=[HOURS, VOICE])
    made["other_text"] = make.supported_motion(plant, title="Another")
    made["gone"] = make.published_motion(plant, title="Given up")
    proposals.withdraw(proposal=made["gone"], by=made["gone"].author, at=now)

    def amendment(figure: str, *, amends: Amendment | None = None, admitted: bool = True) -> Amendment:
        words = Words(1, HOURS.replace("six", figure))
        one = proposals.submit(proposal=text, changes=[words], amends=amends, by=plant.eve, at=now)
        if admitted:
            proposals.admit(amendment=one, by=plant.eve.actor, at=now)
        return one

    made["open"] = amendment("two", admitted=False)
    made["waiting"], made["contrary"] = amendment("three"), amendment("four")
    made["sub"] = amendment("five", amends=made["waiting"], admitted=False)
    made["carried"], made["fallen"] = amendment("seven"), amendment("eight")
    made["change"] = made["open"].changes.get()
    made["support"] = made["open"].supports.get()
    proposals.declare_contrary(one=made["waiting"], two=made["contrary"], because="x", by=plant.eve, at=now)
    proposals.move(amendment=made["contrary"], before=made["waiting"], because="x", by=plant.ana, at=now)
    common = proposals.propose_common(
        parts=[made["waiting"], made["contrary"]],
        changes=[Words(1, HOURS.replace("six", "nine"))],
        by=plant.eve,
        at=now,
    )
    del common  # Eve moved both: it has replaced them, and stands for them
    Amendment.objects.filter(pk=made["carried"].pk).update(state="carried", ended_at=now)
    Amendment.objects.filter(pk=made["fallen"].pk).update(
        state="fallen", ended_at=now, fell_because="contrary", through=made["carried"]
    )
    made["part"], made["pair"], made["shift"] = (
        PartOf.objects.first(),
        DeclaredContrary.objects.get(),
        OrderMove.objects.get(),
    )
    decision = make.open_vote(plant, motions=[make.supported_motion(plant, title="The council's")])
    made["backing"] = Backing.objects.create(
        amendment=made["open"], decision=decision, named_by=plant.ana, named_at=now
    )
    return {name: row.pk for name, row in made.items()}


def copied(table: str, row: str, **changed: str) -> str:
    return again(table, f"{{{row}}}", **changed)


WISHES = {
    "proposals_amendmentchange": "text = 'Other words.'",
    "proposals_amendmentsupport": "member_id = {gus}",
    "proposals_declaredcontrary": "because = 'y'",
    "proposals_ordermove": "because = 'y'",
    "decisions_backing": "named_at = now()",
    "proposals_partof": "whole_id = {open}",
}
WITHOUT_RIGHT = [
    *(f"UPDATE {table} SET {change}" for table, change in WISHES.items()),
    *(f"DELETE FROM {table}" for table in (*WISHES, "proposals_amendment")),
]
BY_TRIGGER = [
    # states go forward, and each step fills in only what belongs to it
    *each(
        "proposals_amendment",
        "open",
        "state = 'carried', ended_at = now()",
        "state = 'not_carried', ended_at = now()",
        "author_id = {gus}",
        "reasons = 'x'",
        "number = 90",
        "is_late = true",
        "support_needed = 0",
        "change_count = 2",
        "submitted_at = now()",
        "proposal_id = {other_text}",
        "state = 'admitted', admitted_at = now(), kind = 'block'",
    ),
    *each(
        "proposals_amendment",
        "carried",
        "state = 'not_carried'",
        "state = 'admitted', ended_at = NULL",
        "ended_at = now()",
        "amends_id = {waiting}",
    ),
    *each("proposals_amendment", "fallen", "state = 'carried', fell_because = ''"),
    *each("proposals_amendment", "sub", "amends_id = NULL, number = 90", "amends_id = {open}"),
    copied("proposals_amendment", "carried", number="90"),
    # an amendment amends one of the same text, one level deep, and a text that is before somebody
    copied("proposals_amendment", "open", number="90", amends_id="{sub}"),
    copied("proposals_amendment", "open", number="90", amends_id="{waiting}", proposal_id="{other_text}"),
    copied("proposals_amendment", "open", number="90", proposal_id="{gone}"),
    # written in one go, and signed while it seeks signatures
    copied("proposals_amendmentchange", "change", number="2"),
    copied("proposals_amendmentchange", "change", number="0"),
    copied("proposals_amendmentsupport", "support", member_id="{gus}", amendment_id="{carried}"),
    # agreed once
    *each("proposals_partof", "part", "agreed_at = now()", "agreed_by_id = {gus}"),
]
FORWARD = [
    *each("proposals_amendment", "open", "state = 'admitted', admitted_at = now()"),
    *each("proposals_amendment", "open", "state = 'withdrawn', ended_at = now(), said = 'x'"),
    *each("proposals_amendment", "carried", "state = 'replaced', ended_at = now(), through_id = {open}"),
    *each(
        "proposals_amendment",
        "fallen",
        "state = 'admitted', ended_at = NULL, fell_because = '', through_id = NULL, wanted_at = now()",
    ),
    copied("proposals_amendment", "open", number="90"),
    copied("proposals_amendment", "open", number="90", amends_id="{waiting}"),
    copied("proposals_amendmentsupport", "support", member_id="{gus}"),
]


@pytest.mark.parametrize("hat", HATS)
@pytest.mark.parametrize("statement", WITHOUT_RIGHT)
def test_what_no_row_allows_is_no_right_of_the_application(house: House, hat: str, statement: str) -> None:
    assert house.tried(hat, statement)[0] == (NO_RIGHT if hat == "application" else TRIGGER)


@pytest.mark.parametrize("hat", HATS)
@pytest.mark.parametrize("statement", BY_TRIGGER)
def test_what_a_row_does_not_allow_a_trigger_refuses(house: House, hat: str, statement: str) -> None:
    assert house.tried(hat, statement)[0] == TRIGGER


@pytest.mark.parametrize("statement", FORWARD)
def test_what_goes_forward_passes(house: House, statement: str) -> None:
    assert house.tried("application", statement) == (None, 1)


def test_no_trigger_stands_idle(house: House) -> None:
    tables = ELSEWHERE["test_frozen_amendments"]
    assert idle_triggers(house, WITHOUT_RIGHT + BY_TRIGGER, tables=tables) == []
    assert tables == {*WISHES, "proposals_amendment"}
