"""That a secret was replaced is told to its owner on every page, until they say that they have read it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from coop.members import actions
from coop.members.resets import resets_of

from ..access import acting, enter


@require_POST
def acknowledge(request: HttpRequest, coop: str) -> HttpResponse:
    """All that has been told is read; what happened since then will be told again."""
    here = enter(request, coop)
    told = request.POST.get("reset", "")
    unread = resets_of(acting(here)).filter(acknowledged_at=None)
    for reset in unread:
        if str(reset.pk) == told:
            actions.acknowledge_reset(card=reset, by=acting(here), at=here.at)
    return redirect("home", coop)
