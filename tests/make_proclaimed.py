"""Elections that are over, for tests: proclaimed by figures that are typed in, on the paper of one box."""

from __future__ import annotations

from collections.abc import Sequence

from coop.elections import actions as elections
from coop.elections.models import Election
from coop.members import actions as members
from coop.members.models import Body, Mandate, Office, Power, Seat
from tests import make, make_offices
from tests.elections.test_elections import DAY, code, final, voted
from tests.kept_steps import kept


@kept
def proclaimed(plant: make.Plant, votes: dict[str, int], *, seats: Sequence[Seat] | None = None) -> Election:
    """Those named stand for coordinator of packing (or those seats), have so many votes, and are proclaimed by Gus."""
    election = final(plant, *votes, seats=seats)
    figures = {code(plant, name): many for name, many in votes.items()}
    voted(plant, election.votes.get().ballot, figures)
    elections.proclaim(election=election, by=plant.gus, at=make.now())
    return Election.objects.get(pk=election.pk)


def board(plant: make.Plant, *, kind: str = Body.Kind.ADMINISTRATIVE_COUNCIL, seats: int = 3) -> Office:
    """Another council of so many seats, for one year, that nobody holds yet."""
    body = members.create_body(
        cooperative=plant.cooperative,
        code=f"B-{kind[:12]}",
        name=f"Board of {kind}",
        kind=kind,
        composition=Body.Composition.MANDATE,
        by=make.FOUNDING,
        at=make.FOUNDED,
    )
    return members.create_office(
        body=body,
        title=f"member of the board of {kind}",
        seats=[(False, None, None)] * seats,
        term_months=12,
        by=make.FOUNDING,
        at=make.FOUNDED,
    )


def seat_of(plant: make.Plant, title: str = "coordinator of packing", number: int = 1) -> Seat:
    found = Seat.objects.select_related("office__body__cooperative", "crew", "department")
    return found.get(office=make_offices.office(plant, title), alternate=False, number=number)


__all__ = ["DAY", "Mandate", "Power", "board", "proclaimed", "seat_of"]
