"""The days of the law around a meeting, and the quorum, in words."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from coop.charter.models import Bylaws
from coop.meetings.calendar import register_closing_day
from coop.meetings.models import Meeting, Sitting
from coop.meetings.quorum import NO_SECOND_CALL, Quorum, SecondCall, first_call
from coop.meetings.rules.calling import last_day_for_notice, notice_days, quorum_share
from coop.meetings.rules.door import sitting_at_the_door
from coop.meetings.rules.sittings import quorum_of
from coop.members.models import Body

from .access import Here


@dataclass(frozen=True)
class Step:
    """For shared/steps.html."""

    label: str
    state: str
    when: str


def steps(meeting: Meeting, here: Here, *, minutes_closed: bool = False) -> list[Step]:
    """Notice, register, sittings, minutes: what is done, what comes next."""
    found: list[Step] = []
    if meeting.convened_at is not None:
        found.append(Step(_("Notice posted"), "done", _day(here, meeting.convened_at)))
    elif last := last_day_for_notice(meeting, here.bylaws):
        when = f"{say_day(last)} ({say_distance(here.day, last)})"
        found.append(Step(_("Notice, at the latest"), "now", when))
    if closes_on := meeting.register_closes_on or register_closes_on(meeting, here.bylaws):
        done = meeting.convened_at is not None and here.day > closes_on
        found.append(Step(_("Register of voters closes"), "done" if done else "next", say_day(closes_on)))
    sittings = list(meeting.sittings.all())
    for sitting in sittings:
        label = (
            _("Sitting %(number)s") % {"number": sitting.number} if len(sittings) > 1 else _("The meeting")
        )
        state = "now" if sitting.is_open else "next" if sitting.opened_at is None else "done"
        found.append(Step(label, state, _moment(here, sitting.starts_at)))
    state = "done" if minutes_closed else "now" if meeting.state == Meeting.State.CLOSED else "next"
    found.append(Step(_("Minutes closed and signed"), state, ""))
    if meeting.state == Meeting.State.CANCELLED:
        return [step for step in found if step.state == "done"]
    return found


def register_closes_on(meeting: Meeting, bylaws: Bylaws) -> datetime.date | None:
    """As announced; for a draft, as it would be."""
    if meeting.register_closes_on is not None:
        return meeting.register_closes_on
    first = min((sitting.starts_at for sitting in meeting.sittings.all()), default=None)
    if first is None:
        return None
    return register_closing_day(meeting.cooperative.day_of(first), days_before=bylaws.register_closing_days)


def say_day(day: datetime.date) -> str:
    """Saturday 28 November 2026."""
    return date_format(day, pgettext("date line; Django date format", "l j F Y"))


def say_end(local: datetime.datetime) -> str:
    """Day and hour at which something ends, in the zone it is told in. Midnight ends the day before it: nobody reads
    00:00 right."""
    if local.time() != datetime.time():
        return date_format(local, "DATETIME_FORMAT")
    return _("%(day)s, midnight") % {"day": date_format(local - datetime.timedelta(days=1), "DATE_FORMAT")}


def say_hour(here: Here, moment: datetime.datetime) -> str:
    """18:00 for today, otherwise the day before it."""
    local = moment.astimezone(here.cooperative.zone)
    hour = date_format(local, "TIME_FORMAT")
    return hour if local.date() == here.day else f"{say_day(local.date())}, {hour}"


def say_last_hour(here: Here, moment: datetime.datetime) -> str:
    """As `say_hour`, but midnight ends the day before it: nobody reads 00:00 right."""
    local = moment.astimezone(here.cooperative.zone)
    if local.time() != datetime.time():
        return say_hour(here, moment)
    day = local.date() - datetime.timedelta(days=1)
    return _("midnight") if day == here.day else _("%(day)s, midnight") % {"day": say_day(day)}


def say_distance(today: datetime.date, day: datetime.date) -> str:
    """How far away a day is, as people say it."""
    days = (day - today).days
    if days in (-1, 0, 1):
        return {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}[days]
    if days > 0:
        return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}
    return ngettext("%(days)s day ago", "%(days)s days ago", -days) % {"days": -days}


def _day(here: Here, moment: datetime.datetime) -> str:
    return say_day(here.cooperative.day_of(moment))


def _moment(here: Here, moment: datetime.datetime) -> str:
    local = moment.astimezone(here.cooperative.zone)
    return f"{say_day(local.date())}, {date_format(local, 'TIME_FORMAT')}"


# --- The quorum in words --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class QuorumRules:
    share: str
    second: SecondCall


def quorum_rules(meeting: Meeting, bylaws: Bylaws) -> QuorumRules:
    """As copied into the notice; for a draft, as the bylaws stand today."""
    if meeting.convened_at is not None:
        return rules_of_the_notice(meeting)
    rule = bylaws.quorum_second_rule if meeting.body.kind == Body.Kind.ASSEMBLY else NO_SECOND_CALL
    share, number = bylaws.quorum_second_share, bylaws.quorum_second_number
    first = quorum_share(meeting.body, bylaws)
    return _rules(first, rule, share, number, bylaws.quorum_second_wait_minutes)


def rules_of_the_notice(meeting: Meeting) -> QuorumRules:
    """Of a meeting that was announced."""
    share, number = meeting.second_call_share, meeting.second_call_number
    return _rules(meeting.quorum_share, meeting.second_call_rule, share, number, meeting.second_call_minutes)


def _rules(first: str, rule: str, share: str, number: int | None, wait: int | None) -> QuorumRules:
    second = SecondCall(rule, Fraction(share), number or 1, datetime.timedelta(minutes=wait or 0))
    return QuorumRules(first, second)


def say_first_call(rules: QuorumRules, size: int | None) -> str:
    """How many must be there at the hour. `size`: of the register, once it is drawn."""
    share = Fraction(rules.share)
    if not share:
        return _("whoever is there")
    part = {
        Fraction(1, 2): _("more than half of the register"),
        Fraction(2, 3): _("more than two thirds of the register"),
        Fraction(3, 4): _("more than three quarters of the register"),
    }.get(share, _("more than %(share)s of the register") % {"share": rules.share})
    if size is None:
        return part
    return _("%(part)s: %(count)s of %(size)s") % {
        "part": part,
        "count": first_call(size, share),
        "size": size,
    }


def say_second_call(rules: QuorumRules, size: int | None) -> str:
    """How many suffice once the wait is over."""
    second = rules.second
    number = ngettext("%(count)s member", "%(count)s members", second.number) % {"count": second.number}
    percent = _("%(percent)s%% of the register") % {"percent": f"{float(second.share) * 100:g}"}
    words = {
        NO_SECOND_CALL: _("there is no second call"),
        "present": _("whoever is there"),
        "share": percent,
        "number": number,
        "lower": _("%(share)s or %(number)s, whichever is lower") % {"share": percent, "number": number},
    }[second.rule]
    if size is None or second.rule in ("present", NO_SECOND_CALL):
        return words
    return _("%(part)s: %(count)s of %(size)s") % {"part": words, "count": second.needed(size), "size": size}


def say_quorum(clock: Quorum, sitting: Sitting, here: Here) -> str:
    """What the hall is waiting for, in one sentence."""
    if sitting.opened_at is not None:
        opened = date_format(sitting.opened_at.astimezone(here.cooperative.zone), "TIME_FORMAT")
        call = _("first call") if sitting.opened_on_call == 1 else _("second call")
        return _("Opened at %(hour)s on %(call)s.") % {"hour": opened, "call": call}
    if clock.call and clock.reached:
        return _("The quorum is there; the chair may open.")
    more = ngettext("%(count)s more needed", "%(count)s more needed", clock.missing) % {
        "count": clock.missing
    }
    if clock.call == 2:
        return _("%(more)s, although it is second call.") % {"more": more}
    second = date_format(clock.second_call_at.astimezone(here.cooperative.zone), "TIME_FORMAT")
    if clock.missing == 0:
        hour = date_format(sitting.starts_at.astimezone(here.cooperative.zone), "TIME_FORMAT")
        return _("Enough people are here. It begins at %(hour)s.") % {"hour": hour}
    if sitting.meeting.second_call_rule == NO_SECOND_CALL:
        return _("%(more)s. There is no second call.") % {"more": more}
    return _("%(more)s for first call. Second call is at %(hour)s.") % {"more": more, "hour": second}


@dataclass(frozen=True)
class Clock:
    """The clock on the wall: one sitting, how many are in, and a sentence. Before the register is drawn: no figures."""

    sitting: Sitting
    quorum: Quorum
    sentence: str

    @property
    def known(self) -> bool:
        return self.quorum.register > 0


def clock(meeting: Meeting, here: Here) -> Clock | None:
    """Of the sitting whose door is open, else of the next, else of the last."""
    sittings = list(meeting.sittings.all())
    if not sittings or meeting.convened_at is None:
        return None
    waiting = (one for one in sittings if one.closed_at is None)
    sitting = sitting_at_the_door(meeting, here.at) or next(waiting, sittings[-1])
    sitting.meeting = meeting
    # Once it is open the mark stays where it was for that call: the hour of the other changes nothing any more.
    now = quorum_of(sitting, sitting.opened_at or here.at)
    return Clock(sitting, now, say_quorum(now, sitting, here))


def notice_table(here: Here) -> list[tuple[str, int, datetime.date]]:
    """Per kind of meeting: days of notice, and the first day it could be held were the notice posted today."""
    found = []
    for kind in Meeting.Kind:
        days = notice_days(Meeting(kind=kind), here.bylaws)
        wait = days if here.bylaws.notice_counts_ends else days + 1
        found.append((str(kind.label), days, here.day + datetime.timedelta(days=wait)))
    return found
