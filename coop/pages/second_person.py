"""The second person compares what another entered with its paper, and confirms it or says what the paper says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from coop.letters import is_whole, one_line
from coop.members.models.countersigned import Countersigned
from coop.members.rules.second_person import obstacles_to_confirming
from coop.refusals import Reason, Refused

from .access import Here, acting


def beside(here: Here, entry: Countersigned) -> dict[str, Any]:
    """For the page of an entry: whether the reader entered it, and what keeps them from being its second person."""
    me = acting(here)
    waits = entry.waits
    return {
        "mine": entry.entered_by_id == me.pk,
        "obstacles": obstacles_to_confirming(entry, by=me, at=here.at, powers=here.powers) if waits else [],
    }


def answered(
    request: HttpRequest,
    here: Here,
    *,
    confirm: Callable[..., object],
    turn_down: Callable[..., object],
    confirmed: str,
) -> None:
    """Does what the form says, by the reader and now, and tells it; `confirmed`: what is told after a yes.

    Raises `Refused`; nothing has changed then.
    """
    if request.POST.get("do") == "refuse":
        turn_down(because=refusal_typed(request), by=acting(here), at=here.at)
        messages.success(request, _("Turned down. The entry stays in the record and counts for nothing."))
    else:
        confirm(by=acting(here), at=here.at)
        messages.success(request, confirmed)


def refusal_typed(request: HttpRequest) -> str:
    """What the paper says instead, on one line. Raises `Refused` when it did not arrive whole."""
    words = request.POST.get("because", "")
    if not is_whole(words):
        raise Refused([Reason("letters-broken")])
    return one_line(words)
