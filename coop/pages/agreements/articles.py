"""One article of the collective agreement: its words and versions, writing it, its state, and what the plant says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coop.proposals.actions import agreements as actions
from coop.proposals.amending import Words
from coop.proposals.models import AgreementArticle, ArticleText
from coop.proposals.rules.agreements import (
    commission_of,
    obstacles_to_joining_in,
    obstacles_to_setting,
    obstacles_to_sitting,
    obstacles_to_writing_article,
)
from coop.refusals import Reason, Refused, refuse_if

from .. import access
from ..access import Here, acting, enter, page_of
from ..proposals.amendment_marks import Marked, words_in_and_out
from ..sheets import Sheet
from .acts import act
from .agreements import SHAPES, crews_now
from .sheets import Comment, Stands, Text, Writer

COMMENTS_ON_A_PAGE = 30


def marked_between(before: ArticleText | None, after: ArticleText) -> list[Marked]:
    """The words of a version with what changed since an earlier one; without one, all of it is as it is."""
    old = before.text if before else after.text
    return words_in_and_out(old, Words(1, after.text))


@require_safe
def article(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    return _page(request, here, access.article(here, key))


def _page(
    request: HttpRequest,
    here: Here,
    found: AgreementArticle,
    *,
    form: Comment | None = None,
    refused: list[Reason] | None = None,
    status: int = 200,
) -> HttpResponse:
    me = acting(here)
    texts = list(found.texts.select_related("author").order_by("-number"))
    shown = _shown(request, texts)
    before = next((one for one in texts if shown and one.number == shown.number - 1), None)
    comments = found.comments.select_related("author", "on_behalf_of", "crew", "shift")
    mine = commission_of(found.agreement, here.at).filter(pk=me.pk).exists()
    context = {
        "article": found,
        "agreement": found.agreement,
        "shape": SHAPES[found.state],
        "texts": texts,
        "shown": shown,
        "latest": not texts or shown == texts[0],
        "before": before,
        "runs": marked_between(before, shown) if shown and before else None,
        "by_crew": _by_crew(here, comments.values_list("crew", "on_behalf_of")),
        "page": page_of(request, comments.order_by("-written_at", "-pk"), COMMENTS_ON_A_PAGE),
        "form": form or Comment(here=here),
        "no_comments": obstacles_to_joining_in(found.agreement, here.day),
        "mine": mine and not obstacles_to_setting(found.agreement, by=me, at=here.at),
        "writes": mine and not obstacles_to_writing_article(found, by=me, at=here.at),
        "refused": refused,
    }
    return render(request, "agreements/article.html", context, status=status)


def _shown(request: HttpRequest, texts: list[ArticleText]) -> ArticleText | None:
    """The version that the address asks for, else the last; a number that is none is not there."""
    asked = request.GET.get("version")
    if asked is None:
        return texts[0] if texts else None
    found = next((one for one in texts if str(one.number) == asked), None)
    if found is None:
        raise Http404
    return found


def _by_crew(here: Here, rows: Iterable[tuple[int | None, int | None]]) -> list[tuple[str, str]]:
    """How many comments each crew has given; then who works by day, then the councils."""
    names = crews_now(here)
    counts = Counter(
        (2, _("councils"))
        if body is not None
        else (1, _("by day"))
        if crew is None
        else (0, names.get(crew, ""))
        for crew, body in rows
    )
    return [
        (name, ngettext("%(count)s comment", "%(count)s comments", many) % {"count": many})
        for (_group, name), many in sorted(counts.items())
    ]


@require_POST
def comment(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.article(here, key)
    form = Comment(request.POST, here=here)
    if not form.is_valid():
        return _page(request, here, found, form=form, status=422)
    text, body = form.cleaned_data["text"], form.body
    try:
        actions.comment_on_article(article=found, text=text, on_behalf_of=body, by=acting(here), at=here.at)
    except Refused as refusal:
        return _page(request, here, found, form=form, refused=refusal.reasons, status=409)
    messages.success(request, _("Your comment stands here."))
    return redirect("article", coop, key)


# --- What its writer and the commission do --------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found, me = access.article(here, key), acting(here)
    refuse_if(obstacles_to_writing_article(found, by=me, at=here.at))
    last = found.texts.last()
    if request.method == "GET":
        initial = {"title": found.title, "text": last.text if last else "", "version": found.versions}
        return _desk(request, found, Text(initial=initial))
    form = Text(request.POST)
    if not form.is_valid():
        return _desk(request, found, form, status=422)
    try:
        actions.write_article(article=found, **form.cleaned_data, by=me, at=here.at)
    except Refused as refusal:
        now = access.article(here, key)
        typed = {name: form[name].value() for name in ("title", "text")}
        again = Text(initial=typed | {"version": now.versions})
        stored = now.texts.last() if now.versions != form.cleaned_data["version"] else None
        return _desk(request, now, again, refused=refusal.reasons, stored=stored, status=409)
    messages.success(request, _("Saved as a new version. The earlier ones stay."))
    return redirect("article", coop, key)


def _desk(request: HttpRequest, found: AgreementArticle, form: Text, **context: Any) -> HttpResponse:
    status = context.pop("status", 200)
    context |= {"article": found, "agreement": found.agreement, "form": form}
    return render(request, "agreements/write.html", context, status=status)


@require_http_methods(["GET", "POST"])
def stands(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = _of_mine(here, key)
    initial = {"state": found.state, "question": found.question, "waits_for": found.waits_for}
    form = Stands(request.POST or None, here=here, initial=initial)
    return _act(
        request,
        here,
        found,
        form,
        _("How far is it?"),
        lambda: actions.say_state(article=found, **form.cleaned_data, by=acting(here), at=here.at),
    )


@require_http_methods(["GET", "POST"])
def hand_on(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = _of_mine(here, key)
    form = Writer(request.POST or None, of=found.agreement, here=here, initial={"writer": found.writer})
    return _act(
        request,
        here,
        found,
        form,
        _("Who writes it from now on?"),
        lambda: actions.hand_on_article(article=found, **form.cleaned_data, by=acting(here), at=here.at),
    )


def _of_mine(here: Here, key: int) -> AgreementArticle:
    found = access.article(here, key)
    refuse_if(obstacles_to_sitting(found.agreement, by=acting(here), at=here.at))
    return found


def _act(
    request: HttpRequest,
    here: Here,
    found: AgreementArticle,
    form: Sheet,
    title: str,
    do: Callable[[], object],
) -> HttpResponse:
    heads = {"title": title, "go": _("Save"), "article": found, "of": found.agreement}
    obstacles = obstacles_to_setting(found.agreement, by=acting(here), at=here.at)
    return act(request, here, form, heads, do, obstacles=obstacles)
