"""What is decided on an application: admitted, refused with reasons, appealed; or withdrawn by who asked."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.members import actions
from coop.members.models import Application, Member

from ..access import acting, enter
from .admissions import next_number, number_field
from .application_sheets import acted_on_by, fill_in, found_by, long_text, office_at
from .record_sheets import Page, RecordSheet, crew_field, department_field, document_field, since_field


class AdmitSheet(RecordSheet):
    since = since_field(
        label=gettext_lazy("Decided on"), help_text=gettext_lazy("A member from this day on.")
    )
    document = document_field()
    number = number_field()
    department = department_field()
    crew = crew_field()

    def __init__(self, *arguments: Any, application: Application, **more: Any) -> None:
        super().__init__(*arguments, **more)
        if application.applicant_id is not None:  # keeps number and place
            for name in ("number", "department", "crew"):
                del self.fields[name]


@require_http_methods(["GET", "POST"])
def admit(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = office_at(request, coop)
    found = found_by(here, key)
    page = Page(_("Admit"), _("Write down what was decided, where, and when."), _("Admit as a member"))
    initial = {
        "since": here.day,
        "number": next_number(here.cooperative),
        "department": found.department and found.department.code,
        "crew": found.crew and found.crew.code,
    }

    def act(form: RecordSheet) -> Member:
        given = dict(form.cleaned_data)
        decided_on = given.pop("since")
        return actions.admit_applicant(
            application=found, decided_on=decided_on, by=acting(here), at=here.at, **given
        )

    form = AdmitSheet(
        request.POST if request.method == "POST" else None, here=here, application=found, initial=initial
    )
    return fill_in(request, here, form, act, page, _("Admitted: %(name)s.") % {"name": found.name}, found)


class RefuseSheet(RecordSheet):
    since = since_field(label=gettext_lazy("Decided on"))
    document = document_field()
    reasons = long_text(label=gettext_lazy("Reasons"), help_text=gettext_lazy("The applicant reads them."))


@require_http_methods(["GET", "POST"])
def refuse(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = office_at(request, coop)
    found = found_by(here, key)
    page = Page(
        _("Refuse"), _("With reasons. The applicant may appeal to another body."), _("Write the refusal")
    )

    def act(form: RecordSheet) -> None:
        given = dict(form.cleaned_data)
        decided_on = given.pop("since")
        actions.refuse_application(
            application=found, decided_on=decided_on, by=acting(here), at=here.at, **given
        )

    form = RefuseSheet(
        request.POST if request.method == "POST" else None, here=here, initial={"since": here.day}
    )
    return fill_in(request, here, form, act, page, _("The refusal is on record."), found)


class AppealSheet(RecordSheet):
    since = since_field(label=gettext_lazy("Day of the appeal"))
    appeal = long_text(label=gettext_lazy("What the appeal says"))


@require_http_methods(["GET", "POST"])
def appeal(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """By the applicant, or by the register office for somebody who came with a paper."""
    here = enter(request, coop)
    found = acted_on_by(here, key)
    page = Page(_("Appeal the refusal"), _("Another body will decide, and give its reasons."), _("Appeal"))

    def act(form: RecordSheet) -> None:
        actions.appeal_refusal(
            application=found,
            appealed_on=form.cleaned_data["since"],
            appeal=form.cleaned_data["appeal"],
            by=acting(here),
            at=here.at,
        )

    form = AppealSheet(
        request.POST if request.method == "POST" else None, here=here, initial={"since": here.day}
    )
    return fill_in(request, here, form, act, page, _("The appeal is on record."), found)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = acted_on_by(here, key)
    page = Page(_("Withdraw the application?"), _("It stays on record as withdrawn."), _("Withdraw it"))

    def act(form: RecordSheet) -> None:
        actions.withdraw_application(application=found, by=acting(here), at=here.at)

    form = RecordSheet(request.POST if request.method == "POST" else None, here=here)
    return fill_in(request, here, form, act, page, _("Withdrawn."), found)
