"""What many sheets ask alike: numbers of members, days and hours, book and page, one thing out of a list, a reason."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.http import Http404, HttpRequest, QueryDict
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.members.models import Member

from . import access
from .access import Here
from .sheets import DayField, Sheet, WordsField


class NumberField(forms.CharField):
    """A member number, typed at the table; read as the member."""

    def __init__(self, **more: Any) -> None:
        digits = RegexValidator(r"\A[0-9]+\Z", gettext_lazy("A member number has only digits."))
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(max_length=9, validators=[digits], widget=widget, **more)


class NumbersForm(Sheet):
    """Numbers of members of this co-operative."""

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, **more)
        self.here = here

    def member(self, name: str) -> Member | None:
        number = self.cleaned_data.get(name)
        if not number:
            return None
        try:
            return access.member(self.here, int(number))
        except Http404:
            self.add_error(name, _("Nobody here has the number %(number)s.") % {"number": number})
            return None


class HourField(forms.DateTimeField):
    """Day and hour on the clock of the plant. Old telephones show a line to type on."""

    widget = forms.DateTimeInput(
        format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local", "placeholder": "2026-11-28 14:30"}
    )

    def __init__(self, **more: Any) -> None:
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M", "%d.%m.%Y %H:%M"]
        wrong = {"invalid": gettext_lazy("Write day and hour like 2026-11-28 14:30.")}
        super().__init__(input_formats=formats, error_messages=wrong, **more)


def to_the_minute(moment: datetime.datetime) -> datetime.datetime:
    return localtime(moment).replace(second=0, microsecond=0)


EARLIEST = datetime.date(1900, 1, 1)  # no book of a plant of today begins before


class PastDay(DayField):
    """A day as an old book names it; `clean_past` says that it must not lie ahead."""

    def clean(self, value: Any) -> datetime.date | None:
        day: datetime.date | None = super().clean(value)
        if day is not None and not EARLIEST <= day <= datetime.date(2999, 12, 31):
            raise forms.ValidationError(_("Look at the year again."))
        return day


class SourceField(WordsField):
    """Book and page."""

    def __init__(self, **more: Any) -> None:
        help_text = gettext_lazy("As a stranger would find it: “Book of minutes 3, page 41”.")
        super().__init__(
            label=gettext_lazy("Book and page"), **{"help_text": help_text, "max_length": 200, **more}
        )

    def clean(self, value: Any) -> str:
        return " ".join(super().clean(value).split())


class BecauseForm(Sheet):
    because = WordsField(
        label=gettext_lazy("Why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Everybody reads it, and it stays on record."),
    )


LAST = "last"


CHOOSE = gettext_lazy("Choose one.")


class Choice(Sheet):
    """One thing out of a list, with the reason."""

    chosen = forms.ChoiceField(widget=forms.Select, error_messages={"required": CHOOSE})
    because = WordsField(
        label=gettext_lazy("Why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It stands beside it and is read by everybody."),
        error_messages={"required": gettext_lazy("Give the reason; it will be read by everybody.")},
    )

    def __init__(self, *args: Any, label: str, choices: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["chosen"]
        field.label = label
        field.choices = [("", "…"), *choices]  # type: ignore[attr-defined]


def typed_in(request: HttpRequest) -> QueryDict | None:
    """What was sent; a form that is only looked at has nothing in it, one that was sent empty has."""
    return request.POST if request.method == "POST" else None


def minutes_field(**more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=gettext_lazy("Planned minutes"), min_value=1, max_value=480, initial=10, **more
    )
