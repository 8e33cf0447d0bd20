"""A text that is amended, for tests of doors and words: by its own mover, by a council, with a common text."""

from __future__ import annotations

import datetime
from typing import Any

from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem, Meeting
from coop.members import actions as members
from coop.members.models import Body, Department, Member, Power
from coop.proposals import actions as proposals
from coop.proposals.amending import Insert, Words
from coop.proposals.models import PartOf
from tests import make, make_council


def for_the_doors(plant: make.Plant) -> dict[str, dict[str, Any]]:
    """Eve moves the text and amends it herself; Ana's council amends it too, and Ana writes a common text."""
    council = Body.objects.get(cooperative=plant.cooperative, kind=Body.Kind.DEPARTMENT_COUNCIL)
    words = ["Έξι τοις εκατό.", "Με φωνή."]
    text = make.supported_motion(plant, title="Υπερωρίες", clauses=words)
    facts: dict[str, Any] = {"proposal": text, "at": make.now()}
    own = proposals.submit(changes=[Words(1, "Οκτώ τοις εκατό.")], reasons="Γιατί.", by=plant.eve, **facts)
    joined = proposals.submit(changes=[Insert(2, "Και ψήφο.")], by=plant.eve, **facts)
    theirs = proposals.submit(
        changes=[Words(1, "Δύο τοις εκατό.")], on_behalf_of=council, by=plant.ana, **facts
    )
    common = proposals.propose_common(
        parts=[joined, theirs], changes=[Words(2, "Με φωνή και ψήφο.")], by=plant.ana, at=make.now()
    )
    of_the_text = ("amend", "common", "block", "order", "as-it-stands", "versions")
    of_one = ("printed", "amend", "sign", "accept", "withdraw", "turn-down", "contrary", "move")
    return {
        **{f"proposal-{name}": {"key": text.pk} for name in of_the_text},
        **{f"amendment-{name}": {"key": own.pk} for name in of_one},
        "amendment": {"key": own.pk},
        "amendment-back": {"key": theirs.pk},
        "amendment-agree": {"key": PartOf.objects.get(whole=common, part=joined).pk},
    }


def council_that_decided(plant: make.Plant, code: str, caller: Member) -> Body:
    """A council of three, called and led by one of them, that has carried a motion just now."""
    ovens = Department.objects.get(cooperative=plant.cooperative, code="OVN")
    founding: dict[str, Any] = {"by": make.FOUNDING, "at": make.FOUNDED}
    body = members.create_body(
        cooperative=plant.cooperative,
        code=code,
        name=f"Council {code}",
        department=ovens,
        kind=Body.Kind.DEPARTMENT_COUNCIL,
        composition=Body.Composition.MANDATE,
        **founding,
    )
    people = [caller, plant.ida, plant.jo]
    delegates = members.create_office(
        body=body, title="delegate", seats=[(False, None, None)] * 3, **founding
    )
    for number, who in enumerate(people, 1):
        make_council.seated(delegates, who, number, alternate=False)
    powers = [(power, body) for power in (Power.CONVENE, Power.RECORD_MINUTES, Power.CHAIR)]
    make.office(plant, body, "secretary", caller, powers)
    starts = make.now() - datetime.timedelta(minutes=30)
    called: dict[str, Any] = {"by": caller, "at": starts - make.days(18)}
    paper = make.supported_motion(plant, title=f"Amend, {code}", on_behalf_of=body, by=plant.ida)
    meeting = meetings.prepare(
        body=body, kind=Meeting.Kind.COUNCIL, title=code, place="Canteen", sittings=[starts], **called
    )
    meetings.add_item(meeting=meeting, kind=AgendaItem.Kind.PROPOSAL, proposal=paper, **called)
    meetings.convene(meeting=meeting, **called)
    for who in people:
        meetings.check_in(meeting=meeting, member=who, by=caller, at=starts)
    meetings.open_sitting(sitting=meeting.sittings.get(), by=caller, at=starts)
    item = meeting.items.get()
    decision = meetings.open_vote(item=item, by=caller, at=make.now())
    for who in people:
        make.cast(decision.ballot, who)
    meetings.close_vote(item=item, by=caller, at=make.now())
    return body
