"""The register office's sheets about courses: naming one, saying that an office asks for it, who has done it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.members import actions
from coop.members.models import Body, CourseAsked, CourseDone, Office, Power
from coop.members.rules.courses import obstacles_to_confirming_course
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..people_found import PeopleForm, PersonField
from ..sheets import AskedByCaseField, DayField, Sheet, WordsField


class NameSheet(Sheet):
    name = WordsField(label=gettext_lazy("Name of the course"), max_length=80)
    about = WordsField(
        label=gettext_lazy("What is learned, and how long it takes"), max_length=300, required=False
    )


class AskSheet(Sheet):
    office: forms.ModelChoiceField[Office] = forms.ModelChoiceField(None, label=gettext_lazy("Office"))
    asks = forms.ChoiceField(
        label=gettext_lazy("What the assembly decided"),
        choices=[
            ("yes", gettext_lazy("Whoever stands has done it")),
            ("no", gettext_lazy("It is asked for no longer")),
        ],
        widget=forms.RadioSelect,
    )
    since = DayField(
        label=gettext_lazy("From"),
        help_text=gettext_lazy("It holds for elections that are called from this day on."),
    )
    document = WordsField(
        label=gettext_lazy("Decision of the assembly"),
        max_length=200,
        help_text=gettext_lazy("Its number, such as D GA 2026-3."),
    )

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["office"]
        offices = Office.objects.filter(body__cooperative=here.cooperative)
        offices = offices.exclude(body__kind=Body.Kind.WORKING_TABLE)
        field.queryset = offices.select_related("body").order_by("body__name", "title")
        field.label_from_instance = lambda one: f"{one.body.name}: {one.title}"


class DoneSheet(PeopleForm):
    person = PersonField(label=gettext_lazy("Who has done it"))
    done_on = DayField(label=gettext_lazy("Day on which it ended"))
    document = WordsField(
        label=gettext_lazy("Paper"),
        max_length=200,
        help_text=gettext_lazy("Sheet of the course, certificate; where a second person finds it."),
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if "person" in answers:
            answers["member"] = self.member("person")
            del answers["person"]
        return answers


class SettleSheet(Sheet):
    answer = forms.ChoiceField(
        label=gettext_lazy("Is it as the paper says?"),
        choices=[
            ("yes", gettext_lazy("Yes, I have seen the paper and confirm it")),
            ("no", gettext_lazy("No, it is turned down")),
        ],
        widget=forms.RadioSelect,
    )
    because = AskedByCaseField(
        label=gettext_lazy("What the paper says instead"),
        max_length=300,
        help_text=gettext_lazy("Asked for only where you turn it down."),
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if answers.get("answer") == "no" and not answers.get("because"):
            self.add_error("because", _("Say what the paper says instead."))
        return answers


def _keeps(request: HttpRequest, coop: str) -> Here:
    here = enter(request, coop)
    if not here.may(Power.KEEP_REGISTER):
        raise Http404
    return here


@require_http_methods(["GET", "POST"])
def name(request: HttpRequest, coop: str) -> HttpResponse:
    here = _keeps(request, coop)
    form = NameSheet(request.POST if request.method == "POST" else None)
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            made = actions.name_course(by=acting(here), at=here.at, **form.cleaned_data)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Entered. An office can ask for it now."))
            return redirect("course", coop, made.pk)
    context = {"form": form, "reasons": reasons, "headline": _("A course")}
    return _sheet(request, context)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = _keeps(request, coop)
    course = access.course(here, key)
    form = AskSheet(
        request.POST if request.method == "POST" else None, here=here, initial={"since": here.day}
    )
    reasons: list[Reason] = []
    if form.is_valid():
        words = dict(form.cleaned_data)
        asks = words.pop("asks") == "yes"
        try:
            actions.ask_for_course(course=course, asks=asks, by=acting(here), at=here.at, **words)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Entered. It holds when a second person has compared it."))
            return redirect("course", coop, key)
    context = {"form": form, "reasons": reasons, "course": course}
    return _sheet(request, context | {"headline": _("An office asks for the course")})


@require_http_methods(["GET", "POST"])
def done(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = _keeps(request, coop)
    course = access.course(here, key)
    form = DoneSheet(request.POST if request.method == "POST" else None, here=here)
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            made = actions.enter_course_done(course=course, by=acting(here), at=here.at, **form.cleaned_data)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            told = _("%(name)s: entered. It counts when a second person has compared it with the paper.")
            messages.success(request, told % {"name": made.member.name})
            return redirect("course-done", coop, key)  # the sheet of a course has many names
    context = {"form": form, "reasons": reasons, "course": course}
    return _sheet(request, context | {"headline": _("Somebody has done the course")})


def _sheet(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    status = 409 if context["reasons"] else 422 if context["form"].errors else 200
    return render(request, "people/courses_entered/sheet.html", context, status=status)


@require_http_methods(["GET", "POST"])
def settle_asked(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    return _settle(request, here, access.course_asked(here, key))


@require_http_methods(["GET", "POST"])
def settle_done(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    return _settle(request, here, access.course_done(here, key))


def _settle(request: HttpRequest, here: Here, entry: CourseAsked | CourseDone) -> HttpResponse:
    """The second person; or the first, who takes a slip of the pen back."""
    me = acting(here)
    if not here.powers.confirms:
        raise Http404
    against = obstacles_to_confirming_course(entry, by=me, at=here.at)
    form = SettleSheet(request.POST if request.method == "POST" else None)
    reasons: list[Reason] = []
    if form.is_valid():
        words = form.cleaned_data
        try:
            if words["answer"] == "yes":
                actions.confirm_course(entry=entry, by=me, at=here.at)
            else:
                actions.turn_down_course(entry=entry, because=words["because"], by=me, at=here.at)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            done = _("Confirmed.") if words["answer"] == "yes" else _("Turned down. It counts for nothing.")
            messages.success(request, done)
            return redirect("course", here.cooperative.slug, entry.course_id)
    context = {
        "entry": entry,
        "asked": isinstance(entry, CourseAsked),
        "form": form,
        "reasons": reasons,
        "against": [] if reasons else against,
    }
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "people/courses_entered/settle.html", context, status=status)
