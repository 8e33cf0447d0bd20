"""As what somebody comes, comes again or stays: member by a document, on trial or hired until a day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.members import actions
from coop.members.models import Standing
from coop.members.rules.entering import Newcomer

from ..access import Here, acting
from .record_sheets import (
    Page,
    PersonSheet,
    RecordSheet,
    crew_field,
    department_field,
    document_field,
    keeper_at,
    reason_field,
    saved,
    since_field,
    until_field,
    write_about,
)

Kind = Standing.Kind


class TermsSheet(RecordSheet):
    """As what somebody comes or goes on: the fields that `terms` reads."""

    kind = forms.ChoiceField(
        label=gettext_lazy("As what"),
        choices=[
            (Kind.MEMBER, gettext_lazy("Member, by a decision")),
            (Kind.TRIAL, gettext_lazy("On trial")),
            (Kind.HIRED, gettext_lazy("Hired")),
        ],
    )
    ground = forms.ChoiceField(
        label=gettext_lazy("Hired for"),
        choices=[
            ("", gettext_lazy("not hired")),
            ("peak", gettext_lazy("a peak of work")),
            ("replacement", gettext_lazy("the place of somebody on leave")),
            ("other", gettext_lazy("something else: a specialist, a season, training")),
        ],
        required=False,
    )
    expected_until = until_field(
        required=False, help_text=gettext_lazy("The last day of a trial or a hire; not for members.")
    )
    document = document_field(
        required=False,
        help_text=gettext_lazy("Members need one: the minute that admitted them. For others, the contract."),
    )
    reason = reason_field(required=False, help_text=gettext_lazy("Needed when somebody is hired."))

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if answers.get("kind") == Kind.HIRED and not answers.get("ground"):
            self.add_error("ground", _("Say what for; the limits of the bylaws depend on it."))
        if answers.get("kind") == Kind.MEMBER and answers.get("expected_until"):
            self.add_error("expected_until", _("Members have no last day. Leave it empty."))
        return answers

    @property
    def terms(self) -> dict[str, Any]:
        given = self.cleaned_data
        hired = given["kind"] == Kind.HIRED
        return {
            "kind": given["kind"],
            "reason": given["reason"],
            "document": given["document"],
            "expected_until": given["expected_until"],
            "peak": hired and given["ground"] == "peak",
            "replacement": hired and given["ground"] == "replacement",
        }


class RenewSheet(TermsSheet, PersonSheet):
    since = since_field()
    field_order = ("since",)

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["kind"].choices = self.fields["kind"].choices[1:]  # type: ignore[attr-defined]


class RejoinSheet(TermsSheet, PersonSheet):
    since = since_field(label=gettext_lazy("Back from which day"))
    department = department_field()
    crew = crew_field()
    field_order = ("since", "department", "crew")


def _newcomer(person: Any, form: Any, **place: Any) -> Newcomer:
    return Newcomer(
        person.number, person.name, form.cleaned_data["since"], person.born, **place, **form.terms
    )


@require_http_methods(["GET", "POST"])
def renew(request: HttpRequest, coop: str, number: int) -> HttpResponse:
    """A trial or a hire goes on; membership comes by an application."""
    here, person = keeper_at(request, coop, number)
    page = Page(
        _("Prolong a trial or a hire"),
        _("The months of the bylaws are counted from the first day, not from today."),
        _("Write until when"),
        limits(here),
    )

    def act(form: Any) -> object:
        return actions.renew(
            member=person,
            terms=_newcomer(person, form),
            by=acting(here),
            at=here.at,
            seen=form.cleaned_data["seen"],
        )

    return write_about(request, here, person, RenewSheet, act, page, saved(person.name), since=here.day)


@require_http_methods(["GET", "POST"])
def rejoin(request: HttpRequest, coop: str, number: int) -> HttpResponse:
    """Somebody who had left comes again, under the same number."""
    here, person = keeper_at(request, coop, number)
    page = Page(
        _("Comes again"),
        _("The number is the one they had. A new standing begins; what was before stays on record."),
        _("Write the return"),
        limits(here),
    )

    def act(form: Any) -> object:
        place = {name: form.cleaned_data[name] for name in ("department", "crew")}
        return actions.rejoin(
            member=person,
            terms=_newcomer(person, form, **place),
            by=acting(here),
            at=here.at,
            seen=form.cleaned_data["seen"],
        )

    return write_about(request, here, person, RejoinSheet, act, page, saved(person.name), since=here.day)


def limits(here: Here) -> str:
    months = {"trial": here.bylaws.trial_months, "peak": here.bylaws.overload_months}
    return (
        _("By the bylaws a trial lasts at most %(trial)s months, a hire for a peak of work %(peak)s.")
        % months
    )
