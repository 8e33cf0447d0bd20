"""What the cases find: two houses, people with telephones, votes in every state. Made once, by the real actions."""

from __future__ import annotations

import datetime
import secrets
from dataclasses import dataclass, field
from typing import Any

from coop.ballots import actions as ballots
from coop.ballots.asked import Asked
from coop.ballots.models import Ballot
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem, Meeting
from coop.members.models import Member
from tests import make, make_votes
from tests.bench.fill import session

from .server import Rows, changed
from .telephone import Telephone

HOUSE, OTHER = "bakery", "quarry"


@dataclass
class World:
    port: int
    rows: Rows
    plant: make.Plant
    quarry: make.Plant
    vote: Ballot  # open on screens and paper; nothing that is sent to it below may be taken
    minutes: Meeting  # its minutes are circulated
    meeting: Meeting  # in session
    telephones: dict[str, Telephone] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)

    def of(self, name: str, *, house: str = HOUSE) -> Telephone:
        """The telephone on which this member is signed in."""
        return self.telephones[f"{house} {name}"]

    def sign_in(self, name: str, *, house: str = HOUSE) -> None:
        """Since a moment ago. What came before it is no change."""
        self.telephones[f"{house} {name}"] = self.newly_in(name, house=house)
        self.from_here()

    def newly_in(self, name: str, *, house: str = HOUSE) -> Telephone:
        """A second window, or the first."""
        member = (self.plant if house == HOUSE else self.quarry).people[name]
        make.account(member)
        kept: dict[str, Any] = session(member)
        cookies = dict(pair.split("=", 1) for pair in str(kept["cookie"]).split("; "))
        return Telephone(self.port, cookies)

    def stranger(self) -> Telephone:
        return Telephone(self.port)

    def newcomer(self, name: str) -> Member:
        """Somebody whom only one case knows; a vote that is opened from now on has them on its roll."""
        numbers = Member.objects.filter(cooperative=self.plant.cooperative)
        found = make.member(self.plant.cooperative, 100 + numbers.count(), name.capitalize())
        self.plant.people[name] = found
        return found

    # --- Votes ------------------------------------------------------------------------------------------------------

    def opened(self, *asked: Asked, **more: Any) -> Ballot:
        """A vote of its own for a case that votes. What came before it is no change."""
        made = make_votes.opened(self.plant, asked or [Asked("Shall it be?")], **more)
        self.from_here()
        return made

    def over_since_a_second(self) -> Ballot:
        """Still called open by its row: nobody has looked since its hour."""
        then = make.now() - datetime.timedelta(minutes=10)
        hour = make.now() - datetime.timedelta(seconds=1)
        draft = make_votes.drawn_up(self.plant, closes_at=hour, at=then)
        made = ballots.open_ballot(ballot=draft, present=(), by=self.plant.hal.actor, at=then)
        self.from_here()
        return made

    def secret(self) -> Ballot:
        draft = make_votes.drawn_up(self.plant, secrecy="secret")
        make_votes.with_key(draft, self.plant)
        made = ballots.open_ballot(ballot=draft, present=(), by=self.plant.hal.actor, at=make.now())
        self.from_here()
        return made

    # --- What changed -----------------------------------------------------------------------------------------------

    def from_here(self) -> None:
        self.before = self.rows.now()

    def changed(self) -> set[str]:
        """The tables that are different now; from here on the next changes are looked for."""
        before, self.before = self.before, self.rows.now()
        return changed(before, self.before)


def at(ballot: Ballot, more: str = "", *, house: str = HOUSE) -> str:
    return f"/{house}/ballots/{ballot.pk}/{more}"


def number() -> str:
    """Of a voting paper."""
    return secrets.token_hex(16)


def made(port: int, rows: Rows) -> World:
    plant = make.plant(HOUSE, bylaws=make_votes.ON_SCREENS)
    make_votes.commission(plant)
    quarry = make.plant(OTHER)
    minutes = circulated(plant)
    meeting = make.meeting_in_session(plant, motions=[])
    vote = make_votes.opened(plant, channels=("phone", "paper"))
    world = World(port, rows, plant, quarry, vote, minutes, meeting)
    for name in plant.people:
        world.telephones[f"{HOUSE} {name}"] = world.newly_in(name)
    world.sign_in("ana", house=OTHER)
    return world


def circulated(plant: make.Plant) -> Meeting:
    meeting = make.meeting_in_session(plant, motions=[])
    meetings.name_signers(meeting=meeting, members=[plant.eve, plant.fay], by=plant.ana, at=make.now())
    meetings.write_note(item=report_of(meeting), text="Gus asked.", revision=0, by=plant.ana, at=make.now())
    meetings.close_meeting(meeting=meeting, by=plant.bo, at=make.now())
    meetings.close_minutes(meeting=meeting, by=plant.ana, at=make.now())
    return meeting


def report_of(meeting: Meeting) -> AgendaItem:
    return AgendaItem.objects.get(meeting=meeting, kind="report")


def note(meeting: Meeting) -> str:
    """Where the secretary writes about its report."""
    return f"/{HOUSE}/meetings/{meeting.pk}/minutes/{report_of(meeting).number}/"
