"""A vote that comes while the database holds it up: "not yet", nothing stored, and taken a moment later."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.test import Client

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot, NamedVote, RollEntry
from tests import make, make_votes

pytestmark = pytest.mark.usefixtures("committed_db")
FORM = "0123456789abcdef" * 2


@pytest.mark.parametrize("secrecy", ["open", "secret"])
def test_a_real_lock_timeout_is_503_and_the_same_paper_is_recorded_later(
    administrator: Any, secrecy: str
) -> None:
    plant = make.plant(bylaws=make_votes.ON_SCREENS)
    make_votes.commission(plant)
    ballot = make_votes.drawn_up(plant, secrecy=secrecy)
    if secrecy == "secret":
        make_votes.with_key(ballot, plant)
    ballot = ballots.open_ballot(ballot=ballot, present=(), by=plant.hal.actor, at=make.now())
    eve = make.sign_in(Client(), plant.eve)
    there = f"/bakery/ballots/{ballot.pk}/"
    shown = eve.get(there).context["questions"][0]["cards"]
    sent = {"form": FORM, "choice": shown[0]["value"]}

    with administrator.transaction():
        administrator.execute("SELECT 1 FROM ballots_ballot WHERE id = %s FOR UPDATE", [ballot.pk])
        begun = time.monotonic()
        busy = eve.post(there, sent)
        waited = time.monotonic() - begun
    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "5")
    assert waited > 2  # it stood in the queue, until PostgreSQL sent it away
    assert inside(administrator, ballot) == (0, 0)

    assert eve.post(there, sent).status_code == (200 if secrecy == "secret" else 302)
    assert inside(administrator, ballot) == (1, 1)


def inside(administrator: Any, ballot: Ballot) -> tuple[int, int]:
    """Lines of the roll that are marked, and papers of either kind; the application may not read the envelopes."""
    marked = RollEntry.objects.filter(ballot=ballot).exclude(channel=None).count()
    sealed = administrator.execute(
        "SELECT count(*) FROM ballots_envelope WHERE ballot_id = %s", [ballot.pk]
    ).fetchone()[0]
    return marked, NamedVote.objects.filter(entry__ballot=ballot).count() + sealed
