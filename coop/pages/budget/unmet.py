"""What was asked for and could not be met, year by year, and to which budget it returned."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .. import access
from ..access import enter, page_of
from ..looking import Look
from .words import AMENDMENT_SHAPES, told

ON_A_PAGE = 30


@require_safe
def unmet(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    look = Look(request)
    page = page_of(
        request,
        look.among(access.budget_unmet(here), "{title} {department__name} {amendment__author__name}"),
        ON_A_PAGE,
    )
    readable = set(
        access.budgets(here).filter(pk__in=[one.carried_to_id for one in page]).values_list("pk", flat=True)
    )
    rows = []
    for one in page:
        asked = one.amendment
        rows.append(
            {
                "one": one,
                "amount": told(one.amount),
                "who": asked.on_behalf_of.name if asked.on_behalf_of else asked.author.name,
                "word": asked.get_state_display(),
                "shape": AMENDMENT_SHAPES[asked.State(asked.state)],
                "to": one.carried_to if one.carried_to_id in readable else None,
                "returned": one.carried_to,
            }
        )
    return render(request, "budget/budget_kept/unmet.html", {"look": look, "page": page, "rows": rows})
