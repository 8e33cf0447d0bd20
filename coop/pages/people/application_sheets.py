"""What every sheet about an application needs: who may see it, one form, one act, and where it leads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from coop.members.models import Application, Member, Power
from coop.refusals import Reason, Refused

from ..access import Here, acting, enter, reads_private
from ..sheets import WordsField
from .record_sheets import Page, RecordSheet


def found_by(here: Here, key: int) -> Application:
    """For who keeps or audits the register, and for the applicant."""
    people = Application.objects.select_related("applicant", "member", "department", "crew", "entered_by")
    found = people.filter(cooperative=here.cooperative, pk=key).first()
    if found is None or not (reads_private(here) or found.applicant_id == acting(here).pk):
        raise Http404
    found.cooperative = here.cooperative
    return found


def acted_on_by(here: Here, key: int) -> Application:
    """For the applicant and for whoever keeps the register; the audit reads and changes nothing."""
    found = found_by(here, key)
    if found.applicant_id != acting(here).pk and not here.may(Power.KEEP_REGISTER):
        raise Http404
    return found


def long_text(**more: Any) -> WordsField:
    return WordsField(max_length=2000, widget=forms.Textarea(attrs={"rows": 6}), **more)


def office_at(request: HttpRequest, coop: str) -> Here:
    here = enter(request, coop)
    if not here.may(Power.KEEP_REGISTER):
        raise Http404
    return here


def fill_in(
    request: HttpRequest,
    here: Here,
    form: RecordSheet,
    act: Callable[[RecordSheet], Application | Member | None],
    page: Page,
    done: str,
    found: Application | None = None,
    against: list[Reason] | None = None,
) -> HttpResponse:
    """One sheet, one act. Admitted, one goes to the page of the person; else to the application."""
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            came = act(form)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, done)
            if isinstance(came, Member):
                return redirect("member", here.cooperative.slug, came.number)
            key = came.pk if came else found.pk if found else 0
            return redirect("application", here.cooperative.slug, key)
    context = {
        "form": form,
        "page": page,
        "application": found,
        "up": _up(here, found),
        "reasons": form.take(reasons),
        "against": against or [],
    }
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "people/applications/write.html", context, status=status)


def _up(here: Here, found: Application | None) -> str:
    """Where "not now" leads: the application, the list of them, or one's own page."""
    slug = here.cooperative.slug
    if found is not None:
        return reverse("application", args=[slug, found.pk])
    if here.may(Power.KEEP_REGISTER):
        return reverse("applications", args=[slug])
    return reverse("member", args=[slug, acting(here).number])
