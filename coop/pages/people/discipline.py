"""Suspension and exclusion as the register office writes them down."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from coop.decisions.models import Decision
from coop.members import actions
from coop.members.models import Body, Standing
from coop.oversight.models import Appeal

from ..access import Here, acting
from .record_sheets import (
    Page,
    PersonSheet,
    document_field,
    keeper_at,
    reason_field,
    saved,
    since_field,
    until_field,
    write_about,
)


class SuspendSheet(PersonSheet):
    since = since_field()
    expected_until = until_field(label=gettext_lazy("Until"))
    document = document_field()
    reason = reason_field(
        help_text=gettext_lazy("The person reads it; nobody else but the keeper and the auditor.")
    )


@require_http_methods(["GET", "POST"])
def suspend(request: HttpRequest, coop: str, number: int) -> HttpResponse:
    here, person = keeper_at(request, coop, number)
    days = here.bylaws.sanction_appeal_days
    page = Page(
        _("Suspend"),
        _("Only what a body has decided and written down. The person may appeal."),
        _("Write the suspension"),
        ngettext(
            "It may be appealed for %(days)s day. %(vote)s",
            "It may be appealed for %(days)s days. %(vote)s",
            days,
        )
        % {"days": days, "vote": vote_while_suspended(here)},
    )

    def act(form: PersonSheet) -> object:
        return actions.suspend(member=person, by=acting(here), at=here.at, **form.cleaned_data)

    return write_about(request, here, person, SuspendSheet, act, page, saved(person.name), since=here.day)


def vote_while_suspended(here: Here) -> str:
    """What a suspension does to the vote, by the bylaws in force."""
    if here.bylaws.suspended_keep_vote:
        return _("By the bylaws a suspended member keeps the vote.")
    if here.bylaws.suspended_vote_until_final:
        return _("By the bylaws a suspension that is appealed takes the vote away only when it is final.")
    return _("By the bylaws a suspended member has no vote.")


def exclusions(here: Here) -> Any:
    """What the assembly has carried, the newest first: one of these excludes."""
    return Decision.objects.select_related("body").filter(
        cooperative=here.cooperative, outcome=Decision.Outcome.CARRIED, body__kind=Body.Kind.ASSEMBLY
    )


class DecisionField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        day = date_format(obj.decided_at, "DATE_FORMAT") if obj.decided_at else ""
        return f"{obj.label} · {day} · {obj.title}"


class ExpelSheet(PersonSheet):
    document = DecisionField(
        Decision.objects.none(),
        label=gettext_lazy("Decision of the assembly"),
        empty_label=gettext_lazy("choose one"),
        error_messages={
            "required": gettext_lazy("Only the assembly excludes a member. Choose its decision.")
        },
    )
    since = since_field(label=gettext_lazy("First day no longer of the house"))
    reason = reason_field()

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["document"].queryset = exclusions(self.here)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        decision, since = answers.get("document"), answers.get("since")
        if decision and since and since < self.here.cooperative.day_of(decision.decided_at):
            self.add_error("since", _("That is before the decision."))
        return answers


@require_http_methods(["GET", "POST"])
def expel(request: HttpRequest, coop: str, number: int) -> HttpResponse:
    """By a decision of the general assembly that was carried, and by nothing else."""
    here, person = keeper_at(request, coop, number)
    page = Page(
        _("Exclude by decision of the assembly"),
        _(
            "Choose the decision by which the assembly excluded this person. Access and mandates end with the day."
        ),
        _("Write the exclusion"),
        ""
        if exclusions(here).exists()
        else _("The assembly has carried no decision yet that could be chosen."),
    )

    def act(form: PersonSheet) -> object:
        given = {**form.cleaned_data, "document": form.cleaned_data["document"].label}
        return actions.expel(member=person, by=acting(here), at=here.at, **given)

    return write_about(request, here, person, ExpelSheet, act, page, saved(person.name), since=here.day)


# --- The appeal -----------------------------------------------------------------------------------------------------


def suspension_of(here: Here, person: Any) -> Standing | None:
    """The suspension that runs today or begins later."""
    rows = person.standings.filter(status=Standing.Status.SUSPENDED, struck_at=None)
    found: Standing | None = rows.exclude(until__lte=here.day).order_by("-since").first()
    if found is not None:
        found.member = person
    return found


class UpholdSheet(PersonSheet):
    document = document_field(
        help_text=gettext_lazy("Of the body that heard the appeal; not the one the appeal is against.")
    )


@require_http_methods(["GET", "POST"])
def uphold(request: HttpRequest, coop: str, number: int) -> HttpResponse:
    """An appeal that came with a paper was heard and the suspension stays; one made here is decided on its own page."""
    here, person = keeper_at(request, coop, number)
    standing = suspension_of(here, person)
    if standing is None:
        raise Http404
    appeal = Appeal.objects.filter(standing=standing).first()
    if appeal is not None:
        return redirect("appeal-decide", coop, appeal.pk)
    page = Page(
        _("The appeal was turned down"),
        _("The suspension becomes final. Was it lifted instead? Then write that the person is back at work."),
        _("Write the decision on the appeal"),
    )

    def act(form: PersonSheet) -> object:
        return actions.uphold_suspension(standing=standing, by=acting(here), at=here.at, **form.cleaned_data)

    return write_about(request, here, person, UpholdSheet, act, page, saved(person.name))
