"""Who reaches the pages of the table: whoever runs a vote, and the tellers named for it. To others there is nothing."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from coop.ballots.models import Ballot
from coop.ballots.models.ballots import Channel
from coop.ballots.office import obstacles_to_running
from coop.ballots.rules.boxes import obstacles_at_the_table

from .. import access
from ..access import Here, acting
from ..outcomes.at_hand import latched


def ballot_at_the_table(here: Here, key: int) -> Ballot:
    """The vote, a draft too, when it is held on paper."""
    found = ballot_of_tellers(here, key)
    if Channel.PAPER not in found.channels:
        raise Http404
    return found


def ballot_of_tellers(here: Here, key: int) -> Ballot:
    """The vote, a draft too, however it is held."""
    found = access.any_ballot(here, key)
    if obstacles_at_the_table(found, by=acting(here), at=here.at):
        raise Http404
    found = latched(here, found)
    found.cooperative = here.cooperative
    return found


def run_by(here: Here, key: int) -> Ballot:
    """The vote, for those who run it."""
    found = ballot_at_the_table(here, key)
    if not runs(here, found):
        raise Http404
    return found


def runs(here: Here, ballot: Ballot) -> bool:
    return not obstacles_to_running(ballot, by=acting(here), at=here.at)


def beside(here: Here, ballot: Ballot) -> dict[str, Any]:
    """What every page of the table shows: the vote, and the links that whoever runs it has."""
    return {"ballot": ballot, "runs": runs(here, ballot)}
