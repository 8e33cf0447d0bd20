"""The head of the minutes: what kind of meeting, where, called by whom, who came, who led, and when it rested."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.asked_often import Often, given
from coop.members.models import Deputy, Mandate, Member, Power

from .literal import literal
from .models import Attendance, Meeting, Pause, Sitting, SittingOffice
from .rules.sittings import fewest_for


def moment(meeting: Meeting, when: datetime.datetime | None, form: str = "DATETIME_FORMAT") -> str:
    """A moment as the clock of the plant shows it; nothing for none."""
    return date_format(when.astimezone(meeting.cooperative.zone), form) if when else ""


def head(meeting: Meeting) -> list[str]:
    cooperative = meeting.cooperative
    return [
        "# " + _("Minutes %(label)s") % {"label": literal(meeting.label)},
        f"**{literal(meeting.title)}**",
        literal(", ".join(part for part in (cooperative.legal_name, cooperative.town) if part)),
        _("%(body)s, %(kind)s, held at: %(place)s. Called by %(name)s; the notice was posted on %(when)s.")
        % {
            "kind": meeting.get_kind_display(),
            "body": literal(meeting.body.name),
            "name": literal(meeting.convened_by.name if meeting.convened_by else "—"),
            "when": moment(meeting, meeting.convened_at),
            "place": literal(meeting.place),
        },
        _late(meeting),
    ]


def _late(meeting: Meeting) -> str:
    if not meeting.universal:
        return ""
    if any(sitting.opened_at is not None for sitting in meeting.sittings.all()):
        return _("The notice was late; everybody on the register was there and agreed to meet.")
    return _("The notice was late; it could open only with everybody on the register, and was not opened.")


def _sittings(meeting: Meeting) -> str:
    """Each with the hour it was called for, when it began and ended, and what it went on from."""
    counted = Count("attendances", filter=Q(attendances__votes=True))
    sittings = meeting.sittings.select_related("continues").annotate(came=counted).order_by("number")
    return "\n".join(f"- {' '.join(_sitting(meeting, one, one.came))}" for one in sittings)


def _sitting(meeting: Meeting, sitting: Sitting, came: int) -> Iterator[str]:
    named = sitting.for_whom.rstrip(".")
    whom = f" ({literal(named)})" if named else ""
    yield _("Sitting %(number)s, called for %(when)s.") % {
        "number": f"{sitting.number}{whom}",
        "when": moment(meeting, sitting.starts_at),
    }
    if sitting.place and sitting.place != meeting.place:
        yield _("Held at: %(place)s.") % {"place": literal(sitting.place)}
    if sitting.continues is not None:
        words = _("It went on from sitting %(number)s, which was adjourned: %(because)s.")
        yield words % {"number": sitting.continues.number, "because": literal(sitting.because.rstrip("."))}
    if sitting.opened_at is None:
        yield _not_held(meeting, sitting, came)
        return
    yield _("Opened at %(when)s on %(call)s with %(present)s present.") % {
        "when": moment(meeting, sitting.opened_at, "TIME_FORMAT"),
        "call": _("first call") if sitting.opened_on_call == 1 else _("second call"),
        "present": sitting.present_at_opening,
    }
    if sitting.closed_at is not None:
        yield _("It ended at %(when)s.") % {"when": moment(meeting, sitting.closed_at, "TIME_FORMAT")}


def _not_held(meeting: Meeting, sitting: Sitting, came: int) -> str:
    """Whether for want of a quorum is said only when fewer had come than second call asks for."""
    if sitting.closed_at is None and meeting.closed_at is None:
        return _("It has not been opened yet.")
    needed = fewest_for(meeting)
    if came >= needed:
        return _("It was not held; %(came)s with a vote had come.") % {"came": came}
    words = _("It was not held: no quorum. %(came)s with a vote had come, %(needed)s were needed.")
    return words % {"came": came, "needed": needed}


def present(meeting: Meeting) -> list[str]:
    attendances = list(meeting.attendances.select_related("member").order_by("member__number"))
    voting = sum(one.votes for one in attendances)
    register = meeting.register.people if meeting.register else 0
    lines = [
        "## " + _("Attendance"),
        _sittings(meeting),
        ngettext(
            "%(count)s member with a vote came, of %(register)s on the register.",
            "%(count)s members with a vote came, of %(register)s on the register.",
            voting,
        )
        % {"count": voting, "register": register},
        _("Nobody was represented by another; each had one vote."),
    ]
    voices = [one.member.name for one in attendances if not one.votes]
    if voices:
        lines.append(_("With a voice and no vote: %(names)s.") % {"names": literal(", ".join(voices))})
    offices = list(dict.fromkeys((f"{one.title}, {one.body}", _named(one)) for one in leaders(meeting)))
    told = [f"- {literal(title)}: {name}" for title, name in offices] + _for_the_day(meeting)
    return [*lines, "\n".join(told), "\n".join(_pauses(meeting))]


def _named(one: Leader) -> str:
    """Who held the powers of the office in that moment; of a deputy, for whom."""
    if one.stands_in_for is None:
        return literal(one.member.name)
    words = _("%(name)s, who stood in for %(holder)s")
    return words % {"name": literal(one.member.name), "holder": literal(one.stands_in_for.name)}


def _for_the_day(meeting: Meeting) -> list[str]:
    """Chair and secretary that those present named for a sitting."""
    named = SittingOffice.objects.filter(sitting__meeting=meeting).select_related("sitting", "member")
    words = {
        Power.CHAIR.value: _("Sitting %(number)s chaired by %(name)s, whom those present named for it."),
        Power.RECORD_MINUTES.value: _(
            "Sitting %(number)s recorded by %(name)s, whom those present named for it."
        ),
    }
    return [
        "- " + words[one.power] % {"number": one.sitting.number, "name": literal(one.member.name)}
        for one in named
    ]


def _pauses(meeting: Meeting) -> list[str]:
    rested = Pause.objects.filter(sitting__meeting=meeting, until__isnull=False).select_related("sitting")
    words = _("Sitting %(number)s rested from %(since)s to %(until)s: %(because)s.")
    return [
        "- "
        + words
        % {
            "number": one.sitting.number,
            "since": moment(meeting, one.since, "TIME_FORMAT"),
            "until": moment(meeting, one.until, "TIME_FORMAT"),
            "because": literal(one.because.rstrip(".")),
        }
        for one in rested
    ]


@dataclass(frozen=True)
class Leader:
    """Somebody who was there with an office that chairs or records this body, or audits."""

    power: str
    title: str
    body: str
    member: Member
    stands_in_for: Member | None = None


LEADING = (Power.CHAIR, Power.RECORD_MINUTES, Power.AUDIT)


def leaders(meeting: Meeting) -> list[Leader]:
    """Who led, by power and office: for the text and for the lines they sign on.

    The same mandates as in members/powers.py: over this body or everywhere, never of an alternate; as they stood when
    the meeting was closed, or while it lasts when its latest sitting was opened. Who stood in for somebody then led.
    """
    until = meeting.closed_at or _latest_opening(meeting)
    if until is None:
        return []
    rows: list[Any] = LED.all(
        until=until, body=meeting.body_id, cooperative=meeting.cooperative_id, meeting=meeting.pk
    )
    away = [row.acts for row in rows if row.acts != row.member_id]
    deputies = Member.objects.in_bulk(away) if away else {}
    return [
        Leader(
            row.power,
            row.seat.office.title,
            row.seat.office.body.name,
            deputies.get(row.acts, row.member),
            row.member if row.acts in deputies else None,
        )
        for row in rows
    ]


def _latest_opening(meeting: Meeting) -> datetime.datetime | None:
    opened = [sitting.opened_at for sitting in meeting.sittings.all() if sitting.opened_at is not None]
    return max(opened, default=meeting.convened_at)


STOOD_IN = Deputy.objects.filter(
    Deputy.in_force(given("until")), Mandate.in_force(given("until"), "through__"), mandate=OuterRef("pk")
)
LED = Often(
    lambda: (
        Mandate.objects.annotate(
            acts=Coalesce(
                Subquery(STOOD_IN.values("through__member")[:1]),
                F("member_id"),
                output_field=BigIntegerField(),
            )
        )
        .filter(
            Mandate.in_force(given("until")),
            Q(seat__office__powers__body_id=given("body")) | Q(seat__office__powers__body=None),
            seat__office__powers__power__in=LEADING,
            seat__office__body__cooperative_id=given("cooperative"),
            seat__alternate=False,
            acts__in=Attendance.objects.filter(meeting_id=given("meeting")).values("member"),
        )
        .order_by("seat__office__body__code", "seat__office__title", "member__number")
        .annotate(power=F("seat__office__powers__power"))
        .select_related("seat__office__body", "member")
    )
)


def chair(meeting: Meeting) -> Member | None:
    """Who chaired: the one among the leaders who may; nobody when that is not clear."""
    chairing = {one.member for one in leaders(meeting) if one.power == Power.CHAIR}
    return chairing.pop() if len(chairing) == 1 else None
