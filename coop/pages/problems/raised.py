"""Raising a problem: in under a minute, with gloves; what is like it is shown before anything is stored."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from coop.production import actions
from coop.production.duplicates import Known, suggested
from coop.production.models import Problem
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, doorstep, enter
from ..entrance.kept_typed import without_session
from ..photos_too_heavy import MOST_MEGABYTES, too_heavy
from .photos_kept import carried
from .sheets import RaiseForm, places, say_too_much, urgencies, waiting
from .told import say_age, say_place, standing

MOST_COMPARED = 2000  # the newest that wait: more are not waiting anywhere


def _signed_out(request: HttpRequest, coop: str) -> HttpResponse:
    """What was typed stays on the page of whoever sent it when their session had ended. Not even for the moment of
    signing in is it kept for somebody: it may be meant without a name."""
    here = doorstep(request, coop)
    onward = urlencode({"next": reverse("problem-raise", args=[coop])})
    fields = RaiseForm.base_fields
    typed = [
        {"label": fields[name].label, "words": words, "rows": 2 if name == "title" else 4}
        for name in ("title", "risk", "details")
        if (words := request.POST.get(name, "")[: fields[name].max_length])  # type: ignore[attr-defined]
    ]
    context = {"typed": typed, "address": f"{reverse('sign-in', args=[here.cooperative.slug])}?{onward}"}
    return render(request, "problems/signed_out.html", context, status=401)


@without_session(_signed_out)
@require_http_methods(["GET", "POST"])
def raise_problem(request: HttpRequest, coop: str) -> HttpResponse:
    """`?place=7`: the code at the place leads here with the place chosen."""
    here = enter(request, coop)
    if request.method == "GET":
        form = RaiseForm(None, None, here=here, place=request.GET.get("place", ""))
        return _show(request, here, form, status=200)
    form = RaiseForm(request.POST, request.FILES, here=here, too_heavy=too_heavy(request))
    if not form.is_valid():
        status = 413 if form.too_heavy else 422
        return _show(request, here, form, alike=_alike(here, form), status=status)
    given = form.cleaned_data
    # A page that sent photos would lose them by asking back; then the page of the problem tells what is like it.
    sent_before = Problem.objects.filter(cooperative=here.cooperative, form=given["form"]).exists()
    if not (given["pictures"] or "new" in request.POST or sent_before):
        found = _alike(here, form)
        if {str(one["key"]) for one in found} - set(request.POST.getlist("seen")):
            return _show(request, here, form, alike=found, asks=True, status=409)
    try:
        made = actions.raise_problem(
            area=access.area(here, int(given["area"])),
            category=given["category"],
            priority=given["priority"],
            title=given["title"],
            details=given["details"],
            risk=given["risk"],
            colleague=given["colleague"],
            unnamed=given["unnamed"],
            photos=given["pictures"],
            stopped=given["stopped"],
            form=given["form"],
            by=acting(here),
            at=here.at,
        )
    except Refused as refusal:
        return _show(request, here, form, reasons=refusal.reasons, status=409)
    if made.raised_by_id is None:
        # Answered by the POST itself: neither an address nor the session says beside whom this number stood.
        return render(request, "problems/unnamed.html", {"problem": made})
    messages.success(
        request, _("%(problem)s is raised. You will be asked whether it is solved.") % {"problem": made.label}
    )
    return redirect("problem", coop, made.pk)


@require_safe
def alike(request: HttpRequest, coop: str) -> HttpResponse:
    """What is like the words that are being typed; the form shows it below them, and is where this leads by itself."""
    here = enter(request, coop)
    if "HX-Request" not in request.headers:
        return redirect("problem-raise", coop)
    words, place = request.GET.get("title", "")[:160], request.GET.get("area", "")
    found = _like(
        here, words, int(place) if place.isascii() and place.isdigit() and len(place) < 19 else None
    )
    return render(request, "problems/alike.html", {"alike": found})


def like_it(here: Here, problem: Problem) -> list[dict[str, Any]]:
    """What is like a problem that has just been raised."""
    found = _like(here, problem.title, problem.area_id)
    return [one for one in found if one["key"] != problem.pk]


def _alike(here: Here, form: RaiseForm) -> list[dict[str, Any]]:
    place = form.place
    return _like(here, str(form.data.get("title", ""))[:160], place.pk if place is not None else None)


def _like(here: Here, words: str, area: int | None) -> list[dict[str, Any]]:
    """Two queries, however many there are."""
    known = access.problems(here).filter(waiting()).order_by("-raised_at")
    rows = known.values_list("pk", "area", "title")[:MOST_COMPARED]
    keys = suggested(words, area, (Known(*row) for row in rows))
    found = {one.pk: one for one in access.problems(here).filter(pk__in=keys)}
    return [_told(here, found[key]) for key in keys if key in found]


def _told(here: Here, one: Any) -> dict[str, Any]:
    word, shape = standing(one, here.day, still=one.stands_still)
    return {
        "key": one.pk,
        "label": one.label,
        "title": one.title,
        "place": say_place(one),
        "age": say_age(here, one),
        "word": word,
        "shape": shape,
        "joins": one.state in Problem.TO_DO,
    }


def _show(
    request: HttpRequest,
    here: Here,
    form: RaiseForm,
    *,
    alike: list[dict[str, Any]] | None = None,
    asks: bool = False,
    reasons: list[Reason] | None = None,
    status: int,
) -> HttpResponse:
    near, far, chosen = places(here, form)
    along = carried(form.cleaned_data.get("pictures", []) if form.is_bound else [])
    context = {
        "form": form,
        "near": near,
        "far": far,
        "chosen": chosen,
        "opened": chosen in {str(one.pk) for _name, some in far for one in some},
        "urgencies": urgencies(here, str(form.data.get("priority", ""))),
        "alike": alike or [],
        "asks": asks,
        "reasons": reasons or [],
        "kept": along.photos,
        "again": along.left_out or form.too_heavy or (request.FILES and not along.photos),
        "most": MOST_MEGABYTES * 1024 * 1024,
        "too_much": say_too_much(),
        "more": any(form.data.get(name) for name in ("details", "risk", "colleague", "unnamed")),
    }
    return render(request, "problems/raise.html", context, status=status)
