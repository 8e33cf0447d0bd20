"""Entering somebody in the register by hand, from the paper that decided it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.charter.models import Cooperative
from coop.members import actions
from coop.members.doubles import double_of
from coop.members.models import Member, Power, Standing
from coop.members.rules.entering import Newcomer
from coop.refusals import Reason, Refused

from ..access import Here, acting, enter
from ..sheets import DayField, WordsField
from .corrections import languages
from .record_sheets import crew_field, department_field, since_field
from .stays import TermsSheet, limits

HIGHEST = 999_999
PLACE = ("department", "crew")
CONTACT = ("job", "contact", "phone", "language", "support")


def number_field(**more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=gettext_lazy("Number"),
        min_value=1,
        max_value=HIGHEST,
        help_text=gettext_lazy("Given once and never again. The next free one is proposed."),
        **more,
    )


def next_number(cooperative: Cooperative) -> int:
    """The first free number after those of the members; hired people may have numbers of their own further on."""
    people = Member.objects.filter(cooperative=cooperative)
    members = people.filter(pk__in=Standing.objects.filter(kind=Standing.Kind.MEMBER).values("member"))
    last = members.order_by("-number").values_list("number", flat=True).first() or 0
    for taken in people.filter(number__gt=last).order_by("number").values_list("number", flat=True):
        if taken > last + 1:
            break
        last = taken
    return int(last) + 1


class EnterSheet(TermsSheet):
    number = number_field()
    name = WordsField(label=gettext_lazy("Name"), max_length=120)
    born = DayField(
        label=gettext_lazy("Date of birth"),
        required=False,
        help_text=gettext_lazy("Tells two people of one name apart. Only few may read it."),
    )
    since = since_field(label=gettext_lazy("With us from which day"))
    department = department_field()
    crew = crew_field()
    job = WordsField(label=gettext_lazy("Work"), max_length=120, required=False)
    contact = forms.ChoiceField(
        label=gettext_lazy("How to reach"), choices=Member.Contact.choices, initial=Member.Contact.NONE
    )
    phone = WordsField(label=gettext_lazy("Telephone"), max_length=40, required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"))
    support = forms.MultipleChoiceField(
        label=gettext_lazy("Needs"),
        choices=Member.Support.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    all_the_same = forms.BooleanField(
        label=gettext_lazy("It is somebody else: enter them all the same"), required=False
    )
    field_order = ("number", "name", "born", "since", "department", "crew", "kind", "ground")

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["language"].choices = languages(self.here.cooperative.language)  # type: ignore[attr-defined]

    @property
    def newcomer(self) -> Newcomer:
        given = self.cleaned_data
        place = {name: given[name] for name in PLACE}
        return Newcomer(given["number"], given["name"], given["since"], given["born"], **place, **self.terms)


@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, coop: str) -> HttpResponse:
    """Everything at once on one sheet. Of a probable double the page asks once, and then believes the office."""
    here = enter(request, coop)
    if not here.may(Power.KEEP_REGISTER):
        raise Http404
    proposed = {
        "number": next_number(here.cooperative),
        "since": here.day,
        "language": here.cooperative.language,
    }
    form = EnterSheet(request.POST if request.method == "POST" else None, here=here, initial=proposed)
    reasons: list[Reason] = []
    twin = None
    if form.is_valid():
        twin = double_of(here.cooperative, form.cleaned_data["name"], form.cleaned_data["born"])
        if twin is None or form.cleaned_data["all_the_same"]:
            try:
                made = _enter(here, form)
            except Refused as refusal:
                reasons = refusal.reasons
            else:
                words = _("Entered: %(name)s, number %(number)s. Give them a card, so that they can get in.")
                messages.success(request, words % {"name": made.name, "number": made.number})
                return redirect("member", coop, made.number)
    status = 409 if reasons or twin else 422 if form.errors else 200
    context = {"form": form, "reasons": form.take(reasons), "twin": twin, "limits": limits(here)}
    return render(request, "people/lives/enter.html", context, status=status)


def _enter(here: Here, form: EnterSheet) -> Member:
    given = {name: form.cleaned_data[name] for name in CONTACT}
    return actions.enter_person(
        cooperative=here.cooperative,
        person=form.newcomer,
        **{**given, "support": tuple(given["support"])},
        by=acting(here),
        at=here.at,
    )
