"""What the register office writes of a life: moving, leaves, coming back, notice, leaving."""

from __future__ import annotations

import datetime

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.members import actions
from coop.members.models import Posting
from coop.members.rules.lives import LEAVES

from ..access import acting
from .record_sheets import (
    Page,
    PersonSheet,
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


class MoveSheet(PersonSheet):
    department = department_field()
    crew = crew_field()
    since = since_field()
    reason = reason_field(required=False)


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, coop: str, number: int) -> HttpResponse:
    """To another department or crew from a day on."""
    here, person = keeper_at(request, coop, number)
    page = Page(
        _("Move to another department or crew"),
        _("It counts from the day you write. Registers of voters that are closed keep the old place."),
        _("Write the move"),
    )
    at = person.postings.filter(Posting.on(here.day)).select_related("department", "crew").first()
    initial = {"department": at.department.code, "crew": at.crew and at.crew.code} if at else {}

    def act(form: PersonSheet) -> object:
        return actions.move(member=person, by=acting(here), at=here.at, **form.cleaned_data)

    done = saved(person.name)
    return write_about(request, here, person, MoveSheet, act, page, done, since=here.day, **initial)


def _leaves() -> list[tuple[str, str]]:
    return [(leave.value, capfirst(str(leave.label))) for leave in LEAVES]


class LeaveSheet(PersonSheet):
    status = forms.ChoiceField(label=gettext_lazy("What kind of leave"), choices=_leaves)
    since = since_field()
    expected_until = until_field(required=False)
    reason = reason_field(
        required=False, help_text=gettext_lazy("No illness by name; nobody needs to know it.")
    )


@require_http_methods(["GET", "POST"])
def absence(request: HttpRequest, coop: str, number: int) -> HttpResponse:
    """On leave from a day on, or longer than was written."""
    here, person = keeper_at(request, coop, number)
    page = Page(
        _("Write a leave"),
        _(
            "Sick and parental leave keep every right. What kind of leave it is, only the person, the keeper"
            " and the auditor read."
        ),
        _("Write the leave"),
    )

    def act(form: PersonSheet) -> object:
        return actions.go_on_leave(member=person, by=acting(here), at=here.at, **form.cleaned_data)

    return write_about(request, here, person, LeaveSheet, act, page, saved(person.name), since=here.day)


class BackSheet(PersonSheet):
    since = since_field(label=gettext_lazy("Back from which day"))
    document = document_field(
        required=False,
        help_text=gettext_lazy("Needed only when a suspension is lifted before its last day."),
    )
    reason = reason_field(required=False)


@require_http_methods(["GET", "POST"])
def back(request: HttpRequest, coop: str, number: int) -> HttpResponse:
    """At work again: a leave is over, a notice taken back, a suspension over or lifted."""
    here, person = keeper_at(request, coop, number)
    page = Page(_("Back at work"), _("From this day on: active again."), _("Write the return"))

    def act(form: PersonSheet) -> object:
        return actions.come_back(member=person, by=acting(here), at=here.at, **form.cleaned_data)

    return write_about(request, here, person, BackSheet, act, page, saved(person.name), since=here.day)


class NoticeSheet(PersonSheet):
    since = since_field(label=gettext_lazy("Said so on"))
    expected_until = until_field(label=gettext_lazy("Will leave on"), required=False)
    reason = reason_field(required=False)


@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest, coop: str, number: int) -> HttpResponse:
    """Somebody says that they will leave."""
    here, person = keeper_at(request, coop, number)
    days = here.bylaws.leaving_notice_days
    page = Page(
        _("Notice given"),
        _("Whoever has given notice keeps every right until the day of leaving."),
        _("Write the notice"),
        _("The bylaws ask for %(days)s days of notice.") % {"days": days},
    )

    def act(form: PersonSheet) -> object:
        return actions.give_notice(member=person, by=acting(here), at=here.at, **form.cleaned_data)

    leaves = here.day + datetime.timedelta(days=days)
    done = saved(person.name)
    return write_about(
        request, here, person, NoticeSheet, act, page, done, since=here.day, expected_until=leaves
    )


class GoneSheet(PersonSheet):
    died = forms.ChoiceField(
        label=gettext_lazy("What happened"),
        choices=[("", gettext_lazy("Left the co-operative")), ("died", gettext_lazy("Died"))],
        required=False,
        widget=forms.RadioSelect,
    )
    since = since_field(
        label=gettext_lazy("First day no longer of the house"),
        help_text=gettext_lazy("On this day access and mandates end."),
    )
    document = document_field(required=False, help_text=gettext_lazy("A letter, a certificate."))
    reason = reason_field(required=False)


@require_http_methods(["GET", "POST"])
def gone(request: HttpRequest, coop: str, number: int) -> HttpResponse:
    """Left or died: the line of the register stays, everything else ends."""
    here, person = keeper_at(request, coop, number)
    page = Page(
        _("Left, or died"),
        _(
            "The number stays theirs for ever. From the day on nobody gets in with it, and every mandate ends."
        ),
        _("Write that they are gone"),
        _("The bylaws ask for %(days)s days of notice.") % {"days": here.bylaws.leaving_notice_days},
    )

    def act(form: PersonSheet) -> object:
        given = {**form.cleaned_data, "died": form.cleaned_data["died"] == "died"}
        return actions.leave(member=person, by=acting(here), at=here.at, **given)

    return write_about(request, here, person, GoneSheet, act, page, saved(person.name), since=here.day)
