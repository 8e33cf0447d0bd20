"""The sheets on which a meeting is planned: who, what kind, where, and its sittings."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.dateparse import parse_date
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.meetings.calendar import Planned
from coop.meetings.drafts import FARTHEST, MOST_SITTINGS
from coop.meetings.models import Meeting, Request
from coop.meetings.rules.calling import kinds_of, obstacles_in_kind
from coop.members.models import Body

from .. import access
from ..access import Here
from ..fields import HourField
from ..reasons import say
from ..sheets import DayField, Sheet, WordsField

SHOWN = 3  # sittings that a new sheet has room for


def kinds() -> list[tuple[str, str]]:
    return [(kind.value, capfirst(str(kind.label))) for kind in Meeting.Kind]


class SittingsForm(Sheet):
    """Title, place, and so many sittings: each with its hour, for whom it is, and where."""

    title = WordsField(
        label=gettext_lazy("Title"),
        max_length=160,
        help_text=gettext_lazy("As it will stand on the notice, such as “Assembly on the budget”."),
    )
    place = WordsField(label=gettext_lazy("Place"), max_length=160)

    def __init__(self, *args: Any, here: Here, many: int = SHOWN, **more: Any) -> None:
        super().__init__(*args, **more)
        self.here = here
        self.many = min(many, MOST_SITTINGS)
        for number in range(1, self.many + 1):
            self.fields[f"sitting_{number}"] = HourField(
                label=_("Day and hour") if number == 1 else _("Day and hour of sitting %d") % number,
                required=number == 1,
                help_text=_("On the clock of the plant.") if number == 1 else "",
            )
            self.fields[f"for_whom_{number}"] = WordsField(
                label=_("For whom"),
                required=False,
                max_length=160,
                help_text=_("Such as “night crew, morning crew off the line”.") if number == 1 else "",
            )
            self.fields[f"place_{number}"] = WordsField(
                label=_("Place, if it is another one"), required=False, max_length=160
            )

    @property
    def blocks(self) -> list[list[forms.BoundField]]:
        """The fields of each sitting."""
        names = ("sitting", "for_whom", "place")
        return [[self[f"{name}_{number}"] for name in names] for number in range(1, self.many + 1)]

    @property
    def first(self) -> list[forms.BoundField]:
        return self.blocks[0]

    @property
    def others(self) -> list[list[forms.BoundField]]:
        return self.blocks[1:]

    @property
    def others_open(self) -> bool:
        """Whether something stands in the folded sittings."""
        return any(field.value() or field.errors for block in self.others for field in block)

    @property
    def sittings(self) -> list[Planned]:
        found = []
        for number in range(1, self.many + 1):
            hour = self.cleaned_data.get(f"sitting_{number}")
            if hour:
                words = [self.cleaned_data.get(f"{name}_{number}", "") for name in ("for_whom", "place")]
                found.append(Planned(hour, *words))
        return found

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        hours: set[datetime.datetime] = set()
        for number in range(1, self.many + 1):
            name, hour = f"sitting_{number}", answers.get(f"sitting_{number}")
            words = answers.get(f"for_whom_{number}") or answers.get(f"place_{number}")
            if hour is None and words and number > 1 and not self.errors.get(name):
                self.add_error(name, _("Give this sitting its day and hour."))
            elif hour and hour <= self.here.at:
                self.add_error(name, _("That hour is over."))
            elif hour and hour > self.here.at + FARTHEST:
                self.add_error(name, _("That is more than two years away. Look at the year again."))
            elif hour in hours:
                self.add_error(name, _("Two sittings cannot begin at the same moment."))
            if hour:
                hours.add(hour)
        return answers


class PrepareForm(SittingsForm):
    body: forms.ModelChoiceField[Body] = forms.ModelChoiceField(
        None, label=gettext_lazy("Who meets"), to_field_name="code", empty_label=None
    )
    kind = forms.ChoiceField(label=gettext_lazy("What kind of meeting"), choices=kinds)
    field_order = ["body", "kind"]

    def __init__(self, *args: Any, here: Here, asked: Request | None = None, **more: Any) -> None:
        super().__init__(*args, here=here, **more)
        field: Any = self.fields["body"]
        field.queryset = (
            Body.objects.filter(pk=asked.body_id) if asked is not None else access.bodies_to_call(here)
        )

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if answers.get("body") and answers.get("kind"):
            for reason in obstacles_in_kind(answers["body"], answers["kind"]):
                self.add_error("kind", say(reason))
        return answers


def first_typed(given: Mapping[str, str], here: Here, asked: Request | None) -> dict[str, Any]:
    """What a sheet begins with: what was planned, or what members have asked for."""
    if asked is not None:
        kind = {Request.Kind.ASSEMBLY: "extraordinary", Request.Kind.COUNCIL: "council"}.get(
            Request.Kind(asked.kind), ""
        )
        return {"body": asked.body.code, "kind": kind, "title": asked.title}
    found = {name: given[name] for name in ("body", "kind") if name in given}
    try:
        day = parse_date(given.get("day", ""))
    except ValueError:
        day = None
    if day is not None:
        found["sitting_1"] = f"{day.isoformat()}T06:00"
    return found


class CorrectForm(SittingsForm):
    kind = forms.ChoiceField(label=gettext_lazy("What kind of meeting"))
    field_order = ["kind"]

    def __init__(self, data: Any = None, *, here: Here, meeting: Meeting) -> None:
        sittings = list(meeting.sittings.order_by("number"))
        room = max(SHOWN, len(sittings) + 1)
        asked = data.get("many", "") if data is not None else ""
        if asked.isascii() and asked.isdigit() and len(asked) < 4:
            room = max(room, int(asked))
        first = {"kind": meeting.kind, "title": meeting.title, "place": meeting.place}
        for number, sitting in enumerate(sittings, 1):
            local = sitting.starts_at.astimezone(here.cooperative.zone)
            first[f"sitting_{number}"] = local.strftime("%Y-%m-%dT%H:%M")
            first[f"for_whom_{number}"], first[f"place_{number}"] = sitting.for_whom, sitting.place
        super().__init__(data, here=here, many=room, initial=first)
        allowed = kinds_of(meeting.body)
        field: Any = self.fields["kind"]
        field.choices = [(kind, words) for kind, words in kinds() if kind in allowed]


class CopyForm(SittingsForm):
    """Another day; hours, places and crews as they were, unless somebody changes them afterwards."""

    day = DayField(
        label=gettext_lazy("The new day"),
        help_text=gettext_lazy("The hours stay as they were; on the draft they can be changed."),
    )
    field_order = ["day"]

    def __init__(self, data: Any = None, *, here: Here, meeting: Meeting) -> None:
        super().__init__(data, here=here, many=0, initial={"title": meeting.title, "place": meeting.place})
        self.before = list(meeting.sittings.filter(continues=None).order_by("number"))

    def clean_day(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["day"]
        if day <= self.here.day:
            raise forms.ValidationError(_("Give a day from tomorrow on."))
        if day > self.here.day + FARTHEST:
            raise forms.ValidationError(_("That is more than two years away. Look at the year again."))
        return day

    @property
    def sittings(self) -> list[Planned]:
        """Those of the meeting before, moved by whole days on the clock of the plant."""
        zone = self.here.cooperative.zone
        local = [one.starts_at.astimezone(zone) for one in self.before]
        away = self.cleaned_data["day"] - min(hour.date() for hour in local)
        return [
            Planned(datetime.datetime.combine(hour.date() + away, hour.time(), zone), one.for_whom, one.place)
            for hour, one in zip(local, self.before, strict=True)
        ]
