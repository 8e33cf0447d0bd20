"""The council of the ovens, for tests: three delegates with crews, an alternate of each, a secretary who calls it.

Eve (crew A), Fay (crew A) and Gus (crew B) hold seats; Hal (A) and Ida (B) are alternates. Fay is the secretary, Eve
speaks for it and chairs. Everybody else of the small plant works in the department; only Pia, number 90, hired, packs.
"""

from __future__ import annotations

import datetime

from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem, Meeting
from coop.members import actions as members
from coop.members.models import Body, Crew, Department, Mandate, Member, Office, Power, Seat
from coop.proposals.models import Proposal
from tests import make

DELEGATES = ("eve", "fay", "gus")
ALTERNATES = ("hal", "ida")


def council(plant: make.Plant, *, code: str = "C-OVN") -> Body:
    """The body with its offices, held since the founding."""
    packing = Department.objects.get(cooperative=plant.cooperative, code="PAC")
    plant.people["pia"] = make.member(plant.cooperative, 90, "Pia", packing, kind="hired")
    ovens = Department.objects.get(cooperative=plant.cooperative, code="OVN")
    body = members.create_body(
        cooperative=plant.cooperative, code=code, name="Council of the ovens", department=ovens,
        kind=Body.Kind.DEPARTMENT_COUNCIL, composition=Body.Composition.MANDATE, by=make.FOUNDING, at=make.FOUNDED,
    )  # fmt: skip
    crew = {one.code: one for one in Crew.objects.filter(cooperative=plant.cooperative)}
    full = [(False, crew[code], None) for code in "AAB"]
    spare = [(True, crew[code], None) for code in "AB"]
    delegates = members.create_office(
        body=body, title="delegate", seats=[*full, *spare], by=make.FOUNDING, at=make.FOUNDED
    )
    for alternate, names in ((False, DELEGATES), (True, ALTERNATES)):
        for number, name in enumerate(names, 1):
            seated(delegates, plant.people[name], number, alternate=alternate)
    own = [(Power.CONVENE, body), (Power.RECORD_MINUTES, body)]
    make.office(plant, body, "secretary", plant.fay, own)
    make.office(plant, body, "spokesperson", plant.eve, [(Power.CHAIR, body)])
    return body


def seated(office: Office, who: Member, number: int, *, alternate: bool) -> Mandate:
    seat = Seat.objects.get(office=office, number=number, alternate=alternate)
    return members.begin_mandate(
        seat=seat, member=who, since=make.FOUNDED, until=None, begun=Mandate.Begun.FOUNDING,
        document="Founding act", by=make.FOUNDING, at=make.FOUNDED,
    )  # fmt: skip


def motion(plant: make.Plant, body: Body, **more: object) -> Proposal:
    """Admitted, and written in the name of the body, so that it may decide on it."""
    return make.supported_motion(plant, on_behalf_of=body, **more)


def convened(
    plant: make.Plant,
    body: Body,
    *,
    motions: list[Proposal] | None = None,
    starts_at: datetime.datetime | None = None,
    closed_item: bool = False,
) -> Meeting:
    """Called eighteen days before; item 1 is a report, the motions follow. `closed_item`: the report is closed."""
    starts_at = starts_at or make.now() - datetime.timedelta(minutes=30)
    at = starts_at - make.days(18)
    meeting = meetings.prepare(
        body=body, kind=Meeting.Kind.COUNCIL, title="The night oven", place="Canteen", sittings=[starts_at],
        by=plant.fay, at=at,
    )  # fmt: skip
    meetings.add_item(meeting=meeting, kind=AgendaItem.Kind.REPORT, title="Burners", by=plant.fay, at=at)
    if closed_item:
        meeting.items.update(openness=AgendaItem.Openness.CLOSED)
    for motion in motions or []:
        meetings.add_item(
            meeting=meeting, kind=AgendaItem.Kind.PROPOSAL, proposal=motion, by=plant.fay, at=at
        )
    return meetings.convene(meeting=meeting, by=plant.fay, at=at)


def in_session(
    plant: make.Plant, body: Body, *, present: tuple[str, ...] = DELEGATES, **more: object
) -> Meeting:
    """Those named are checked in at the hour, and Eve has opened."""
    meeting = convened(plant, body, **more)  # type: ignore[arg-type]
    sitting = meeting.sittings.get()
    at = sitting.starts_at
    for name in present:
        meetings.check_in(meeting=meeting, member=plant.people[name], by=plant.fay, at=at)
    meetings.open_sitting(sitting=sitting, by=plant.eve, at=at)
    meeting.refresh_from_db()
    return meeting


