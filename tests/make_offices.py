"""Offices for tests: coordinators that departments elect, alternates, and what is needed to recall somebody."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot
from coop.elections import actions as elections
from coop.elections.models import Petition
from coop.members import actions as members
from coop.members.models import Body, Crew, Department, Mandate, Member, Office, Power, Seat
from tests import make, make_paper, make_votes
from tests.kept_steps import kept

SINCE = datetime.timedelta(days=300)
PACKERS = ("Pia", "Quin", "Rita", "Sol", "Tita", "Uma")


@kept
def plant(*, bylaws: dict[str, object] | None = None) -> make.Plant:
    """The bakery with an electoral commission (Gus, Hal, Ida) and six who pack: Pia to Rita by day, the others at
    night. Pia coordinates packing for a year, since 300 days; Quin is her alternate."""
    made = make.plant(bylaws=bylaws)
    make_votes.commission(made)
    packing = Department.objects.get(cooperative=made.cooperative, code="PAC")
    for place, name in enumerate(PACKERS):
        crew = Crew.objects.get(cooperative=made.cooperative, code="A" if place < 3 else "B")
        made.people[name.lower()] = make.member(made.cooperative, 30 + place, name, packing, crew)
    coordinators = members.create_body(
        cooperative=made.cooperative,
        code="MGT",
        name="Coordinators",
        kind=Body.Kind.COORDINATORS,
        composition=Body.Composition.MANDATE,
        by=make.FOUNDING,
        at=make.FOUNDED,
    )
    office = members.create_office(
        body=coordinators,
        title="coordinator of packing",
        powers=[(Power.CONVENE, coordinators)],
        seats=[(False, None, packing), (True, None, packing)],
        term_months=12,
        by=make.FOUNDING,
        at=make.FOUNDED,
    )
    seats = {seat.alternate: seat for seat in office.seats.all()}
    for alternate, name in ((False, "pia"), (True, "quin")):
        hold(seats[alternate], made.people[name])
    return made


def hold(
    seat: Seat, member: Member, *, since: datetime.datetime | None = None, months: float = 12
) -> Mandate:
    since = since or make.now() - SINCE
    return members.begin_mandate(
        seat=seat,
        member=member,
        since=since,
        until=since + make.days(365 * months / 12),
        begun=Mandate.Begun.ELECTED,
        document="Proclamation",
        by=make.FOUNDING,
        at=since,
    )


def office(plant: make.Plant, title: str = "coordinator of packing") -> Office:
    return Office.objects.get(body__cooperative=plant.cooperative, title=title)


def mandate(who: Member) -> Mandate:
    """What this person holds now (the last of it)."""
    return Mandate.objects.filter(Mandate.in_force(make.now()), member=who).order_by("-pk")[0]


@kept
def petition(
    plant: make.Plant, *, at: datetime.datetime | None = None, signed: Iterable[str] = ()
) -> Petition:
    """Rita asks that Pia be recalled."""
    at = at or make.now() - make.days(10)
    made = elections.file_petition(
        mandate=mandate(plant.people["pia"]), reasons="The ovens stood still.", by=plant.people["rita"], at=at
    )
    for name in signed:
        elections.sign(petition=made, by=plant.people[name], at=at)
    return made


@kept
def admitted(plant: make.Plant) -> Petition:
    """Signed by enough, handed in, and verified by Gus."""
    made = petition(plant, signed=["sol"])
    at = make.now() - make.days(9)
    elections.hand_in(petition=made, by=plant.people["rita"], at=at)
    return elections.verify(petition=made, by=plant.gus, at=at)


def called(plant: make.Plant, asked: Petition, *channels: str) -> Ballot:
    """The vote on a petition, drawn up by Gus on a register that is final today; on paper unless told otherwise."""
    day = plant.cooperative.day_of(make.now())
    register = ballots.draw_register(body=plant.assembly, closes_on=day, by=make.FOUNDING, at=make.now())
    return elections.call_vote(
        petition=asked,
        register=register,
        channels=channels or ("paper",),
        closes_at=make.now() + make.days(5),
        by=plant.gus,
        at=make.now(),
    )


def voted_on_paper(
    plant: make.Plant, votes_for: int, against: int, *, abstain: int = 0, asked: Petition | None = None
) -> Petition:
    """So many of those who pack vote in one box; two tellers, a third, and Gus counts up."""
    petition = asked or admitted(plant)
    ballot = ballots.start(ballot=called(plant, petition), by=plant.hal, at=make.now())
    make_paper.name_tellers(plant, ballot)
    (box,) = make_paper.open_boxes(plant, ballot, "Gate")
    voters = [name.lower() for name in PACKERS][: votes_for + against + abstain]
    make_paper.give(plant, box, *voters)
    make_paper.end(plant, ballot, box)
    make_paper.agreed(plant, ballot, box, make_paper.motion(votes_for, against, abstain))
    elections.count_up(ballot=ballot, by=plant.gus, at=make.now())
    return Petition.objects.select_related("mandate", "ballot").get(pk=petition.pk)


def for_the_doors(plant: make.Plant) -> dict[str, dict[str, object]]:
    """Eve holds an office without a power; Lou asks that she be recalled."""
    body = members.create_body(
        cooperative=plant.cooperative,
        code=f"R-{plant.cooperative.slug[:8]}",
        name="Council",
        kind=Body.Kind.COORDINATORS,
        composition=Body.Composition.MANDATE,
        by=make.FOUNDING,
        at=make.FOUNDED,
    )
    held = make.office(plant, body, "delegate at the table", plant.eve, [])
    of_eve = Mandate.objects.get(seat__office=held)
    asked = elections.file_petition(mandate=of_eve, reasons="Γιατί.", by=plant.lou, at=make.now())
    names = ("sign", "sheet-printed", "enter", "names", "hand-in", "verify", "answer", "vote")
    return {
        **{name: {"key": asked.pk} for name in ("recall", *(f"recall-{name}" for name in names))},
        **{name: {"key": of_eve.pk} for name in ("recall-ask", "resign")},
    }
