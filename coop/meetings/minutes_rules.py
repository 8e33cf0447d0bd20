"""What stands in the way of objecting to minutes, answering, signing, approving and sealing them, and what follows."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coop.asked_often import Often, given
from coop.charter.models import Bylaws
from coop.members.electorate import obstacles_to_voting
from coop.members.models import Body, Member, Power
from coop.members.powers import Powers, obstacles_without, powers_of
from coop.refusals import Reason

from .minutes_head import leaders
from .models import (
    AgendaItem,
    Meeting,
    Minutes,
    MinutesApproval,
    MinutesEntry,
    MinutesSignature,
    SealedMinutes,
    Signer,
    SittingOffice,
)
from .rules.leading import obstacles_to_leading, obstacles_to_recording_minutes

Kind, Role = MinutesEntry.Kind, MinutesSignature.Role
AFTERWARDS = (Kind.COPIED, Kind.SENT, Kind.CHALLENGE)
READS_CLOSED = (Power.CHAIR, Power.RECORD_MINUTES, Power.AUDIT)
LAST_NUMBER = 100_000  # of a book


def bylaws_of(minutes: Minutes) -> Bylaws:
    """The bylaws of the day on which the minutes were circulated: no later change moves their clocks."""
    cooperative = minutes.meeting.cooperative
    return Bylaws.in_force(cooperative, cooperative.day_of(minutes.closed_at))


def dissent_until(minutes: Minutes, bylaws: Bylaws) -> datetime.datetime:
    """How long opposition to what was decided can be written in, counted from the day the minutes could be read."""
    return minutes.closed_at + datetime.timedelta(hours=bylaws.written_opposition_hours)


def belongs(
    body: Body,
    member: Member,
    *,
    at: datetime.datetime,
    bylaws: Bylaws,
    audit: bool = True,
    held: Powers | None = None,
) -> bool:
    """Whether somebody reads the closed parts: who votes in the body, leads or records it, or audits.

    Without `audit`: whether they read them even if they did not audit. `held`: their powers, where they are known.
    """
    powers = READS_CLOSED if audit else (Power.CHAIR, Power.RECORD_MINUTES)
    if (powers_of(member, at) if held is None else held).any_of(powers, body):
        return True
    return not obstacles_to_voting(member, body, body.cooperative.day_of(at), bylaws)


def is_sealed(minutes: Minutes) -> bool:
    return SealedMinutes.objects.filter(minutes=minutes).exists()


def obstacles_to_speaking_up(
    minutes: Minutes, kind: str, *, by: Member, at: datetime.datetime, bylaws: Bylaws
) -> list[Reason]:
    """An objection or a dissent: by those who were there, in their time, before the seal."""
    reasons = []
    if not minutes.meeting.attendances.filter(member=by).exists():
        reasons.append(Reason("was-not-there"))
    until = dissent_until(minutes, bylaws) if kind == Kind.DISSENT else minutes.objections_until
    if at > until:
        reasons.append(Reason("time-for-entries-over", {"hour": until.isoformat()}))
    if is_sealed(minutes):
        reasons.append(Reason("minutes-sealed"))
    return reasons


def may_speak_up(minutes: Minutes, *, was_there: bool, at: datetime.datetime, bylaws: Bylaws) -> set[str]:
    """Of what somebody can say to minutes that are not sealed: whatever nothing stands in the way of
    (`obstacles_to_speaking_up`). It asks nothing."""
    ends = {Kind.OBJECTION: minutes.objections_until, Kind.DISSENT: dissent_until(minutes, bylaws)}
    return {str(kind) for kind, until in ends.items() if was_there and at <= until}


def obstacles_to_finding(entry: MinutesEntry, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """The electoral commission judges an objection; nobody judges their own, or their own text."""
    minutes = entry.minutes
    reasons = obstacles_without(Power.RUN_ELECTIONS, by=by, at=at, body=minutes.meeting.body)
    if entry.kind != Kind.OBJECTION:
        reasons.append(Reason("no-objection"))
    if by.pk in (entry.by_id, minutes.closed_by_id):
        reasons.append(Reason("judges-own-matter"))
    if MinutesEntry.objects.filter(answers=entry).exists():
        reasons.append(Reason("answered-already"))
    return reasons


def obstacles_to_correcting(minutes: Minutes, *, by: Member, at: datetime.datetime) -> list[Reason]:
    return obstacles_to_recording_minutes(minutes.meeting, by=by, at=at)


def obstacles_to_entering_afterwards(
    minutes: Minutes, happened_on: datetime.date, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Copied, sent, challenged: only what is sealed, on a day between the seal and today."""
    reasons = obstacles_to_recording_minutes(minutes.meeting, by=by, at=at)
    sealed = SealedMinutes.objects.filter(minutes=minutes).first()
    if sealed is None:
        return [*reasons, Reason("minutes-not-sealed")]
    cooperative = minutes.meeting.cooperative
    first = cooperative.day_of(sealed.sealed_at)
    if not first <= happened_on <= cooperative.day_of(at):
        reasons.append(
            Reason(
                "day-not-between", {"since": first.isoformat(), "last": cooperative.day_of(at).isoformat()}
            )
        )
    return reasons


