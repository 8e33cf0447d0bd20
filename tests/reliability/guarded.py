"""Each guard of a secret vote on screens is broken once on the running PostgreSQL: the vote must not open."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

from django.db import connections
from django.utils import timezone

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot
from coop.ballots.rules import casting
from coop.ballots.sealed import guards
from coop.refusals import Refused
from tests import make, make_votes

from .house import administrator

# What PostgreSQL takes without a new start, and what a careless hand could set it to.
BROKEN = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "log_statement": "mod",
    "log_min_duration_statement": "0",
    "log_min_duration_sample": "0",
    "log_transaction_sample_rate": "1",
    "log_parameter_max_length_on_error": "-1",
}


def each_setting_once(plant: make.Plant) -> str:
    ballot: Ballot = make_votes.drawn_up(plant, secrecy="secret", title="Guarded")
    make_votes.with_key(ballot, plant)
    held = [name for name, value in BROKEN.items() if name in refused(plant, ballot, name, value)]
    missed = sorted(set(BROKEN) - set(held))
    connections.close_all()
    opened = ballots.open_ballot(ballot=ballot, present=(), by=plant.hal.actor, at=timezone.now())
    words = f"{len(held)} of {len(BROKEN)} settings hold the vote back; with all of them right it is {opened.state}"
    if missed or opened.state != "open":
        raise AssertionError(f"{words}; missed: {missed}")
    return words


def refused(plant: make.Plant, ballot: Ballot, name: str, value: str) -> set[str]:
    """Which guards are named when somebody opens the vote while this setting is broken."""
    with administrator() as connection:
        connection.execute(f"ALTER SYSTEM SET {name} = '{value}'")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute("SELECT pg_sleep(0.3)")
    connections.close_all()
    try:
        ballots.open_ballot(ballot=ballot, present=(), by=plant.hal.actor, at=timezone.now())
    except Refused as refusal:
        return {str(reason.params.get("guard")) for reason in refusal.reasons}
    finally:
        with administrator() as connection:
            connection.execute(f"ALTER SYSTEM RESET {name}")
            connection.execute("SELECT pg_reload_conf()")
    return set()


def nobody_looks(plant: make.Plant) -> dict[str, Any]:
    """The guards are not asked: then such a vote opens, and the storm above would have been noticed."""
    ballot = make_votes.drawn_up(plant, secrecy="secret", title="Unguarded")
    make_votes.with_key(ballot, plant)
    blind = patch.object(casting, "obstacles_in_server", lambda told: [], create=True)
    with patch.object(guards, "obstacles_from_guards", list), blind:
        return {
            "fsync": refused(plant, ballot, "fsync", "off"),
            "state": Ballot.objects.get(pk=ballot.pk).state,
        }
