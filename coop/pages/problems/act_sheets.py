"""The small sheets of what is done about a problem. Each takes `here` and the problem it is about."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.budget.money import read
from coop.production.models import Problem, ProblemEvent
from coop.refusals import Reason

from .. import access
from ..access import Here
from ..reasons import say
from ..sheets import Sheet, WordsField
from .sheets import PhotosField

LONGEST = 2000
Kind = ProblemEvent.Kind


class BareForm(Sheet):
    """Nothing to fill in: the button says it."""

    def __init__(self, *typed: Any, here: Here, problem: Problem) -> None:
        super().__init__(*typed)
        self.here, self.problem = here, problem


def _words(label: Any, *, required: bool = True) -> WordsField:
    area = forms.Textarea(attrs={"rows": 4})
    return WordsField(label=label, max_length=LONGEST, required=required, widget=area)


def words(label: Any) -> type[BareForm]:
    return type("WordsForm", (BareForm,), {"words": _words(label)})


def remark() -> type[BareForm]:
    return type("RemarkForm", (BareForm,), {"words": _words(gettext_lazy("A remark"), required=False)})


class SayForm(BareForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=[(one.value, one.label) for one in ProblemEvent.SAID],
        widget=forms.RadioSelect,
        initial=Kind.NOTE,
    )
    words = _words(gettext_lazy("Your words"))


class AnswerForm(BareForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=[(one.value, one.label) for one in (Kind.ANSWER, Kind.DECISION)],
        widget=forms.RadioSelect,
        initial=Kind.ANSWER,
    )
    words = _words(gettext_lazy("Your words"))


class FigureField(WordsField):
    """A figure with at most four decimals, as people type it; one that reads two ways is refused."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_length=40, widget=widget, **more)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        found = read(typed, decimals=4, signed=True) if typed else None
        if isinstance(found, Reason):
            raise forms.ValidationError(say(found))
        return found


class MeasureForm(BareForm):
    measured = WordsField(
        label=gettext_lazy("What was measured"),
        max_length=80,
        help_text=gettext_lazy("With its unit, such as: anode effects per pot and day."),
    )
    value_before = FigureField(label=gettext_lazy("Before"))
    value_after = FigureField(label=gettext_lazy("After"), required=False)
    words = _words(gettext_lazy("A remark"), required=False)

    def clean(self) -> dict[str, Any]:
        return super().clean() | {"kind": Kind.MEASURE}


class PriorityForm(BareForm):
    priority = forms.ChoiceField(label=gettext_lazy("Priority"), widget=forms.RadioSelect)
    words = _words(gettext_lazy("Why"), required=False)

    def __init__(self, *typed: Any, here: Here, problem: Problem) -> None:
        super().__init__(*typed, here=here, problem=problem)
        others = [one for one in Problem.Priority.choices if one[0] != problem.priority]
        self.fields["priority"].choices = others  # type: ignore[attr-defined]


class PhotoForm(BareForm):
    photo = PhotosField(label=gettext_lazy("Photo"))

    def clean_photo(self) -> Any:
        found = self.cleaned_data["photo"]
        if not found:
            raise forms.ValidationError(_("Take a photo, or choose one."))
        self.cleaned_data["content"] = found[0]
        return found


class JoinForm(BareForm):
    number = WordsField(
        label=gettext_lazy("Number of the other problem"),
        max_length=20,
        help_text=gettext_lazy("As it stands over it, such as PR 2026-7."),
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        named = re.fullmatch(r"(?:PR\s*)?([0-9]{4})\s*-\s*([0-9]{1,9})", answers.get("number", "").upper())
        if answers.get("number"):
            where = {"year": int(named[1]), "number": int(named[2])} if named else None
            answers["other"] = access.problems(self.here).filter(**where).first() if where else None
            if answers["other"] is None:
                self.add_error("number", _("There is no problem of that number on the list."))
        return answers