# --- Signing ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """One line to sign on: any of `people` fills it, once."""

    role: str
    people: tuple[Member, ...]
    sittings: tuple[int, ...] = ()

    def signed(self, signatures: Iterable[MinutesSignature]) -> MinutesSignature | None:
        wanted = {one.pk for one in self.people}
        return next((one for one in signatures if one.role == self.role and one.member_id in wanted), None)


NAMED = Often(
    lambda: (
        SittingOffice.objects.filter(sitting__meeting_id=given("meeting"))
        .select_related("member")
        .order_by("pk")
    ),
    told=True,
)
CHOSEN = Often(lambda: Signer.objects.filter(meeting_id=given("meeting")).select_related("member"), told=True)


def lines_of(minutes: Minutes, *, any_named: bool = True, any_chosen: bool = True) -> list[Line]:
    """Who signs: for each sitting that was held whoever chaired and recorded it, and the members chosen to sign.

    Those named for the day stand in for the elected; where nobody who may was there, the secretary is whoever
    circulated the text, and there is no line for a chair. Whether anybody was named or chosen: where that is known.
    """
    meeting = minutes.meeting
    elected = leaders(meeting)
    named: dict[tuple[int, str], list[Member]] = {}
    for office in NAMED.all(meeting=meeting.pk) if any_named else ():
        named.setdefault((office.sitting_id, office.power), []).append(office.member)
    lines: dict[tuple[str, tuple[Member, ...]], list[int]] = {}
    for sitting in meeting.sittings.all():
        if sitting.opened_at is None:
            continue
        for power, role in ((Power.CHAIR, Role.CHAIR), (Power.RECORD_MINUTES, Role.SECRETARY)):
            people = named.get((sitting.pk, power)) or [one.member for one in elected if one.power == power]
            if role == Role.SECRETARY and not people:
                people = [minutes.closed_by]
            if people:
                lines.setdefault((role, tuple(dict.fromkeys(people))), []).append(sitting.number)
    if not any(role == Role.SECRETARY for role, _people in lines):  # no sitting was held
        lines[Role.SECRETARY, (minutes.closed_by,)] = []
    found = [Line(role, people, tuple(numbers)) for (role, people), numbers in lines.items()]
    found.sort(key=lambda line: line.role != Role.CHAIR)
    chosen = CHOSEN.all(meeting=meeting.pk) if any_chosen else ()
    return found + [Line(Role.SIGNER, (signer.member,)) for signer in chosen]


def lines_for(minutes: Minutes, member: Member) -> list[Line]:
    """The lines somebody can still fill."""
    return open_to(member, lines_of(minutes), list(MinutesSignature.objects.filter(minutes=minutes)))


