"""One act on a problem at a time: its sheet, why it cannot be done now, and the doing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from coop.production.models import Problem
from coop.production.rules.answering import obstacles_to_answering
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from .act_sheets import BareForm
from .act_table import ACTS, ProblemAct


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, coop: str, key: int, name: str) -> HttpResponse:
    """The sheet of one act; where it cannot be done now, why."""
    here = enter(request, coop)
    found, what = access.problem(here, key), ACTS[name]
    who: dict[str, Any] = {"by": acting(here), "at": here.at}
    against = what.rule(found, who)
    typed = (request.POST, request.FILES) if request.method == "POST" else ()
    form = what.sheet(*typed, here=here, problem=found)
    if against or not form.is_valid():
        return _show(request, here, found, name, form, against)
    try:
        what.carry_out(form, problem=found, **who)
    except Refused as refusal:
        return _show(request, here, found, name, form, refusal.reasons)
    messages.success(request, str(what.said))
    return redirect("problems", coop) if what.away else redirect("problem", coop, key)


def _show(
    request: HttpRequest, here: Here, found: Problem, name: str, form: BareForm, against: list[Reason]
) -> HttpResponse:
    context = {
        "problem": found,
        "act": ACTS[name],
        "name": f"problem-{name}",
        "form": form,
        "reasons": against,
        "closed": bool(against) and not form.is_bound,
        "again": bool(request.FILES),
    }
    if against:
        form.quiet()
    status = 409 if against else 422 if form.errors else 200
    return render(request, "problems/act.html", context, status=status)


def open_to(here: Here, problem: Problem) -> dict[str, ProblemAct]:
    """What this person may do about it now, in the order of the table."""
    who: dict[str, Any] = {"by": acting(here), "at": here.at}
    answers = not obstacles_to_answering(problem, **who)
    return {
        name: one
        for name, one in ACTS.items()
        if (answers or not one.by_office) and not one.rule(problem, who)
    }
