"""Law 6 for a vote over several sittings: who led it for the day, who was in which sitting, which have voted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from coop.ballots.models import Ballot, RollEntry
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem, Sitting
from coop.members.models import Power
from tests import make, make_votes
from tests.architecture.test_frozen import HATS, TRIGGER, House
from tests.conftest import administrators_connection, database_clone
from tests.meetings.test_sittings import HOUR, come, convened, opened


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    with ExitStack() as stack:
        stack.enter_context(database_clone(django_db_blocker))
        rows = _rows()
        yield House(stack.enter_context(administrators_connection()), rows)


def _rows() -> dict[str, int]:
    """A vote that the night has given and the morning gives; one that is counted; one outside of any meeting."""
    plant = make.plant(bylaws={"quorum_second_rule": "number", "quorum_second_number": 2})
    stranger = make.plant("quarry", names=[f"Other {one}" for one in range(12)])
    made: dict[str, Any] = {"eve": plant.eve, "stranger": stranger.people["eve"]}
    made["counted"] = _counted(plant)
    made["outside"] = make_votes.drawn_up(plant)

    night = make.now() - 9 * HOUR
    meeting = convened(plant, night)
    come(plant, meeting, "ana bo cy dee eve fay gus", night)
    first, second = Sitting.objects.filter(meeting=meeting).select_related("meeting").order_by("number")
    opened(plant, first, night)
    item = meeting.items.get(number=1)
    ballot = meetings.open_vote(item=item, by=plant.bo, at=night).ballot
    make.cast(ballot, plant.ana)
    meetings.close_sitting(sitting=first, by=plant.bo, at=make.now())
    come(plant, meeting, "hal ida", make.now())
    meetings.name_for_the_day(
        sitting=second, power=Power.CHAIR, member=plant.hal, by=plant.ana, at=make.now()
    )
    roll = RollEntry.objects.filter(ballot=ballot)
    made |= {"ballot": ballot, "night": roll.get(member=plant.bo), "morning": roll.get(member=plant.hal)}
    return {name: row.pk for name, row in made.items()}


def _counted(plant: make.Plant) -> Ballot:
    decision = make.open_vote(plant, motions=[make.supported_motion(plant, title="Showers")])
    item = AgendaItem.objects.select_related("meeting").get(decision=decision)
    make.cast(decision.ballot, plant.ana)
    meetings.close_vote(item=item, by=plant.bo, at=make.now())
    return decision.ballot


def led(ballot: str, *who: str) -> str:
    people = ", ".join(f"{{{one}}}" for one in who)
    return f"UPDATE ballots_ballot SET leaders = ARRAY[{people}]::bigint[] WHERE id = {{{ballot}}}"


def over(ballot: str, *parts: int) -> str:
    return f"UPDATE ballots_ballot SET parts_over = ARRAY{list(parts)}::smallint[] WHERE id = {{{ballot}}}"


def line(entry: str, change: str) -> str:
    return f"UPDATE ballots_rollentry SET {change} WHERE id = {{{entry}}}"


BY_TRIGGER = [
    led("counted", "eve"),
    led("outside", "eve"),
    led("ballot", "eve", "stranger"),
    over("ballot"),
    over("ballot", 2),
    over("counted", 1),
    line("night", "part = 2"),
    line("night", "part = NULL"),
    line("night", "present = false"),
    line("night", "channel = 'phone'"),
]


@pytest.mark.parametrize("hat", HATS)
@pytest.mark.parametrize("statement", BY_TRIGGER)
def test_what_a_row_does_not_allow_a_trigger_refuses(house: House, hat: str, statement: str) -> None:
    assert house.tried(hat, statement)[0] == TRIGGER


@pytest.mark.parametrize(
    "statement",
    [
        led("ballot", "eve"),
        led("ballot"),
        over("ballot", 1, 2),
        line("morning", "part = 3"),
        line("morning", "present = false, part = NULL"),
        line("morning", "channel = 'phone'"),
    ],
)
def test_what_is_right_goes_through(house: House, statement: str) -> None:
    """The statements above are refused for what is wrong with them, not because nothing would pass."""
    assert house.tried("application", statement) == (None, 1)


def test_a_ballot_begins_with_nobody_leading_it(house: House) -> None:
    """Copied from one that is under way, with who leads it: refused; without: a constraint further on may speak."""
    columns = [
        name
        for (name,) in house.connection.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'ballots_ballot'"
        )
        if name not in ("id", "state", "leaders", "parts_over")
    ]
    copied = ", ".join(f'"{name}"' for name in columns)
    for leaders, parts, refused in (
        ("ARRAY[{eve}]::bigint[]", "'{{}}'", True),
        ("'{{}}'", "ARRAY[1]::smallint[]", True),
        ("'{{}}'", "'{{}}'", False),
    ):
        statement = (
            f"INSERT INTO ballots_ballot (state, leaders, parts_over, {copied})"
            f" SELECT 'draft', {leaders}, {parts}, {copied} FROM ballots_ballot WHERE id = {{ballot}}"
        )
        assert (house.tried("owner", statement)[0] == TRIGGER) is refused
