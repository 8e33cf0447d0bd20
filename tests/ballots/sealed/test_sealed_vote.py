"""A secret vote on screens from its urn to its count, and what is refused on the way."""

from __future__ import annotations

import pytest

from coop.ballots import actions as ballots
from coop.ballots import sealing, urn_secrets
from coop.ballots.models import Ballot, FinalEnvelope, RollEntry
from coop.journal.models import Entry
from coop.refusals import Refused
from tests import make, make_votes

pytestmark = pytest.mark.django_db
FORM = "0123456789abcdef" * 2


@pytest.fixture
def plant() -> make.Plant:
    plant = make.plant(bylaws=make_votes.ON_SCREENS)
    make_votes.commission(plant)
    return plant


def draft(plant: make.Plant, **more: object) -> Ballot:
    return make_votes.drawn_up(plant, secrecy="secret", **more)  # type: ignore[arg-type]


def opened(plant: make.Plant, ballot: Ballot) -> Ballot:
    return ballots.open_ballot(ballot=ballot, present=(), by=plant.hal.actor, at=make.now())


def cast(ballot: Ballot, who: object, answer: str = "for", form: str = FORM) -> ballots.SecretReceipt:
    return ballots.cast_secret(ballot=ballot, answers={1: answer}, form=form, by=who, at=make.now())  # type: ignore[arg-type]


def refused(act: object, **more: object) -> list[str]:
    with pytest.raises(Refused) as no:
        act(**more)  # type: ignore[operator]
    return [reason.code for reason in no.value.reasons]


def test_from_the_urn_to_the_count(plant: make.Plant) -> None:
    ballot = draft(plant)
    codes = make_votes.with_key(ballot, plant)
    ballot = opened(plant, ballot)
    before = Entry.objects.count()
    receipts = {
        name: cast(ballot, plant.people[name], answer)
        for name, answer in (("ana", "for"), ("bo", "for"), ("eve", "for"), ("fay", "abstain"))
    }
    assert Entry.objects.count() == before
    assert len({receipt.words for receipt in receipts.values()}) == 4
    assert RollEntry.objects.filter(ballot=ballot, channel="phone").count() == 4

    ballot = ballots.close(ballot=ballot, by=plant.hal.actor, at=make.now())
    urn = ballot.sealed_urn
    assert urn.envelopes == 4
    trackers = [bytes(row.tracker) for row in FinalEnvelope.objects.filter(ballot=ballot)]
    assert {sealing.receipt_words(one) for one in trackers} == {one.words for one in receipts.values()}

    tally = ballots.open_urn(ballot=ballot, codes=make_votes.two(codes), by=plant.gus, at=make.now())[0]
    assert (tally.outcome, tally.voted) == ("carried", 4)
    assert urn_secrets.read(urn.mark) is None
