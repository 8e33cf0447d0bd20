"""The whole agreement in one go, clean or with what changed since its first words; on the screen and on paper."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coop.proposals.agreement_texts import latest_texts
from coop.proposals.amending import Mark
from coop.proposals.models import Agreement, ArticleText
from coop.proposals.wording import clauses_in

from .. import access
from ..access import Here, enter
from ..paper import to_print
from ..proposals.amendment_marks import Marked
from .agreements import decision_called
from .articles import marked_between


@dataclass(frozen=True)
class Printed:
    """An article as it is read: its words, or its words with their marks."""

    number: int
    title: str
    runs: list[Marked]
    changed: bool


@require_safe
def text(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.agreement(here, key)
    marked = "marked" in request.GET and found.state == Agreement.State.DRAFTING
    articles = as_decided(here, found) or whole(found, marked=marked)
    context = {"agreement": found, "articles": articles, "marked": marked}
    return render(request, "agreements/text.html", context)


@require_safe
def printed(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.agreement(here, key)
    marked = "marked" in request.GET and found.state == Agreement.State.DRAFTING
    what = _("with its changes") if marked else _("clean")
    return to_print("agreement", _sheet(here, found, marked=marked), name=f"{found.code} {what}")


def as_decided(here: Here, of: Agreement) -> list[Printed]:
    """Of an adopted one, the articles of the decision: as amended, and without those that were not carried."""
    decision = decision_called(here, of.adopted_by) if of.adopted_by else None
    if decision is None:
        return []
    _, clauses = clauses_in(decision.final_text)
    heads = [(clause.number, *clause.text.partition("\n")) for clause in clauses]
    return [
        Printed(number, title, [Marked(Mark.KEPT, "", text or title)], changed=False)
        for number, title, _line, text in heads
    ]


def whole(of: Agreement, *, marked: bool) -> list[Printed]:
    """Every article that has words, in three questions at most."""
    first = _firsts(of) if marked else {}
    return [
        Printed(
            one.article.number,
            one.title,
            marked_between(first.get(one.article_id), one),
            one.article_id in first and first[one.article_id].text != one.text,
        )
        for one in _with_articles(of)
    ]


def _with_articles(of: Agreement) -> Iterable[ArticleText]:
    articles = {article.pk: article for article in of.articles.all()}
    found = latest_texts(of)
    for one in found:
        one.article = articles[one.article_id]
    return found


def _firsts(of: Agreement) -> dict[int, ArticleText]:
    return {one.article_id: one for one in ArticleText.objects.filter(article__agreement=of, number=1)}


def _sheet(here: Here, of: Agreement, *, marked: bool) -> dict[str, Any]:
    since, until = (date_format(day, "DATE_FORMAT") for day in (of.starts_on, of.expires_on))
    notes = [_("By the mandate: %(mandate)s. Written by: %(body)s.")]
    if of.state == Agreement.State.ADOPTED:
        notes.append(_("Adopted by %(decision)s."))
    else:
        notes.append(
            _("Draft as it stands on %(day)s. The old agreement stays in force until a new one is voted.")
        )
    if marked:
        notes.append(_("Struck through: taken out since the first words. Underlined: put in."))
    facts = {
        "mandate": of.mandate,
        "body": of.commission.name,
        "decision": of.adopted_by,
        "day": date_format(here.day, "DATE_FORMAT"),
    }
    return {
        "title": of.title,
        "under": _("%(code)s, from %(since)s to %(until)s")
        % {"code": of.code, "since": since, "until": until},
        "house": here.cooperative.legal_name,
        "date": _made(here, of).isoformat(),
        "foot": f"{of.code} {of.title}",
        "notes": [note % facts for note in notes],
        "articles": [
            {
                "head": _("Article %(number)s. %(title)s") % {"number": one.number, "title": one.title},
                "runs": [part for run in one.runs for part in _on_paper(run)],
            }
            for one in as_decided(here, of) or whole(of, marked=marked)
        ],
    }


def _on_paper(run: Marked) -> list[dict[str, str]]:
    """The white space before a run bears no line."""
    return [{"mark": "kept", "words": run.space}, {"mark": run.mark, "words": run.words}]


def _made(here: Here, of: Agreement) -> datetime.date:
    """The same agreement prints the same sheet on the same day; an adopted one, always."""
    return of.adopted_on or here.day
