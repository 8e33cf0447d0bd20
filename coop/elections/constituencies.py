"""Who elects to a seat, and so who may take it back: everybody, a department or a crew (practice C08, C09)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet

from coop.charter.models import Bylaws, Cooperative
from coop.members.electorate import voters
from coop.members.models import Body, Member, Posting, Seat


@dataclass(frozen=True)
class Constituency:
    """Codes of a department and a crew; empty where they do not matter. Both empty: the whole plant."""

    department: str = ""
    crew: str = ""

    @property
    def place(self) -> dict[str, str]:
        """As a vote and its register call it."""
        return {"department": self.department, "crew": self.crew}

    def includes(self, *, department: str, crew: str) -> bool:
        return self.department in ("", department) and self.crew in ("", crew)


def constituency_of(seat: Seat) -> Constituency:
    """A council of a department is elected by all of it, also to a seat kept for a crew. Another seat is filled by
    those it is kept for, and by everybody when it is kept for nobody."""
    if department := seat.office.body.department:
        return Constituency(department=department.code)
    return Constituency(
        department=seat.department.code if seat.department else "", crew=seat.crew.code if seat.crew else ""
    )


def works_at(posting: Posting | None) -> Constituency:
    """Where somebody with this posting elects, as precisely as it says."""
    return Constituency(
        department=posting.department.code if posting and posting.department else "",
        crew=posting.crew.code if posting and posting.crew else "",
    )


def assembly_of(cooperative: Cooperative) -> Body:
    """Whose register of voters elections and recalls use. Raises Body.DoesNotExist before there is an assembly."""
    return Body.objects.select_related("cooperative__chain").get(
        cooperative=cooperative, kind=Body.Kind.ASSEMBLY
    )


def electors(
    cooperative: Cooperative, constituency: Constituency, day: datetime.date, bylaws: Bylaws
) -> QuerySet[Member]:
    """Everybody with a vote in that constituency on that day, each once."""
    everybody = voters(assembly_of(cooperative), day, bylaws)
    places = {"department__code": constituency.department, "crew__code": constituency.crew}
    asked = {name: code for name, code in places.items() if code}
    if not asked:
        return everybody
    return everybody.filter(pk__in=Posting.objects.filter(Posting.on(day), **asked).values("member"))
