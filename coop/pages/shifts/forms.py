"""What is typed on a sheet of handover: two fields for each of its lines, and what the next shift sees otherwise."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.members.models import Shift
from coop.production.models import HandoverLine

from ..access import Here
from ..sheets import Sheet, WordsField
from ..timetable import say_day


class GivenSheet(Sheet):
    """Two fields for each line: words, or that there is nothing to tell."""

    def __init__(self, *args: Any, lines: Sequence[HandoverLine], here: Here, **more: Any) -> None:
        super().__init__(*args, **more)
        self.lines = lines
        shifts = list(Shift.objects.filter(cooperative=here.cooperative))
        day, shift = shift_now(here, shifts)
        for line in lines:
            self.fields[f"said-{line.pk}"] = WordsField(
                label=line.question,
                required=False,
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            self.fields[f"said-{line.pk}"].depends = True  # type: ignore[attr-defined]
            self.fields[f"nothing-{line.pk}"] = forms.BooleanField(label=_("Nothing to tell"), required=False)
        self.fields["words"] = WordsField(
            label=_("Anything else"),
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        self.fields["shift"] = forms.ModelChoiceField(
            Shift.objects.filter(cooperative=here.cooperative),
            label=_("Which shift hands over"),
            to_field_name="code",
            empty_label=None,
            initial=shift.code if shift else None,
        )
        days = [(one.isoformat(), say_day(one)) for one in (here.day, here.day - datetime.timedelta(days=1))]
        self.fields["day"] = forms.ChoiceField(
            label=_("It began on"), choices=days, initial=day.isoformat(), widget=forms.RadioSelect
        )

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        given: dict[int, str | None] = {}
        for line in self.lines:
            words, nothing = answers.get(f"said-{line.pk}"), answers.get(f"nothing-{line.pk}")
            if bool(words) == bool(nothing):
                told = _("Say it in a few words, or tick that there is nothing to tell.")
                self.add_error(f"said-{line.pk}", told)
            given[line.pk] = words or None
        return answers | {"answers": given}

    def rows(self) -> list[tuple[Any, Any]]:
        """The two fields of each line."""
        return [(self[f"said-{line.pk}"], self[f"nothing-{line.pk}"]) for line in self.lines]


class TakenSheet(Sheet):
    words = WordsField(
        label=gettext_lazy("What you see otherwise"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Both texts stay beside each other."),
    )


def shift_now(here: Here, shifts: Sequence[Shift]) -> tuple[datetime.date, Shift | None]:
    """The shift that began last, with the day on which it began."""
    local = here.at.astimezone(here.cooperative.zone)
    yesterday = here.day - datetime.timedelta(days=1)
    today = [shift for shift in shifts if shift.starts <= local.time()]
    if today:
        return here.day, max(today, key=lambda shift: shift.starts)
    return yesterday, max(shifts, key=lambda shift: shift.starts, default=None)
