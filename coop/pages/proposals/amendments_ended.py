"""An amendment is withdrawn by its author, or turned down by whoever calls the assembly, with a word."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.meetings import actions as meetings
from coop.proposals import actions
from coop.proposals.models import Amendment
from coop.proposals.rules import (
    obstacles_to_leading,
    obstacles_to_turning_down,
    obstacles_to_withdrawing_amendment,
)
from coop.refusals import Reason, Refused, refuse_if

from .. import access
from ..access import acting, enter
from ..sheets import Sheet, WordsField


class Word(Sheet):
    because = WordsField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It stands beside the amendment and is read by everybody."),
    )


class Because(Sheet):
    because = WordsField(
        label=gettext_lazy("Why"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It stands beside the amendment and is read by everybody."),
        error_messages={"required": gettext_lazy("Give the reason; it will be read by everybody.")},
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found, me = access.amendment(here, key), acting(here)
    if found.author_id != me.pk:
        raise Refused([Reason("not-the-author")])
    if request.method == "GET":
        return _page(request, found, Word(), obstacles=obstacles_to_withdrawing_amendment(found, by=me))
    form = Word(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        meetings.withdraw_amendment(amendment=found, because=form.cleaned_data["because"], by=me, at=here.at)
    except Refused as refusal:
        return _page(request, found, form, refused=refusal.reasons, status=409)
    together = found.kind == Amendment.Kind.BLOCK
    messages.success(request, _("They are voted one by one again.") if together else _("It is withdrawn."))
    return redirect("amendment", coop, key)


@require_http_methods(["GET", "POST"])
def turn_down(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found, me = access.amendment(here, key), acting(here)
    refuse_if(obstacles_to_leading(found.proposal, by=me, at=here.at))
    if request.method == "GET":
        reasons = obstacles_to_turning_down(found, "—", by=me, at=here.at)
        return _page(request, found, Because(), obstacles=reasons, down=True)
    form = Because(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422, down=True)
    try:
        actions.turn_down_amendment(amendment=found, because=form.cleaned_data["because"], by=me, at=here.at)
    except Refused as refusal:
        return _page(request, found, form, refused=refusal.reasons, status=409, down=True)
    messages.success(request, _("It is turned down; the reason stands beside it."))
    return redirect("amendment", coop, key)


def _page(
    request: HttpRequest,
    found: Amendment,
    form: Sheet,
    *,
    obstacles: list[Reason] | None = None,
    refused: list[Reason] | None = None,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    context |= {"amendment": found, "form": form, "obstacles": obstacles, "refused": refused}
    return render(request, "proposals/amendments/ended.html", context, status=status)
