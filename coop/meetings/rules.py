"""What stands in the way of convening, sitting down, checking in, voting, and closing the minutes."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction

from coop.ballots.models import Ballot
from coop.ballots.rules.registers import obstacles_to_final
from coop.charter.models import Bylaws
from coop.members.backend import may_enter
from coop.members.models import Body, Member, Power
from coop.members.powers import Powers, powers_of
from coop.refusals import Reason

from .asked import CAME, NAMED, PRESENT
from .calendar import last_notice_day
from .models import AgendaItem, Attendance, Meeting, Minutes, Request, Sitting
from .quorum import NO_SECOND_CALL, WHOEVER_COMES, Quorum, SecondCall, first_call, quorum
from .requests import obstacles_from_requests, obstacles_to_calling
from .resting import obstacles_in_parts

State = Meeting.State
DOORS_OPEN = datetime.timedelta(hours=2)  # how long before the hour the attendance book lies open
LEADING = (Power.CHAIR, Power.RECORD_MINUTES)


def notice_days(meeting: Meeting, bylaws: Bylaws) -> int:
    """Days of notice the bylaws ask for this kind of meeting."""
    kind = Meeting.Kind.COUNCIL if meeting.kind == Meeting.Kind.COMMISSION else meeting.kind
    days: int = getattr(bylaws, f"notice_{kind}_days")
    return days


def last_day_for_notice(meeting: Meeting, bylaws: Bylaws) -> datetime.date | None:
    """The last lawful day for the notice, counted back from the first sitting; None while there is no sitting."""
    first = meeting.sittings.order_by("starts_at").first()
    if first is None:
        return None
    return last_notice_day(
        meeting.cooperative.day_of(first.starts_at),
        notice_days=notice_days(meeting, bylaws),
        ends_counted=bylaws.notice_counts_ends,
    )


def obstacles_to_preparing(
    body: Body, *, by: Member, at: datetime.datetime, request: Request | None = None
) -> list[Reason]:
    """`request`: what members asked for; where nobody answered it in time, the auditor may call in their place."""
    return obstacles_to_calling(body, request=request, by=by, at=at)


def is_assembly(body: Body) -> bool:
    return body.kind in (Body.Kind.ASSEMBLY, Body.Kind.CONGRESS)


def kinds_of(body: Body) -> frozenset[str]:
    """The kinds of meeting a body holds."""
    kinds = Meeting.Kind
    if is_assembly(body):
        return frozenset({kinds.ORDINARY, kinds.EXTRAORDINARY})
    if body.kind == Body.Kind.PRODUCTION_MEETING:
        return frozenset({kinds.PRODUCTION})
    if body.kind in COUNCILS:
        return frozenset({kinds.COUNCIL, kinds.PRODUCTION})
    return frozenset({kinds.COMMISSION, kinds.COMMUNITY})


COUNCILS = (
    Body.Kind.DEPARTMENT_COUNCIL,
    Body.Kind.FACTORY_COUNCIL,
    Body.Kind.ADMINISTRATIVE_COUNCIL,
    Body.Kind.COORDINATORS,
)


def obstacles_in_kind(body: Body, kind: str) -> list[Reason]:
    """An assembly meets as an assembly: called a council it would get by with a council's few days of notice."""
    return [] if kind in kinds_of(body) else [Reason("kind-not-of-this-body", {"body": body.name})]


def quorum_share(body: Body, bylaws: Bylaws) -> str:
    """Of the register, on first call. A production meeting is held with whoever comes off the line."""
    if is_assembly(body):
        return bylaws.quorum_first
    return WHOEVER_COMES if body.kind == Body.Kind.PRODUCTION_MEETING else bylaws.quorum_council


