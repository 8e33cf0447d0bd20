"""How a meeting really went beside how it was planned: which item was called when, and how late that is."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.asked_often import Often, given
from coop.meetings.models import ItemCall, Meeting

CALLS = Often(
    lambda: ItemCall.objects.filter(sitting__meeting_id=given("meeting")).order_by("called_at", "pk"),
    told=True,
)
ON_TIME = 2  # minutes, either way


@dataclass(frozen=True)
class Times:
    """Of one item: when it was first called and when it was left, if it was. Minutes late; below zero: early."""

    called_at: datetime.datetime
    ended_at: datetime.datetime | None
    late: int | None  # none where there is no plan to set it beside

    @property
    def in_words(self) -> str:
        if self.late is None or abs(self.late) < ON_TIME:
            return ""
        if self.late > 0:
            return ngettext("%(minutes)s minute late", "%(minutes)s minutes late", self.late) % {
                "minutes": self.late
            }
        early = ngettext("%(minutes)s minute early", "%(minutes)s minutes early", -self.late)
        return early % {"minutes": -self.late}


def times_of(meeting: Meeting, planned: Mapping[int, datetime.timedelta]) -> dict[int, Times]:
    """Item -> its times. `planned`: item -> how long after the beginning of a sitting. One query while it sits.

    Of several sittings the latest in which the item was called is told. Where an adjourned sitting goes on, the plan
    of the notice says nothing any more.
    """
    if meeting.state not in (Meeting.State.IN_SESSION, Meeting.State.CLOSED):
        return {}
    found: dict[int, Times] = {}
    sittings = {one.pk: one for one in meeting.sittings.all()}
    for call in CALLS.all(meeting=meeting.pk):
        sitting = sittings[call.sitting_id]
        ended = call.ended_at or sitting.closed_at
        before = found.get(call.item_id)
        if before is not None and before.called_at >= (sitting.opened_at or before.called_at):
            found[call.item_id] = Times(before.called_at, ended, before.late)  # taken up again
            continue
        late = None
        if sitting.continues_id is None and call.item_id in planned:
            due = sitting.starts_at + planned[call.item_id]
            late = round((call.called_at - due).total_seconds() / 60)
        found[call.item_id] = Times(call.called_at, ended, late)
    return found


def say_place(place: int) -> str:
    """How many come before: "You are next" for none."""
    if place == 0:
        return _("You are next.")
    return ngettext("%(count)s speaks before you.", "%(count)s speak before you.", place) % {"count": place}
