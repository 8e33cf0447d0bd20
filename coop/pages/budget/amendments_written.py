"""Writing an amendment of the budget: rows of lines that get more or less, weighed while they are written."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coop.budget import actions
from coop.budget.models import Amendment
from coop.budget.rules.amendments import (
    MOST_MOVES,
    obstacles_in_time,
    obstacles_to_having_a_voice,
    obstacles_to_joining,
    obstacles_to_rewriting,
)
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..belonging import councils_of
from .amendment_sheets import AT_FIRST, BudgetAmendmentSheet, first_words, named, rows_in
from .desk import Desk
from .effect import balance
from .told import Round

MOST_PARTS = 20
LISTED = 400  # lines that a box offers while one types; of a larger budget those of one department


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """With `line=CODE` in the address that line stands there already."""
    here = enter(request, coop)
    desk = Desk.of(access.budget(here, key), councils=councils_of(here))
    asked = {code: Decimal(0) for code in request.GET.getlist("line") if code in desk.lines}
    first = first_words(asked, desk.lines)
    return _answer(request, here, desk, {name: "" if "amount" in name else it for name, it in first.items()})


@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """An amendment of an amendment: other moves in place of those it brings."""
    here = enter(request, coop)
    parent = access.budget_amendment(here, key)
    if parent.number is None:
        raise Http404
    desk = Desk.of(parent.year, councils=councils_of(here), amends=parent)
    return _answer(request, here, desk, first_words(_moves_of(parent), desk.lines))


@require_http_methods(["GET", "POST"])
def common(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """A text in place of several, which stand in the address as `part`. It begins with what all of them move."""
    here = enter(request, coop)
    year = access.budget(here, key)
    asked = request.GET.getlist("part")
    if len(asked) > MOST_PARTS or not all(re.fullmatch(r"[0-9]{1,18}", one) for one in asked):
        raise Http404
    parts = access.budget_parts(here, year, [int(one) for one in asked])
    together: dict[str, Decimal] = {}
    for part in parts:
        for code, amount in _moves_of(part).items():
            together[code] = together.get(code, Decimal(0)) + amount
    desk = Desk.of(year, councils=councils_of(here), parts=parts, joins=True)
    first = first_words({code: amount for code, amount in together.items() if amount}, desk.lines)
    first["reasons"] = "\n\n".join(f"{part.short}: {part.reasons}" for part in parts if part.reasons)
    return _answer(request, here, desk, first)


@require_http_methods(["GET", "POST"])
def rewrite(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    written = access.budget_amendment(here, key)
    if written.author_id != acting(here).pk:
        raise Http404
    councils = councils_of(here)
    if written.on_behalf_of is not None and written.on_behalf_of not in councils:
        councils = [written.on_behalf_of, *councils]  # it may stay in the name that it was begun in
    desk = Desk.of(written.year, written=written, councils=councils)
    first = first_words(_moves_of(written), desk.lines, written)
    first["on_behalf_of"] = written.on_behalf_of.code if written.on_behalf_of else ""
    return _answer(request, here, desk, first | {"revision": written.revision})


def _moves_of(amendment: Amendment) -> dict[str, Decimal]:
    return {move.line.code: move.amount for move in amendment.moves.all()}


def _against(here: Here, desk: Desk) -> list[Reason]:
    """Why there is nothing to write here now."""
    me = acting(here)
    if desk.written is not None:
        found = obstacles_to_rewriting(desk.written, revision=desk.written.revision, by=me)
        return found + obstacles_in_time(desk.year, desk.kind, here.day)
    found = obstacles_in_time(desk.year, desk.kind, here.day)
    found += obstacles_to_having_a_voice(desk.year, on_behalf_of=None, by=me, at=here.at, bylaws=here.bylaws)
    if desk.amends is not None and (desk.amends.amends_id or desk.amends.kind != Amendment.Kind.OWN):
        found.append(Reason("one-level-of-amendments"))
    elif desk.amends is not None and not desk.amends.is_alive:
        found.append(Reason("budget-amendment-ended", {"label": desk.amends.label}))
    return found


def _answer(request: HttpRequest, here: Here, desk: Desk, first: dict[str, Any]) -> HttpResponse:
    """GET shows the rows; the buttons ask for more room or for the balance; the last one keeps it as a draft."""
    against = _against(here, desk) + (obstacles_to_joining(desk.year, desk.parts) if desk.joins else [])
    typed = len([name for name in first if name.startswith("line-")])
    if request.method == "GET":
        form = desk.sheet(initial=first, rows=max(AT_FIRST, typed))
        return _page(request, here, desk, form, first.get("revision", 0), against=against)
    revision = _revision(request)
    many = rows_in(request.POST)
    if "add" in request.POST or request.POST.get("do") in ("row", "list"):
        return _more_room(request, here, desk, many, revision)
    form = desk.sheet(request.POST, rows=many)
    if not form.is_valid():
        return _page(request, here, desk, form, revision, status=422)
    if request.POST.get("do") == "check":
        return _page(request, here, desk, form, revision, weighed=True)
    try:
        made = _kept(here, desk, form, revision)
    except Refused as refusal:
        return _page(request, here, desk, form, revision, refused=refusal.reasons, status=409)
    messages.success(request, _("It is kept as a draft, which only you see. Hand it in when it is ready."))
    return redirect("budget-amendment", here.cooperative.slug, made.pk)


def _revision(request: HttpRequest) -> int:
    told = request.POST.get("revision", "")
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 9 else 0


def _kept(here: Here, desk: Desk, form: BudgetAmendmentSheet, revision: int) -> Amendment:
    words: dict[str, Any] = {name: form.cleaned_data[name] for name in ("title", "reasons", "proof")}
    words |= {"moves": form.moves, "by": acting(here), "at": here.at}
    code = form.cleaned_data.get("on_behalf_of")
    words["on_behalf_of"] = next((body for body in desk.councils if body.code == code), None)
    if desk.written is not None:
        return actions.rewrite(amendment=desk.written, revision=revision, **words)
    if desk.joins:
        return actions.common_text(parts=desk.parts, **words)
    return actions.begin_amendment(year=desk.year, amends=desk.amends, **words)


def _more_room(request: HttpRequest, here: Here, desk: Desk, many: int, revision: int) -> HttpResponse:
    """The form again with a further row, or with a line put into the first empty one, and everything that was typed."""
    typed: dict[str, Any] = desk.sheet(request.POST, rows=many).typed
    if request.POST.get("do") == "row":
        many += 1
    chosen = desk.lines.get(request.POST.get("add", ""))
    if chosen is not None:
        free = [n for n in range(1, many + 1) if not typed.get(f"line-{n}") and not typed.get(f"amount-{n}")]
        place = free[0] if free else many + 1
        many = max(many, place)
        typed[f"line-{place}"] = named(chosen)
    form = desk.sheet(initial=typed, rows=many)
    return _page(request, here, desk, form, revision)


def _page(
    request: HttpRequest,
    here: Here,
    desk: Desk,
    form: BudgetAmendmentSheet,
    revision: int,
    *,
    status: int = 200,
    weighed: bool = False,
    **context: Any,
) -> HttpResponse:
    departments = {line.department.code: line.department.name for line in desk.lines.values()}
    shown = request.POST.get("department", "")
    of_one = [line for line in desk.lines.values() if line.department.code == shown]
    offered = list(desk.lines.values()) if len(desk.lines) <= LISTED else of_one
    context |= {
        "year": desk.year,
        "desk": desk,
        "form": form,
        "revision": revision,
        "departments": sorted(departments.items()),
        "shown": shown,
        "of_one": of_one,
        "picking": "add" in request.POST or request.POST.get("do") == "list",
        "offered": [(named(line), line.department.name) for line in offered],
        "full": form.many >= MOST_MOVES,
        "weighed": weighed,
    }
    if form.is_bound and form.moves:
        context["balance"] = balance(
            Round(desk.year), form.moves, with_proof=bool(form.cleaned_data.get("proof"))
        )
    return render(request, "budget/budget_round/write.html", context, status=status)


@require_POST
def weigh(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The balance of what is being typed, for the script; rows that cannot be read yet are left out and told."""
    here = enter(request, coop)
    desk = Desk.of(access.budget(here, key), councils=councils_of(here))
    form = desk.sheet(request.POST, rows=rows_in(request.POST))
    form.is_valid()
    found = balance(Round(desk.year), form.moves, with_proof=bool(request.POST.get("proof", "").strip()))
    unread = [
        error
        for name, errors in form.errors.items()
        if name.startswith(("line-", "amount-"))
        for error in errors
    ]
    return render(
        request, "budget/budget_round/balance.html", {"balance": found, "unread": unread, "weighed": True}
    )