def obstacles_to_changing_agenda(meeting: Meeting, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """The agenda closes with the notice: nothing off it may be decided (practice C02)."""
    if meeting.state != State.DRAFT:
        return [Reason("agenda-closed", {"state": meeting.state})]
    return obstacles_to_preparing(meeting.body, by=by, at=at, request=meeting.request)


def obstacles_to_convening(
    meeting: Meeting, *, by: Member, at: datetime.datetime, bylaws: Bylaws, universal: bool = False
) -> list[Reason]:
    """In time, with an hour and something to decide, by somebody whose office may call this body.

    `universal`: too late, but nobody is passed over: it opens only when everybody on the register is there (Spain, Ley
    27/1999 art. 23.5). All of them sit in one room, so it has one sitting.
    """
    if meeting.state != State.DRAFT:
        return [Reason("meeting-not-draft", {"state": meeting.state})]
    reasons = obstacles_to_preparing(meeting.body, by=by, at=at, request=meeting.request)
    hours = list(meeting.sittings.order_by("starts_at").values_list("starts_at", flat=True))
    if not hours:
        reasons.append(Reason("meeting-without-sitting"))
    elif hours[0] <= at and universal:
        reasons.append(Reason("sitting-in-the-past"))
    elif universal and len(hours) > 1:
        reasons.append(Reason("universal-in-one-sitting"))
    elif not universal:
        reasons += obstacles_in_time(meeting, at=at, bylaws=bylaws)
    if not meeting.items.exists():
        reasons.append(Reason("agenda-empty"))
    return reasons + obstacles_from_requests(meeting)


def obstacles_in_time(meeting: Meeting, *, at: datetime.datetime, bylaws: Bylaws) -> list[Reason]:
    """The last lawful day for the notice is over."""
    last = last_day_for_notice(meeting, bylaws)
    if last is None or meeting.cooperative.day_of(at) <= last:
        return []
    return [Reason("notice-too-late", {"last": last.isoformat(), "days": notice_days(meeting, bylaws)})]


def obstacles_to_leading(meeting: Meeting, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Opening, attendance at the table, votes and closing belong to whoever chairs or records this body, or was named
    to for one of its sittings."""
    if may_lead(meeting, by, powers_of(by, at)):
        return []
    return [Reason("no-mandate", {"power": Power.RECORD_MINUTES.value, "body": meeting.body.name})]


def may_lead(meeting: Meeting, who: Member, powers: Powers) -> bool:
    """`powers`: all that `who` holds at that moment."""
    return powers.any_of(LEADING, meeting.body) or named_for_the_day(meeting, LEADING, who)


def obstacles_to_chairing(meeting: Meeting, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """What only the chair does: the chair of the body, or whoever was named to chair a sitting of this meeting."""
    if powers_of(by, at).has(Power.CHAIR, meeting.body) or named_for_the_day(meeting, [Power.CHAIR], by):
        return []
    return [Reason("no-mandate", {"power": Power.CHAIR.value, "body": meeting.body.name})]


def obstacles_to_recording_minutes(meeting: Meeting, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """The secretary of the body writes the record; one named for a sitting too, also when the meeting is over."""
    if powers_of(by, at).has(Power.RECORD_MINUTES, meeting.body):
        return []
    if named_for_the_day(meeting, [Power.RECORD_MINUTES], by):
        return []
    return [Reason("no-mandate", {"power": Power.RECORD_MINUTES.value, "body": meeting.body.name})]


def named_for_the_day(meeting: Meeting, powers: Sequence[Power], who: Member) -> bool:
    """Whether those present named `who` to chair or record a sitting of this meeting, and the office has not ended."""
    named = NAMED.all(meeting=meeting.pk, member=who.pk)
    return not set(powers).isdisjoint(named)


def present_voters(meeting: Meeting) -> int:
    """People in the hall who are on the register."""
    return Attendance.objects.filter(meeting=meeting, votes=True, left_at=None).count()


def present_at(sitting: Sitting) -> int:
    """People on the register who are in at this sitting now. Who sits in another sitting does not count here."""
    return PRESENT.first(sitting=sitting.pk) or 0


def second_call_of(meeting: Meeting) -> SecondCall:
    """As it was copied into the notice."""
    return SecondCall(
        meeting.second_call_rule,
        Fraction(meeting.second_call_share),
        meeting.second_call_number or 1,
        datetime.timedelta(minutes=meeting.second_call_minutes or 0),
    )


def quorum_of(sitting: Sitting, at: datetime.datetime) -> Quorum:
    """The quorum clock of a sitting of a convened meeting. Before the register is drawn its size is 0.

    Of several sittings each is judged alone, by its own hour and its own people, against the whole register: a full
    night sitting lends nobody to the morning. Each may open on second call.
    """
    meeting = sitting.meeting
    return quorum(
        register=meeting.register.people if meeting.register else 0,
        present=present_at(sitting),
        share=meeting.quorum_fraction,
        second=second_call_of(meeting),
        starts_at=sitting.starts_at,
        at=at,
    )


def fewest_for(meeting: Meeting) -> int:
    """How many suffice in the end: on second call, or on first where there is no second."""
    register = meeting.register.people if meeting.register else 0
    second = second_call_of(meeting)
    if second.rule == NO_SECOND_CALL:
        return first_call(register, meeting.quorum_fraction)
    return second.needed(register)


def awaited(sitting: Sitting, at: datetime.datetime) -> bool:
    """Neither opened nor given up, and its hour of second call is still ahead."""
    wait = datetime.timedelta(minutes=sitting.meeting.second_call_minutes or 0)
    second_call_at = sitting.starts_at + wait
    return sitting.opened_at is None and sitting.closed_at is None and at < second_call_at


def obstacles_to_opening_sitting(sitting: Sitting, *, by: Member, at: datetime.datetime) -> list[Reason]:
    meeting = sitting.meeting
    if meeting.state not in (State.CONVENED, State.IN_SESSION):
        return [Reason("meeting-not-convened", {"state": meeting.state})]
    if sitting.opened_at is not None:
        return [Reason("sitting-opened-already")]
    if sitting.closed_at is not None:
        return [Reason("sitting-closed-already")]
    reasons = obstacles_to_leading(meeting, by=by, at=at)
    clock = quorum_of(sitting, at)
    if meeting.universal and clock.present < clock.register:
        reasons.append(Reason("universal-not-everybody", {"missing": clock.register - clock.present}))
    if clock.call == 0:
        reasons.append(Reason("before-the-hour", {"hour": sitting.starts_at.isoformat()}))
    elif not clock.reached:
        reasons.append(
            Reason("no-quorum", {"present": clock.present, "needed": clock.needed, "call": clock.call})
        )
    return reasons


def obstacles_to_closing_sitting(sitting: Sitting, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """An open one ends when its part of every vote is finished; one that was not opened by the hour of its second call
    may be given up."""
    meeting = sitting.meeting
    if meeting.state not in (State.CONVENED, State.IN_SESSION):
        return [Reason("meeting-not-convened", {"state": meeting.state})]
    if sitting.closed_at is not None:
        return [Reason("sitting-closed-already")]
    reasons = obstacles_to_leading(meeting, by=by, at=at)
    if sitting.opened_at is not None:
        reasons += obstacles_in_parts(sitting)
    if awaited(sitting, at):
        reasons.append(Reason("sitting-still-to-come"))
    return reasons


def _votes_under_way(meeting: Meeting) -> list[Reason]:
    running = meeting.items.filter(decision__ballot__state=Ballot.State.OPEN)
    return [Reason("vote-under-way-on", {"item": item.place}) for item in running]


def obstacles_to_check_in(
    meeting: Meeting, member: Member, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Everybody checks in for themselves, or whoever keeps the table does it by number; once per meeting.

    Nobody comes in before the register is drawn and final: whether they vote is written down at the door and stays.
    """
    reasons = obstacles_at_the_door(meeting, member, by=by, at=at)
    if [reason.code for reason in reasons] in (["meeting-not-convened"], ["doors-closed"]):
        return reasons
    came = CAME.first(meeting=meeting.pk, member=member.pk)
    if came is not None and came.left_at is None:
        reasons.append(Reason("checked-in-already", {"name": member.name}))
    return reasons


def obstacles_at_the_door(
    meeting: Meeting, member: Member, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Of somebody who is not in."""
    if meeting.state not in (State.CONVENED, State.IN_SESSION):
        return [Reason("meeting-not-convened", {"state": meeting.state})]
    sitting = sitting_at_the_door(meeting, at)
    if sitting is None:
        return [Reason("doors-closed")]
    reasons = [] if by.pk == member.pk else obstacles_to_leading(meeting, by=by, at=at)
    if register_to_come(meeting, at):
        reasons.append(Reason("register-not-drawn", {"day": str(meeting.register_closes_on)}))
    elif meeting.register is not None:
        reasons += obstacles_to_final(meeting.register, at)
    if not may_enter(member, meeting.cooperative.day_of(at)):
        reasons.append(Reason("not-in-the-register", {"name": member.name}))
    return reasons


def register_to_come(meeting: Meeting, at: datetime.datetime) -> bool:
    """The closing day of the register is not over yet. Once it is, whoever comes first has it drawn."""
    if meeting.register_id is not None:
        return False
    closes_on = meeting.register_closes_on
    return closes_on is None or meeting.cooperative.day_of(at) <= closes_on


def sitting_at_the_door(meeting: Meeting, at: datetime.datetime) -> Sitting | None:
    """The sitting somebody who comes now comes to: the one that is open, the latest opened if there are several; else
    the next whose doors are open, before one whose second call has passed in vain."""
    sittings = list(meeting.sittings.all())
    for sitting in sittings:
        sitting.meeting = meeting
    opened = [sitting for sitting in sittings if sitting.is_open]
    if opened:
        return max(opened, key=lambda one: (one.opened_at, one.number))
    waiting = [
        one
        for one in sittings
        if one.opened_at is None and one.closed_at is None and at >= one.starts_at - DOORS_OPEN
    ]
    return next((one for one in waiting if awaited(one, at)), waiting[-1] if waiting else None)


def obstacles_to_naming_signers(
    meeting: Meeting, members: Sequence[Member], *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Two different members who are there (practice C02: the first item of every assembly)."""
    reasons = obstacles_to_leading(meeting, by=by, at=at)
    if meeting.state != State.IN_SESSION:
        reasons.append(Reason("no-open-sitting"))
    if len({member.pk for member in members}) != 2:
        reasons.append(Reason("two-signers-wanted"))
    there = set(Attendance.objects.filter(meeting=meeting, votes=True).values_list("member_id", flat=True))
    reasons += [Reason("not-checked-in-person", {"name": m.name}) for m in members if m.pk not in there]
    if meeting.signers.exists():
        reasons.append(Reason("signers-named-already"))
    return reasons


def obstacles_to_writing_note(
    item: AgendaItem, *, sitting: Sitting | None = None, revision: int, by: Member, at: datetime.datetime
) -> list[Reason]:
    """`sitting`: the account of that sitting; none: of the item as a whole. `revision`: on the writer's screen."""
    reasons = obstacles_to_recording_minutes(item.meeting, by=by, at=at)
    if item.meeting.state not in (State.IN_SESSION, State.CLOSED):
        reasons.append(Reason("minutes-not-yet", {"state": item.meeting.state}))
    if Minutes.objects.filter(meeting=item.meeting).exists():
        reasons.append(Reason("minutes-closed"))
    note = item.note_of(sitting)
    if (note.revision if note else 0) != revision:
        reasons.append(Reason("changed-meanwhile"))
    return reasons


def found_no_quorum(meeting: Meeting) -> bool:
    """Convened, and every sitting was given up: the meeting ends without having begun, and its items wait again."""
    sittings = list(meeting.sittings.all())
    return (
        meeting.state == State.CONVENED
        and bool(sittings)
        and all(one.opened_at is None and one.closed_at is not None for one in sittings)
    )


def obstacles_to_closing_meeting(meeting: Meeting, *, by: Member, at: datetime.datetime) -> list[Reason]:
    if meeting.state != State.IN_SESSION and not found_no_quorum(meeting):
        return [Reason("meeting-not-in-session", {"state": meeting.state})]
    reasons = obstacles_to_leading(meeting, by=by, at=at) + _votes_under_way(meeting)
    if any(awaited(sitting, at) for sitting in meeting.sittings.select_related("meeting")):
        reasons.append(Reason("sitting-still-to-come"))
    return reasons


def obstacles_to_closing_minutes(meeting: Meeting, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """The record is whole: meeting over, every vote settled, two signers named when the agenda asks for them."""
    if Minutes.objects.filter(meeting=meeting).exists():
        return [Reason("minutes-closed")]
    reasons = obstacles_to_recording_minutes(meeting, by=by, at=at)
    if meeting.state != State.CLOSED:
        reasons.append(Reason("meeting-not-closed", {"state": meeting.state}))
    pending = meeting.items.filter(decision__outcome="pending")
    reasons += [Reason("decision-not-settled", {"item": item.place}) for item in pending]
    wants_signers = meeting.items.filter(kind=AgendaItem.Kind.SIGNERS).exists()
    if wants_signers and not meeting.signers.exists():
        reasons.append(Reason("no-signers"))
    return reasons


def obstacles_to_cancelling(meeting: Meeting, *, by: Member, at: datetime.datetime) -> list[Reason]:
    if meeting.state not in (State.DRAFT, State.CONVENED):
        return [Reason("meeting-not-convened", {"state": meeting.state})]
    return obstacles_to_preparing(meeting.body, by=by, at=at, request=meeting.request)


def obstacles_in_cancelling(meeting: Meeting, because: str) -> list[Reason]:
    """Whoever was called reads why they need not come; a draft was nobody's news."""
    silent = meeting.state == State.CONVENED and not because.strip()
    return [Reason("cancelled-without-reason")] if silent else []
