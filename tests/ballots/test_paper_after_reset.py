"""Whoever replaces a secret does not vote with it: on a register drawn before, its owner votes on paper."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.ballots.models import Ballot, NamedVote, RollEntry
from coop.ballots.models.ballots import Channel
from coop.ballots.rules.casting import obstacles_to_casting, secrets_replaced
from coop.members import actions
from coop.members.models import Account, Member
from coop.refusals import Reason, Refused
from tests import make, make_votes

pytestmark = pytest.mark.django_db
PAPER_ONLY = [Reason("paper-only-after-reset")]
TICK = datetime.timedelta.resolution


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def ballot(plant: make.Plant) -> Ballot:
    return Ballot.objects.select_related("register").get(pk=make.open_vote(plant).ballot_id)


def reset(plant: make.Plant, who: Member, at: datetime.datetime) -> None:
    """Cy hands out a card, Bo signs it, somebody uses it."""
    make.account(who)
    card, _token = actions.issue_card(member=who, by=plant.cy, at=at)
    actions.countersign_card(card=card, by=plant.bo, at=at)
    actions.enrol(card=card, secret="740258", by=who, at=at)


def line(ballot: Ballot, who: Member) -> RollEntry:
    return RollEntry.of(who).get(ballot=ballot)


def test_the_moment_the_register_was_drawn_decides(plant: make.Plant, ballot: Ballot) -> None:
    drawn = ballot.register.drawn_at
    make.account(plant.eve)
    found = {}
    for moment in (None, drawn - TICK, drawn, drawn + TICK):
        Account.objects.filter(pk=plant.eve.account_id).update(reset_at=moment)
        found[moment] = obstacles_to_casting(ballot, line(ballot, plant.eve), make.now())
    assert found == {None: [], drawn - TICK: [], drawn: [], drawn + TICK: PAPER_ONLY}


def test_the_action_and_the_page_refuse_and_nothing_is_stored(plant: make.Plant, ballot: Ballot) -> None:
    reset(plant, plant.eve, make.now())
    with pytest.raises(Refused) as refused:
        make.cast(ballot, plant.eve)
    assert refused.value.reasons == PAPER_ONLY
    client = Client()
    client.force_login(Account.objects.get(members=plant.eve))
    page = client.get(f"/bakery/ballots/{ballot.pk}/").content.decode()
    assert "this vote takes your voice on paper only" in page
    assert 'name="choice"' not in page
    answer = client.post(
        f"/bakery/ballots/{ballot.pk}/", {"choice": "for", "form": "ab" * 16, "secret": "740258"}
    )
    assert answer.status_code == 409
    assert "this vote takes your voice on paper only" in answer.content.decode()
    assert line(ballot, plant.eve).channel is None
    assert not NamedVote.objects.exists()
    assert "this vote takes your voice on paper only" in client.get("/bakery/").content.decode()
    make.cast(ballot, plant.fay)  # everybody else votes as before


def test_a_first_card_is_no_reset(plant: make.Plant, ballot: Ballot) -> None:
    card, _token = actions.issue_card(member=plant.eve, by=plant.cy, at=make.now())
    actions.enrol(card=card, secret="740258", by=plant.eve, at=make.now())
    make.cast(ballot, plant.eve)


def test_who_is_absent_hears_both(plant: make.Plant, ballot: Ballot) -> None:
    reset(plant, plant.lou, make.now())
    codes = [reason.code for reason in obstacles_to_casting(ballot, line(ballot, plant.lou), make.now())]
    assert codes == ["paper-only-after-reset", "not-checked-in"]


def test_postgresql_marks_no_screen_and_does_mark_paper_and_hands(plant: make.Plant) -> None:
    ballot = make_votes.opened(plant, channels=("phone", "paper", "hands"))
    reset(plant, plant.eve, make.now())
    mark = RollEntry.objects.filter(ballot=ballot, member=plant.eve)
    with pytest.raises(IntegrityError, match="votes on paper"), transaction.atomic():
        mark.update(channel=Channel.PHONE)
    for channel in (Channel.PAPER, Channel.HANDS):
        with transaction.atomic():
            assert mark.update(channel=channel) == 1
            transaction.set_rollback(True)


def test_casting_asks_no_question_more_for_it(plant: make.Plant, ballot: Ballot) -> None:
    """The lines of a roll bring along what decides; nothing is asked for afterwards."""
    make.account(plant.eve)
    with CaptureQueriesContext(connection) as asked:
        entry = RollEntry.of(plant.eve).get(ballot=ballot)
        assert not entry.paper_only
    assert len(asked) == 1


def test_replaced_secrets_are_counted_beside_the_register(plant: make.Plant, ballot: Ballot) -> None:
    assert secrets_replaced(ballot.register).count() == 0
    reset(plant, plant.gus, ballot.register.drawn_at - make.days(1))
    reset(plant, plant.eve, make.now())
    reset(plant, plant.max, make.now())  # on trial: not on the register
    (card,) = secrets_replaced(ballot.register)
    names: Any = (card.member.name, card.issued_by, card.countersigned_by)
    assert names == ("Eve", plant.cy, plant.bo)
