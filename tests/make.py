"""A small plant for tests, made through the real actions: twelve members, three of them in office.

Ana is secretary (calls meetings, writes the minutes), Bo chairs, Cy keeps the register, Dee audits; Eve to Lou
work. Max is on trial, Nan is hired, Oz is suspended: none of them votes. A quarter of the register (3) admits a
proposal.

Everything takes `at`; without it the moment is now, because pages read the clock of the database.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

from django.test import Client
from django.utils import timezone

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot
from coop.charter.actions import found_cooperative
from coop.charter.models import Cooperative
from coop.decisions.models import Decision
from coop.journal.models import Actor
from coop.keys.models import Passkey
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem, Meeting
from coop.meetings.ways import Way
from coop.members import actions as members
from coop.members.actions.plant import Layout
from coop.members.models import Account, Body, Crew, Department, Mandate, Member, Office, Power, Standing
from coop.proposals import actions as proposals
from coop.proposals.models import Proposal
from tests.kept_steps import kept

FOUNDING = Actor("founding-act", "Founding act, Bakery of the Port")
FOUNDED = datetime.datetime(2020, 3, 2, 12, tzinfo=datetime.UTC)
NAMES = ("Ana", "Bo", "Cy", "Dee", "Eve", "Fay", "Gus", "Hal", "Ida", "Jo", "Kim", "Lou")
WITHOUT_VOTE = (("Max", "trial", "active"), ("Nan", "hired", "active"), ("Oz", "member", "suspended"))
PIN = "582047"


def now() -> datetime.datetime:
    return timezone.now()


def days(count: float) -> datetime.timedelta:
    return datetime.timedelta(days=count)


@dataclass
class Plant:
    cooperative: Cooperative
    assembly: Body
    people: dict[str, Member]

    def __getattr__(self, name: str) -> Member:
        """plant.ana, plant.bo, ..."""
        try:
            return self.__dict__["people"][name]  # a copy that is being put together has none yet
        except KeyError:
            raise AttributeError(name) from None


@kept
def plant(
    slug: str = "bakery", *, names: Sequence[str] = NAMES, bylaws: Mapping[str, Any] | None = None
) -> Plant:
    """Founded in 2020; the keys of `people` are always ana … lou, max, nan, oz, whatever the names."""
    cooperative = found_cooperative(
        by=FOUNDING,
        at=FOUNDED,
        slug=slug,
        legal_name=f"Cooperativa {slug}",
        short_name=slug.capitalize(),
        legal_form="cooperative",
        time_zone="America/Argentina/Buenos_Aires",
        currency_code="UC",
        adopted_by="Founding act, 2 March 2020",
        bylaws={"proposal_support_percent": 25, **(bylaws or {})},
        town="Puerto",
    )
    members.lay_out(
        cooperative=cooperative,
        layout=Layout(
            departments=[("OVN", "Ovens", False), ("PAC", "Packing", False)],
            shifts=[
                ("morning", "Morning", datetime.time(6), datetime.time(14)),
                ("night", "Night", datetime.time(22), datetime.time(6)),
            ],
            crews=[("A", "Crew A"), ("B", "Crew B")],
            rota_anchor=FOUNDED.date(),
        ),
        by=FOUNDING,
        at=FOUNDED,
    )
    people = _people(cooperative, names)
    assembly = members.create_body(
        cooperative=cooperative,
        code="GA",
        name="General assembly",
        kind=Body.Kind.ASSEMBLY,
        composition=Body.Composition.ALL_MEMBERS,
        by=FOUNDING,
        at=FOUNDED,
    )
    made = Plant(cooperative, assembly, people)
    council = members.create_body(
        cooperative=cooperative,
        code="ADM",
        name="Administrative council",
        kind=Body.Kind.ADMINISTRATIVE_COUNCIL,
        composition=Body.Composition.MANDATE,
        by=FOUNDING,
        at=FOUNDED,
    )
    office(
        made, council, "secretary", made.ana, [(Power.CONVENE, assembly), (Power.RECORD_MINUTES, assembly)]
    )
    office(made, council, "president", made.bo, [(Power.CHAIR, assembly)])
    office(made, council, "register-keeper", made.cy, [(Power.KEEP_REGISTER, None)])
    office(made, council, "auditor", made.dee, [(Power.AUDIT, None)])
    return made


def _people(cooperative: Cooperative, names: Sequence[str]) -> dict[str, Member]:
    department = Department.objects.get(cooperative=cooperative, code="OVN")
    crew = Crew.objects.get(cooperative=cooperative, code="A")
    people = {}
    everybody = [(key, name, "member", "active") for key, name in zip(NAMES, names, strict=True)]
    everybody += [(name, name, kind, status) for name, kind, status in WITHOUT_VOTE]
    for number, (key, name, kind, status) in enumerate(everybody, 1):
        people[key.lower()] = member(cooperative, number, name, department, crew, kind=kind, status=status)
    Standing.objects.filter(member=people["oz"]).update(
        final_at=FOUNDED
    )  # nothing is left for the clock to do
    return people


@kept
def member(
    cooperative: Cooperative,
    number: int,
    name: str,
    department: Department | None = None,
    crew: Crew | None = None,
    *,
    joined: datetime.date | None = None,
    kind: str = Standing.Kind.MEMBER,
    status: str = Standing.Status.ACTIVE,
) -> Member:
    return members.admit(
        cooperative=cooperative,
        number=number,
        name=name,
        joined=joined or FOUNDED.date(),
        department=department or Department.objects.get(cooperative=cooperative, code="OVN"),
        crew=crew,
        kind=kind,
        status=status,
        by=FOUNDING,
        at=FOUNDED,
    )


@kept
def office(
    plant: Plant, body: Body, title: str, holder: Member, powers: Sequence[tuple[Power, Body | None]]
) -> Office:
    """An office with one seat, held since the founding."""
    made = members.create_office(body=body, title=title, powers=powers, by=FOUNDING, at=FOUNDED)
    members.begin_mandate(
        seat=made.seats.get(),
        member=holder,
        since=FOUNDED,
        until=None,
        begun=Mandate.Begun.FOUNDING,
        document="Founding act",
        by=FOUNDING,
        at=FOUNDED,
    )
    return made


def account(who: Member) -> Account:
    """The account of a member, with the PIN of all tests; made when it is missing."""
    if who.account is None:
        who.account = _new_account(who)
    return who.account


@kept
def _new_account(who: Member) -> Account:
    made = Account(made_at=now(), secret_set_at=now())
    made.set_password(PIN)
    made.save(force_insert=True)
    Member.objects.filter(pk=who.pk).update(account=made)
    return made


@kept
def passkey(who: Member) -> Passkey:
    """A passkey that no device has; it stands in lists and can be taken away."""
    return Passkey.objects.create(
        account=account(who),
        credential=f"of {who.pk}".encode(),
        public_key=b"x",
        counter=1,
        name="Telephone",
        added_at=now(),
    )


def sign_in(client: Client, who: Member) -> Client:
    """Signs a member in without the door, on their own telephone."""
    account(who)
    if client.cookies:
        _sign_in(client, who)
    else:
        client.cookies = _cookies_of(who)
    return client


@kept
def _cookies_of(who: Member) -> SimpleCookie:
    client = Client()
    _sign_in(client, who)
    return client.cookies


def _sign_in(client: Client, who: Member) -> None:
    client.force_login(account(who))
    session = client.session
    session["kind"] = "own"
    session.save()


# --- The river, step by step ---------------------------------------------------------------------------------


@kept
def motion(
    plant: Plant,
    *,
    by: Member | None = None,
    title: str = "Canteen open to the school",
    clauses: Sequence[str] = (
        "On Mondays the canteen serves ninety lunches.",
        "Pupils enter by the east gate.",
    ),
    at: datetime.datetime | None = None,
    **more: Any,
) -> Proposal:
    """A draft, by Eve unless somebody else is named."""
    return proposals.write(
        title=title, clauses=clauses, by=by or plant.eve, at=at or now() - days(40), **more
    )


@kept
def published_motion(plant: Plant, *, at: datetime.datetime | None = None, **more: Any) -> Proposal:
    at = at or now() - days(20)
    draft = motion(plant, at=at, **more)
    return proposals.publish(proposal=draft, by=draft.author, at=at)


@kept
def supported_motion(plant: Plant, *, at: datetime.datetime | None = None, **more: Any) -> Proposal:
    """Admitted: Eve, Fay and Gus have signed."""
    at = at or now() - days(20)
    published = published_motion(plant, at=at, **more)
    for supporter in (plant.fay, plant.gus):
        proposals.support(proposal=published, by=supporter, at=at)
    published.refresh_from_db()
    return published


@kept
def draft_meeting(
    plant: Plant,
    *,
    starts_at: datetime.datetime | None = None,
    motions: Sequence[Proposal] = (),
    at: datetime.datetime | None = None,
) -> Meeting:
    """Signers, the motions, a report. Starts half an hour ago unless told otherwise."""
    at = at or now() - days(18)
    meeting = meetings.prepare(
        body=plant.assembly,
        kind=Meeting.Kind.EXTRAORDINARY,
        title="Assembly of the canteen",
        place="Packing hall",
        sittings=[starts_at or now() - datetime.timedelta(minutes=30)],
        by=plant.ana,
        at=at,
    )
    meetings.add_item(meeting=meeting, kind=AgendaItem.Kind.SIGNERS, by=plant.ana, at=at)
    for one in motions:
        meetings.add_item(meeting=meeting, kind=AgendaItem.Kind.PROPOSAL, proposal=one, by=plant.ana, at=at)
    meetings.add_item(meeting=meeting, kind=AgendaItem.Kind.REPORT, title="The new oven", by=plant.ana, at=at)
    return meeting


@kept
def convened_meeting(plant: Plant, **more: Any) -> Meeting:
    """Convened eighteen days ago; its item number 2 is a motion."""
    more.setdefault("motions", [supported_motion(plant)])
    at = more.setdefault("at", now() - days(18))
    return meetings.convene(meeting=draft_meeting(plant, **more), by=plant.ana, at=at)


@kept
def meeting_in_session(plant: Plant, *, present: Sequence[str] = NAMES[:8], **more: Any) -> Meeting:
    """Ana to Hal are checked in at the table (eight of twelve), and Bo has opened on first call."""
    meeting = convened_meeting(plant, **more)
    sitting = meeting.sittings.get()
    opened = max(sitting.starts_at, now() - datetime.timedelta(minutes=20))
    for name in present:
        meetings.check_in(meeting=meeting, member=plant.people[name.lower()], by=plant.ana, at=opened)
    meetings.open_sitting(sitting=sitting, by=plant.bo, at=opened)
    meeting.refresh_from_db()
    return meeting


@kept
def open_vote(
    plant: Plant,
    *,
    closes_at: datetime.datetime | None = None,
    closes_in: datetime.timedelta | None = None,
    way: Way = Way.SCREENS,
    **more: Any,
) -> Decision:
    """The vote on item 2 of a meeting in session is open since ten minutes ago.

    `closes_in` says the hour of closing from now on, to the minute: the next test finds such a vote made.
    """
    meeting = meeting_in_session(plant, **more)
    opened = now() - datetime.timedelta(minutes=10)
    item = meeting.items.get(number=2)
    if closes_in is not None:
        closes_at = now() + closes_in
    return meetings.open_vote(item=item, way=way, closes_at=closes_at, by=plant.bo, at=opened)


def cast(ballot: Ballot, who: Member, choice: str = "for", *, at: datetime.datetime | None = None) -> None:
    ballots.cast(ballot=ballot, answers={1: choice}, form=f"{who.pk:032x}", by=who, at=at or now())
