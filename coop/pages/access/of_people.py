"""People, bodies, seats and tables of this co-operative, or 404."""

from __future__ import annotations

from coop.meetings.models.councils import ReportBack, WorkingTable
from coop.members.models import Body, Mandate, Member, Power, Rota, SavedView

from .entering import Here, one


def member(here: Here, number: int) -> Member:
    thing: Member = one(Member.objects.filter(cooperative=here.cooperative), number=number)
    thing.cooperative = here.cooperative
    return thing


def rota(here: Here, key: int) -> Rota:
    thing: Rota = one(Rota.objects.filter(cooperative=here.cooperative), pk=key)
    return thing


def saved_view(here: Here, key: int) -> SavedView:
    """A view of the register's office."""
    thing: SavedView = one(SavedView.objects.filter(cooperative=here.cooperative), pk=key)
    return thing


def body(here: Here, code: str) -> Body:
    thing: Body = one(Body.objects.filter(cooperative=here.cooperative), code=code)
    thing.cooperative = here.cooperative
    return thing


def mandate(here: Here, key: int) -> Mandate:
    thing: Mandate = one(
        Mandate.objects.select_related("seat__office__body", "member__cooperative").filter(
            member__cooperative=here.cooperative
        ),
        pk=key,
    )
    return thing


def report_back(here: Here, key: int) -> ReportBack:
    found = ReportBack.objects.select_related("member", "meeting__body")
    thing: ReportBack = one(found.filter(meeting__cooperative=here.cooperative), pk=key)
    thing.meeting.cooperative = here.cooperative
    return thing


def working_table(here: Here, key: int) -> WorkingTable:
    found = WorkingTable.objects.select_related("body__cooperative", "parent__cooperative", "begun_by")
    thing: WorkingTable = one(found.filter(body__cooperative=here.cooperative), pk=key)
    return thing


def reads_private(here: Here) -> bool:
    """Who reads how somebody stands, is reached and gets in; name, number, place and kind everybody reads."""
    return here.may(Power.KEEP_REGISTER) or here.may(Power.AUDIT)
