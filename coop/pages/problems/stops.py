"""A line that stands still: stopped by anybody, made safe by one person, lifted by another."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from coop.production import actions
from coop.production.models import Problem, Stop
from coop.production.rules.problems import (
    obstacles_to_asking_to_lift,
    obstacles_to_lifting,
    obstacles_to_stopping,
)
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..sheets import Sheet, WordsField


class SafeForm(Sheet):
    made_safe = WordsField(
        label=gettext_lazy("What was done to make it safe"),
        max_length=300,
        error_messages={"required": gettext_lazy("Say what was done to make it safe.")},
    )


def standing_still(problem: Problem) -> Stop | None:
    found = Stop.objects.select_related("stopped_by", "asked_by", "lifted_by").filter(
        problem=problem, lifted_at=None
    )
    stop: Stop | None = found.first()
    if stop is not None:
        stop.problem = problem
    return stop


@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.problem(here, key)
    reasons = obstacles_to_stopping(found, by=acting(here), at=here.at)
    if request.method == "POST" and not reasons:
        try:
            actions.stop_line(problem=found, by=acting(here), at=here.at)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("The line is stopped. Two people together let it run again."))
            return redirect("problem", coop, key)
    context = {"problem": found, "reasons": reasons}
    return render(request, "problems/stop.html", context, status=409 if reasons else 200)


@require_http_methods(["GET", "POST"])
def made_safe(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The first of the two: says what was done. The page shows who stopped it, and when."""
    here = enter(request, coop)
    found = access.problem(here, key)
    standing = standing_still(found)
    if standing is None:
        raise Http404
    form = SafeForm(request.POST if request.method == "POST" else None)
    reasons = obstacles_to_asking_to_lift(standing, made_safe="-", by=acting(here), at=here.at)
    if not reasons and form.is_valid():
        try:
            actions.ask_to_lift(
                stop=standing, made_safe=form.cleaned_data["made_safe"], by=acting(here), at=here.at
            )
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Written down. Another person looks, and lifts the stop."))
            return redirect("problem", coop, key)
    return _lifting(request, here, found, standing, form, reasons)


@require_POST
def lift(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The second of the two."""
    here = enter(request, coop)
    found = access.problem(here, key)
    standing = standing_still(found)
    if standing is None:
        raise Http404
    try:
        actions.lift(stop=standing, by=acting(here), at=here.at)
    except Refused as refusal:
        return _lifting(request, here, found, standing, SafeForm(), refusal.reasons)
    messages.success(request, _("The stop is lifted. The line runs again."))
    return redirect("problem", coop, key)


def _lifting(
    request: HttpRequest, here: Here, problem: Problem, standing: Stop, form: SafeForm, reasons: list[Reason]
) -> HttpResponse:
    if reasons:
        form.quiet()
    context: dict[str, Any] = {"problem": problem, "stop": standing, "form": form, "reasons": reasons}
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "problems/made_safe.html", context, status=status)


def lifts(here: Here, standing: Stop) -> bool:
    """Whether this person may be the second of the two now."""
    return not obstacles_to_lifting(standing, by=acting(here), at=here.at)
