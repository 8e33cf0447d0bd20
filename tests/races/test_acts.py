"""Two acts that write the journal, at once. Each pair waited for the other for ever with plain FOR UPDATE."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.db.models import QuerySet

from coop.ballots.actions import locks as ballot_locks
from coop.journal.actions import HEAD
from coop.meetings import actions as meetings
from coop.meetings.actions import locks as meeting_locks
from coop.members import actions as members
from coop.members.models import Department
from coop.proposals import actions as proposals
from coop.proposals.actions import proposals as proposal_acts
from coop.refusals import Refused
from tests import make
from tests.races.race import one_after_the_other

pytestmark = pytest.mark.usefixtures("committed_db")
Act = Callable[[], Any]


def pair(first: Act, second: Act) -> list[Any]:
    """`first` acts and is slow to commit; `second` begins meanwhile. None or the exception of each."""
    results = one_after_the_other(first, second)
    for problem in results:
        if isinstance(problem, Exception) and not isinstance(problem, (OperationalError, Refused)):
            raise problem
    return [one if isinstance(one, Exception) else None for one in results]


def post(plant: make.Plant, who: str) -> Act:
    packing = Department.objects.get(cooperative=plant.cooperative, code="PAC")
    return lambda: members.post(
        member=plant.people[who],
        department=packing,
        crew=None,
        since=plant.cooperative.day_of(make.now()),
        reason="",
        by=plant.cy.actor,
        at=make.now(),
    )


def opening_and_moving(plant: make.Plant) -> tuple[Act, Act]:
    item = make.meeting_in_session(plant).items.get(number=2)
    return lambda: meetings.open_vote(item=item, by=plant.bo, at=make.now()), post(plant, "eve")


def coming_and_moving(plant: make.Plant) -> tuple[Act, Act]:
    meeting = make.meeting_in_session(plant)
    come = {"meeting": meeting, "member": plant.kim, "by": plant.kim}
    return lambda: meetings.check_in(at=make.now(), **come), post(plant, "kim")


def preparing_and_convening(plant: make.Plant) -> tuple[Act, Act]:
    draft = make.draft_meeting(
        plant, starts_at=make.now() + make.days(40), motions=[make.supported_motion(plant)], at=make.now()
    )
    another = make.now() + make.days(50)
    return (
        lambda: make.draft_meeting(plant, starts_at=another, at=make.now()),
        lambda: meetings.convene(meeting=draft, by=plant.ana, at=make.now()),
    )


def writing_and_publishing(plant: make.Plant) -> tuple[Act, Act]:
    draft = make.motion(plant)
    return (
        lambda: make.motion(plant, by=plant.fay, title="Showers"),
        lambda: proposals.publish(proposal=draft, by=plant.eve, at=make.now()),
    )


PAIRS = [opening_and_moving, coming_and_moving, preparing_and_convening, writing_and_publishing]


@pytest.mark.parametrize("acts", PAIRS)
def test_two_acts_at_once_both_come_through(acts: Callable[[make.Plant], tuple[Act, Act]]) -> None:
    assert pair(*acts(make.plant())) == [None, None]


def test_control_with_plain_locks_they_wait_for_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = QuerySet.select_for_update
    monkeypatch.setattr(
        QuerySet, "select_for_update", lambda rows, **how: plain(rows, **(how | {"no_key": False}))
    )
    for held in (HEAD, ballot_locks.HELD, meeting_locks.HELD, proposal_acts.HELD):
        monkeypatch.setattr(held, "_kept", None)  # the words are put together anew, and again afterwards
    results = pair(*opening_and_moving(make.plant()))
    assert [type(result) for result in results if result is not None] == [OperationalError]
    assert any("deadlock" in str(result) for result in results)


def test_a_card_is_used_while_a_new_one_is_made() -> None:
    """Both take the member first: one of them goes first, and the card that is left behind is refused."""
    plant = make.plant()
    card, _token = members.issue_card(member=plant.eve, by=plant.cy, at=make.now())
    renew = {"member": plant.eve, "by": plant.cy}
    results = pair(
        lambda: members.issue_card(at=make.now(), **renew),
        lambda: members.enrol(card=card, secret=make.PIN, by=plant.eve, at=make.now()),
    )
    assert results[0] is None
    assert [reason.code for reason in results[1].reasons] == ["card-over"]