def held(plant: make.Plant, body: Body, **more: object) -> Meeting:
    """Opened and closed again, an hour after its beginning at the latest."""
    meeting = in_session(plant, body, **more)  # type: ignore[arg-type]
    end = meeting.sittings.get().starts_at + datetime.timedelta(minutes=20)
    return meetings.close_meeting(meeting=meeting, by=plant.eve, at=end)


def not_held(plant: make.Plant, body: Body, *, starts_at: datetime.datetime) -> Meeting:
    """Only Fay came: no quorum, and a council has no second call."""
    meeting = convened(plant, body, starts_at=starts_at)
    meetings.check_in(meeting=meeting, member=plant.fay, by=plant.fay, at=starts_at)
    at = starts_at + datetime.timedelta(hours=2)
    meetings.close_sitting(sitting=meeting.sittings.get(), by=plant.fay, at=at)
    return Meeting.objects.get(pk=meeting.pk)


def for_the_doors(plant: make.Plant) -> dict[str, dict[str, object]]:
    """One of everything that councils have, called and recorded by Ana; Gus, Hal and Ida are the delegates."""
    ovens = Department.objects.get(cooperative=plant.cooperative, code="OVN")
    body = members.create_body(
        cooperative=plant.cooperative, code=f"C-{plant.cooperative.slug[:8]}", name="Council", department=ovens,
        kind=Body.Kind.DEPARTMENT_COUNCIL, composition=Body.Composition.MANDATE, by=make.FOUNDING, at=make.FOUNDED,
    )  # fmt: skip
    seats = [(False, None, None)] * 3
    office = members.create_office(
        body=body, title="delegate", seats=seats, by=make.FOUNDING, at=make.FOUNDED
    )
    names = ("gus", "hal", "ida")
    held = [
        seated(office, plant.people[name], number, alternate=False) for number, name in enumerate(names, 1)
    ]
    make.office(plant, body, "clerk", plant.ana, [(Power.CONVENE, body), (Power.RECORD_MINUTES, body)])
    calling = {"by": plant.ana, "at": make.now() - make.days(30)}
    about = {"body": body, "kind": Meeting.Kind.COUNCIL, "title": "The night oven", "place": "Canteen"}
    starts_at = make.now() - make.days(3)
    over = meetings.prepare(**about, sittings=[starts_at], **calling)
    meetings.add_item(meeting=over, kind=AgendaItem.Kind.REPORT, title="Burners", **calling)
    meetings.convene(meeting=over, **calling)
    for name in names:
        meetings.check_in(meeting=over, member=plant.people[name], by=plant.ana, at=starts_at)
    meetings.open_sitting(sitting=over.sittings.get(), by=plant.ana, at=starts_at)
    meetings.close_meeting(meeting=over, by=plant.ana, at=starts_at + datetime.timedelta(hours=1))
    report = meetings.report_back(meeting=over, text="Told.", by=plant.gus, at=make.now())
    coming = meetings.prepare(**about, sittings=[make.now() + make.days(9)], **calling)
    paper = motion(plant, body, by=plant.hal, title="Night oven", at=make.now() - make.days(40))
    meetings.add_item(meeting=coming, kind=AgendaItem.Kind.PROPOSAL, proposal=paper, **calling)
    meetings.convene(meeting=coming, **calling)
    table = meetings.begin_table(
        parent=body, name="Burners", task="Find out why", measure="gas a day", document="Council",
        ends_on=plant.cooperative.day_of(make.now()) + datetime.timedelta(days=30),
        people=[plant.kim, plant.lou], by=plant.ana, at=make.now(),
    )  # fmt: skip
    return {
        **{name: {"code": body.code} for name in ("council", "working-table-begin")},
        **{name: {"key": table.pk} for name in ("working-table", "working-table-end")},
        **{name: {"key": report.pk} for name in ("report", "report-read", "report-printed")},
        "report-back": {"key": over.pk},
        "item-instruction": {"key": coming.pk, "place": "1"},
        "seat-vacate": {"key": held[2].pk},
    }
