"""An agreement is begun by the office; its commission sets days, adds articles and steps, and lays it before all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coop.members.models import Member
from coop.proposals.actions import agreements as actions
from coop.proposals.models import Agreement, AgreementArticle, Proposal
from coop.proposals.rules.agreements import (
    obstacles_to_entering_agreements,
    obstacles_to_laying_before,
    obstacles_to_setting,
    obstacles_to_sitting,
)
from coop.refusals import Reason, Refused, refuse_if

from .. import access
from ..access import Here, acting, enter
from ..sheets import Sheet
from .sheets import Begin, Days, Laying, NewArticle, Step


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    me = acting(here)
    refuse_if(obstacles_to_entering_agreements(by=me, at=here.at))
    form = Begin(request.POST or None, here=here)
    heads = {"title": _("Begin an agreement"), "go": _("Begin it")}
    return act(request, here, form, heads, lambda: actions.begin_agreement(**form.facts, by=me, at=here.at))


@require_http_methods(["GET", "POST"])
def set_days(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found, me = _of_mine(here, key)
    initial = {name: getattr(found, name) for name in ("starts_on", "expires_on", "comments_until")}
    form = Days(request.POST or None, initial=initial | {"by_article": "yes" if found.by_article else "no"})
    heads = {"title": _("Days, and how it is voted"), "go": _("Save"), "of": found}
    obstacles = obstacles_to_setting(found, by=me, at=here.at)
    return act(
        request,
        here,
        form,
        heads,
        lambda: actions.set_agreement(agreement=found, **form.facts, by=me, at=here.at),
        obstacles=obstacles,
    )


@require_http_methods(["GET", "POST"])
def add_article(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found, me = _of_mine(here, key)
    form = NewArticle(request.POST or None, of=found, here=here)
    heads = {"title": _("One more article"), "go": _("Add it"), "of": found}
    obstacles = obstacles_to_setting(found, by=me, at=here.at)
    return act(
        request,
        here,
        form,
        heads,
        lambda: actions.add_article(agreement=found, **form.cleaned_data, by=me, at=here.at),
        obstacles=obstacles,
    )


@require_http_methods(["GET", "POST"])
def add_step(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found, me = _of_mine(here, key)
    form = Step(request.POST or None)
    heads = {"title": _("One more day in the timetable"), "go": _("Add it"), "of": found}
    return act(
        request,
        here,
        form,
        heads,
        lambda: actions.add_step(agreement=found, **form.cleaned_data, by=me, at=here.at),
    )


@require_POST
def do_step(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    step = access.agreement_step(here, key)
    actions.do_step(step=step, by=acting(here), at=here.at)
    messages.success(request, _("It is done."))
    return redirect("agreement", coop, step.agreement_id)


@require_http_methods(["GET", "POST"])
def lay_before(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found, me = _of_mine(here, key)
    articles = list(found.articles.all())
    form = Laying(request.POST if request.method == "POST" else None)
    heads = {
        "title": _("Lay it before the assembly?"),
        "lede": _(
            "Each article becomes a clause of a proposal, its title on the first line. You publish it, members sign"
            " it, and from then on its words are changed by amendments only."
        ),
        "go": _("Make it a proposal"),
        "of": found,
    }
    return act(
        request,
        here,
        form,
        heads,
        lambda: actions.lay_before_assembly(agreement=found, **form.cleaned_data, by=me, at=here.at),
        obstacles=obstacles_to_laying_before(found, articles, by=me, at=here.at),
    )


def _of_mine(here: Here, key: int) -> tuple[Agreement, Member]:
    """For who sits in its commission; everybody else is told who does."""
    found, me = access.agreement(here, key), acting(here)
    refuse_if(obstacles_to_sitting(found, by=me, at=here.at))
    return found, me


def act(
    request: HttpRequest,
    here: Here,
    form: Sheet,
    heads: Mapping[str, Any],
    do: Callable[[], Any],
    *,
    obstacles: list[Reason] | None = None,
) -> HttpResponse:
    """A sheet that is shown, judged and done; then the page of what came of it, of the article, or of the agreement."""
    context = {**heads, "form": form}
    if request.method == "GET":
        return render(request, "agreements/form.html", context | {"obstacles": obstacles})
    if not form.is_valid():
        return render(request, "agreements/form.html", context, status=422)
    try:
        came = do()
    except Refused as refusal:
        return render(request, "agreements/form.html", context | {"refused": refusal.reasons}, status=409)
    messages.success(request, _("Saved."))
    shown = came if isinstance(came, Agreement | AgreementArticle | Proposal) else heads.get("article")
    shown = shown or heads["of"]
    return redirect(PAGES[type(shown)], here.cooperative.slug, shown.pk)


PAGES = {Agreement: "agreement", AgreementArticle: "article", Proposal: "proposal"}
