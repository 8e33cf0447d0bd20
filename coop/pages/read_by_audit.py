"""What whoever audits reads by that office alone is written down, and everybody can look it up."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coop.members.models import Power
from coop.oversight import actions
from coop.oversight.models import Reading

from .access import Here, acting, enter, page_of
from .looking import Look

What = Reading.What
LINES = 50


def note(here: Here, what: Reading.What, *, otherwise: bool, key: object = "", label: str = "") -> None:
    """`otherwise`: this person reads it without the power to audit too. Who does not audit costs no question."""
    if otherwise or not here.may(Power.AUDIT):
        return
    actions.note_reading(what=what, key=str(key), label=label, by=acting(here), at=here.at)


@require_safe
def readings(request: HttpRequest, coop: str) -> HttpResponse:
    """Everybody reads when and what; whose record it was, the person and those who hold an office."""
    here = enter(request, coop)
    me = acting(here)
    found = Reading.objects.filter(cooperative=here.cooperative).select_related("reader")
    mine = Q(what=What.PERSON, key=str(me.number))
    asked = request.GET.get("mine") == "yes"
    look = Look(request, mine="yes" if asked else "")
    # Of whom a record is stands there for those who hold an office, and is found by them.
    told = "{reader__name} {label}" if here.powers.held else "{reader__name}"
    page = page_of(request, look.among(found.filter(mine) if asked else found, told), LINES)
    rows = [_row(here, one, open_=bool(here.powers.held) or one.key == str(me.number)) for one in page]
    return render(
        request, "oversight/readings.html", {"look": look, "page": page, "rows": rows, "mine": asked}
    )


def _row(here: Here, one: Any, *, open_: bool) -> dict[str, Any]:
    label = one.label if one.what != What.PERSON or open_ else ""
    return {"reader": one.reader, "what": one.get_what_display(), "label": label, "hour": one.hour}
