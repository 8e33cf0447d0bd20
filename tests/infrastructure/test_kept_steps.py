"""What tests begin with is done once: each finds what it would have made itself, and nothing of the one before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.members.models import Member
from coop.proposals.models import Proposal
from coop.refusals import Refused
from tests import kept_steps, make

Begun = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def begun(django_db_setup: None, django_db_blocker: Any) -> Iterator[Begun]:
    """`with begun():` is one test of a module of its own."""
    module = kept_steps.Transaction()

    @contextmanager
    def test() -> Iterator[None]:
        module.begin()
        try:
            yield
        finally:
            module.end()

    with django_db_blocker.unblock():
        yield test
        module.end_all()
        assert not Member.objects.exists()


def asked(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as questions:
        act()
    return len(questions)


def test_the_second_test_asks_nothing_and_finds_everything(begun: Begun) -> None:
    with begun():
        plant = make.plant()
        first = make.open_vote(plant)
        signed_in = make.sign_in(Client(), plant.eve)
        assert signed_in.get("/bakery/").status_code == 200
    with begun():
        made: list[Any] = []
        assert asked(lambda: made.append(make.plant())) == 0
        assert asked(lambda: made.append(make.open_vote(made[0]))) == 0
        assert asked(lambda: made.append(make.sign_in(Client(), made[0].eve))) == 0
        plant, again, client = made
        assert (again, again.ballot) == (first, first.ballot)
        assert again is not first
        assert client.get("/bakery/").status_code == 200
        make.cast(again.ballot, plant.eve)


def test_what_a_test_did_is_not_there_for_the_next(begun: Begun) -> None:
    with begun():
        plant = make.plant()
        plant.people["zoe"] = plant.people.pop("bo")
        plant.eve.name = "Eva"
        assert not Proposal.objects.exists()
        make.motion(plant, by=plant.ana)
    with begun():
        plant = make.plant()
        assert (plant.bo.name, plant.eve.name, "zoe" in plant.people) == ("Bo", "Eve", False)
        assert not Proposal.objects.exists()


def test_whoever_does_not_begin_so_finds_an_empty_house(begun: Begun) -> None:
    with begun():
        make.open_vote(make.plant())
    with begun():
        assert not Member.objects.exists()
        with pytest.raises(Refused):  # and what comes after a question is done as it is called
            make.plant("no slug")
        assert asked(make.plant) > 100


def test_other_values_and_another_order_are_done_anew(begun: Begun) -> None:
    with begun():
        make.motion(make.plant())
    with begun():
        plant = make.plant(bylaws={"proposal_support_percent": 20})
        make.motion(plant, title="Roof")
        make.plant("quarry")
    with begun():
        plant = make.plant(bylaws={"proposal_support_percent": 20})
        make.plant("quarry")
        assert not Proposal.objects.exists()
        make.motion(plant)
        assert Proposal.objects.get().title == "Canteen open to the school"


def test_things_of_an_earlier_step_are_the_same_things(begun: Begun) -> None:
    for _time in range(2):
        with begun():
            plant = make.plant()
            draft = make.motion(plant)
            assert draft.author is plant.eve


def test_a_step_that_is_refused_is_refused_again(begun: Begun) -> None:
    for _time in range(2):
        with begun():
            with pytest.raises(Refused) as no:
                make.plant("admin")
            assert [reason.code for reason in no.value.reasons] == ["slug-reserved"]
            assert make.plant().eve.name == "Eve"


def test_a_step_that_is_long_past_is_done_anew(begun: Begun, monkeypatch: pytest.MonkeyPatch) -> None:
    with begun():
        make.motion(make.plant())
    monkeypatch.setattr(kept_steps, "STALE", 0.0)
    with begun():
        assert asked(make.plant) > 100