def open_to(member: Member, lines: Iterable[Line], signatures: Sequence[MinutesSignature]) -> list[Line]:
    """Of these lines those that somebody can still fill."""
    mine = {one.role for one in signatures if one.member_id == member.pk}
    return [
        line
        for line in lines
        if member in line.people and line.signed(signatures) is None and line.role not in mine
    ]


def obstacles_to_signing(
    minutes: Minutes, lines: Sequence[Line], *, text_hash: str, by: Member, at: datetime.datetime
) -> list[Reason]:
    """`text_hash`: of the text somebody has before them. `lines`: those that are theirs (`lines_for`)."""
    reasons = []
    if is_sealed(minutes):
        reasons.append(Reason("minutes-sealed"))
    if text_hash != minutes.hash:
        reasons.append(Reason("another-text"))
    if not lines:
        reasons.append(Reason("no-line-to-sign"))
    return reasons


# --- Approving and sealing -------------------------------------------------------------------------------


def obstacles_to_approving(item: AgendaItem, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """A later meeting votes on earlier minutes, while it is in session, once."""
    reasons = obstacles_to_leading(item.meeting, by=by, at=at)
    if item.meeting.state != Meeting.State.IN_SESSION:
        reasons.append(Reason("meeting-not-in-session", {"state": item.meeting.state}))
    if item.minutes is None:
        reasons.append(Reason("no-minutes-on-this-item"))
    elif is_sealed(item.minutes):
        reasons.append(Reason("minutes-sealed"))
    elif item.minutes.meeting.body_id != item.meeting.body_id:
        reasons.append(Reason("minutes-of-another-body"))
    if MinutesApproval.objects.filter(item=item).exists():
        reasons.append(Reason("approved-already"))
    return reasons


def carried_on(minutes: Minutes) -> AgendaItem | None:
    """The item of a later meeting on which these minutes were approved."""
    found = AgendaItem.objects.filter(minutes=minutes, approval__carried=True).order_by(
        "-approval__entered_at"
    )
    return found.select_related("meeting__body").first()


def by_vote(bylaws: Bylaws) -> bool:
    return bylaws.minutes_approved_by == "vote"


def number_before(body: Body) -> int | None:
    """The last number in the book of minutes of the body; None when nothing of it has been sealed here yet."""
    return (
        SealedMinutes.objects.filter(body=body).order_by("-number").values_list("number", flat=True).first()
    )


def obstacles_to_sealing(
    minutes: Minutes, *, first: int | None, by: Member, at: datetime.datetime, bylaws: Bylaws
) -> list[Reason]:
    """`first`: the number with which the book goes on, for the first minutes of a body that are sealed here."""
    reasons = obstacles_to_recording_minutes(minutes.meeting, by=by, at=at)
    if is_sealed(minutes):
        return [*reasons, Reason("minutes-sealed")]
    if at <= minutes.objections_until:
        reasons.append(Reason("objections-still-open", {"hour": minutes.objections_until.isoformat()}))
    waiting = minutes.entries.filter(kind=Kind.OBJECTION, finding=None)
    reasons += [Reason("objection-not-answered", {"number": entry.number}) for entry in waiting]
    if by_vote(bylaws):
        if carried_on(minutes) is None:
            reasons.append(Reason("not-approved-by-vote"))
    else:
        signatures = list(minutes.signatures.all())
        missing = [line for line in lines_of(minutes) if line.signed(signatures) is None]
        reasons += [
            Reason(
                "signature-missing", {"role": line.role, "names": ", ".join(one.name for one in line.people)}
            )
            for line in missing
        ]
    if number_before(minutes.meeting.body) is None and first is not None and not 1 <= first <= LAST_NUMBER:
        reasons.append(Reason("book-number-out-of-range", {"most": LAST_NUMBER}))
    return reasons
