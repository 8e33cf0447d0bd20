"""What somebody fills in to raise a problem, and photos as they come in from a telephone."""

from __future__ import annotations

import datetime
import secrets
from itertools import groupby
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.members.models import Posting
from coop.production.clocks import answer_due
from coop.production.models import Area, Problem, ProblemPhoto
from coop.production.photo import MOST_BYTES
from coop.production.rules.problems import days_of
from coop.refusals import Reason

from .. import access
from ..access import Here, acting
from ..people_found import PeopleForm, PersonField
from ..photos_too_heavy import MOST_MEGABYTES
from ..reasons import say
from ..sheets import WordsField
from ..timetable import say_day, say_distance
from .photos_kept import brought


def say_too_much() -> str:
    told = {"most": MOST_MEGABYTES}
    return (
        _("Photos may have %(most)d MB together: send one, and add the others to the problem afterwards.")
        % told
    )


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Pictures as bytes; whether they are pictures is judged by whoever keeps them."""

    def __init__(self, *, several: bool = False, **more: Any) -> None:
        widget = SeveralFiles if several else forms.FileInput
        camera = {} if several else {"capture": "environment"}
        super().__init__(
            required=False,
            widget=widget(attrs={"accept": "image/jpeg,image/png,image/webp", **camera}),
            **more,
        )

    def clean(self, data: Any, initial: Any = None) -> list[bytes]:
        files = [one for one in (data if isinstance(data, list) else [data]) if one]
        if len(files) > ProblemPhoto.MOST:
            raise forms.ValidationError(say(Reason("photos-too-many", {"most": ProblemPhoto.MOST})))
        if any(one.size > MOST_BYTES for one in files):  # not read into memory at all
            too_heavy = Reason("photo-too-heavy", {"megabytes": MOST_BYTES // 1024 // 1024})
            raise forms.ValidationError(say(too_heavy))
        return [one.read() for one in files]


class RaiseForm(PeopleForm):
    form = forms.CharField(
        validators=[RegexValidator(r"\A[0-9a-f]{32}\Z")],
        widget=forms.HiddenInput,
        error_messages={"required": gettext_lazy("Load the page anew.")},
    )
    area = forms.ChoiceField(
        label=gettext_lazy("Where"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the place.")},
    )
    title = WordsField(
        label=gettext_lazy("What happens"),
        max_length=160,
        help_text=gettext_lazy("In a few words, such as: brake of crane 4 slips."),
        error_messages={"required": gettext_lazy("Say in a few words what happens.")},
    )
    priority = forms.ChoiceField(
        label=gettext_lazy("How urgent is it"),
        choices=Problem.Priority.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say how urgent it is.")},
    )
    stopped = forms.BooleanField(label=gettext_lazy("The line stands still because of it"), required=False)
    photo = PhotosField(label=gettext_lazy("Photo"))
    photos = PhotosField(
        label=gettext_lazy("More photos"),
        several=True,
        help_text=gettext_lazy(
            "Four in all, together 30 MB at most. What the telephone wrote beside the picture is not kept."
        ),
    )
    category = forms.ChoiceField(
        label=gettext_lazy("What it is about"),
        choices=[("", gettext_lazy("not said")), *Problem.Category.choices],
        required=False,
    )
    risk = WordsField(
        label=gettext_lazy("What it costs or risks"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    details = WordsField(
        label=gettext_lazy("More about it"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    colleague = PersonField(
        label=gettext_lazy("For a colleague"),
        required=False,
        help_text=gettext_lazy("Number or name of whoever said it. They confirm later that it is solved."),
    )
    unnamed = forms.BooleanField(
        label=gettext_lazy("Without a name"),
        required=False,
        help_text=gettext_lazy(
            "Nobody sees who raised it, and it is written nowhere. The answer hangs on the board."
        ),
    )

    def __init__(
        self, data: Any, files: Any, *, here: Here, place: str = "", too_heavy: bool = False
    ) -> None:
        self.too_heavy = too_heavy
        first = {"form": secrets.token_hex(16), "area": place}
        super().__init__(data, files, here=here, initial=first)
        self.areas = {str(one.pk): one for one in access.areas(here)}
        self.fields["area"].choices = [(key, one.name) for key, one in self.areas.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        answers["colleague"] = self.member("colleague")
        sent: Any = self.data  # a QueryDict: of this name there are several
        along = [] if sent.get("drop") else brought(sent.getlist("kept")[: ProblemPhoto.MOST + 1])
        answers["pictures"] = [*along, *(answers.get("photo") or []), *(answers.get("photos") or [])]
        if len(answers["pictures"]) > ProblemPhoto.MOST and "photos" not in self.errors:
            self.add_error("photos", say(Reason("photos-too-many", {"most": ProblemPhoto.MOST})))
        if self.too_heavy:
            self.add_error("photo", say_too_much())
        # Safety is what it is about when it is urgent so: one question fewer for whoever wears gloves.
        if answers.get("priority") == Problem.Priority.SAFETY and not self.data.get("category"):
            answers["category"] = Problem.Category.SAFETY
        answers["category"] = answers.get("category") or Problem.Category.OUTPUT
        return answers

    @property
    def place(self) -> Area | None:
        """The one that is chosen, also while the rest of the form is not right."""
        return self.areas.get(str(self.data.get("area") or self.initial.get("area") or ""))


def places(here: Here, form: RaiseForm) -> tuple[list[Area], list[tuple[str, list[Area]]], str]:
    """My department's places, all others by department, and which is chosen."""
    mine = Posting.objects.filter(Posting.on(here.day), member=acting(here)).values_list(
        "department", flat=True
    )
    own = set(mine)
    near = [one for one in form.areas.values() if one.department_id in own]
    far = [one for one in form.areas.values() if one.department_id not in own]
    if not near:  # whoever works nowhere sees them all
        near, far = far, []
    groups = [(name, list(some)) for name, some in groupby(far, key=lambda one: one.department.name)]
    chosen = form.place
    return near, groups, str(chosen.pk) if chosen is not None else ""


def urgencies(here: Here, chosen: str) -> list[dict[str, Any]]:
    """The four cards: until when somebody answers, by the bylaws."""
    days = days_of(here.bylaws)
    told = {
        Problem.Priority.SAFETY: _("Somebody can be hurt"),
        Problem.Priority.HIGH: _("Work suffers today"),
        Problem.Priority.NORMAL: _("It has to be mended"),
        Problem.Priority.LOW: _("It would be better"),
    }
    return [
        {
            "value": one.value,
            "label": told[one],
            "more": _answered_by(here.day, answer_due(here.day, one.value, days)),
            "checked": one.value == chosen,
        }
        for one in Problem.Priority
    ]


def _answered_by(today: datetime.date, due: datetime.date) -> str:
    facts = {"distance": say_distance(today, due), "day": say_day(due)}
    return _("Somebody answers at the latest %(distance)s: %(day)s.") % facts


def waiting() -> Q:
    """What may be the same as something new."""
    return Q(state__in=[*Problem.TO_DO, Problem.State.SOLVED])
