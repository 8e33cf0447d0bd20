"""The collective agreement: what holds, what is written, and how far each article is."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coop.decisions.models import Decision
from coop.members.models import Body, Crew, Rota, Shift
from coop.proposals.models import Agreement, AgreementArticle, ArticleComment
from coop.proposals.rules.agreements import (
    commission_of,
    obstacles_to_entering_agreements,
    obstacles_to_joining_in,
    obstacles_to_laying_before,
    obstacles_to_setting,
)

from .. import access
from ..access import Here, acting, enter, page_of
from ..looking import Look

ON_A_PAGE = 20
SHAPES: dict[str, str] = {
    AgreementArticle.State.FIRST_DRAFT: "draft",
    AgreementArticle.State.IN_DISCUSSION: "waiting",
    AgreementArticle.State.AGREED: "done",
    AgreementArticle.State.OPEN_QUESTION: "late",
}


@dataclass
class Line:
    """One article in the list, with what was said about it, crew by crew."""

    article: AgreementArticle
    shape: str
    comments: int
    by_crew: list[tuple[str, int]] = field(default_factory=list)


def standing(agreement: Agreement, day: datetime.date) -> tuple[str, str]:
    """In words, and as a shape."""
    if agreement.rules_on(day):
        return _("in force"), "yes"
    if agreement.state == Agreement.State.ADOPTED:
        ended = agreement.ended_on is not None and day >= agreement.ended_on
        return (_("replaced"), "done") if ended else (_("adopted, still to begin"), "draft")
    if agreement.is_laid_before:
        return _("before the assembly"), "waiting"
    return agreement.get_state_display(), "draft"


@require_safe
def agreements(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    look = Look(request)
    page = page_of(request, look.among(access.agreements(here), "{code} {title}"), ON_A_PAGE)
    context = {
        "look": look,
        "page": page,
        "agreements": [(one, standing(one, here.day)) for one in page],
        "enters": here.powers.held and not obstacles_to_entering_agreements(by=acting(here), at=here.at),
    }
    return render(request, "agreements/agreements.html", context)


@require_safe
def agreement(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found, me = access.agreement(here, key), acting(here)
    people = list(commission_of(found, here.at).order_by("name"))
    mine = any(person.pk == me.pk for person in people)
    articles = list(found.articles.select_related("writer", "waits_for"))
    context = {
        "agreement": found,
        "state": standing(found, here.day),
        "expired": found.old_expires_on is not None and found.old_expires_on < here.day,
        "mandate": decision_called(here, found.mandate),
        "adopted_by": decision_called(here, found.adopted_by),
        "lines": lines(here, found, articles),
        "counted": Counter(article.get_state_display() for article in articles).items(),
        "words": any(article.versions for article in articles),
        "people": people,
        "mine": mine,
        "to_set": obstacles_to_setting(found, by=me, at=here.at) if mine else [],
        "to_lay": obstacles_to_laying_before(found, articles, by=me, at=here.at) if mine else [],
        "no_comments": obstacles_to_joining_in(found, here.day),
        "steps": [(step, step.done_at is None and step.day < here.day) for step in found.steps.all()],
    }
    return render(request, "agreements/agreement.html", context)


def lines(here: Here, of: Agreement, articles: list[AgreementArticle]) -> list[Line]:
    """One question for the comments on all articles."""
    names = crews_now(here)
    told = (
        ArticleComment.objects.filter(article__agreement=of)
        .values("article", "crew", council=Q(on_behalf_of__isnull=False))
        .annotate(many=Count("pk"))
        .order_by("article", "council", F("crew__code").asc(nulls_last=True))
    )
    crews: dict[int, Counter[str]] = {}
    for row in told:
        word = _("councils") if row["council"] else names.get(row["crew"], _("by day"))
        crews.setdefault(row["article"], Counter())[word] += row["many"]
    return [
        Line(one, SHAPES[one.state], counts.total(), [*counts.items()])
        for one in articles
        for counts in [crews.get(one.pk, Counter())]
    ]


def crews_now(here: Here) -> dict[int, str]:
    """Crews with the shift each works today: people know each other by crew, and the shift goes round."""
    crews = Crew.objects.filter(cooperative=here.cooperative)
    rotas = Rota.objects.filter(cooperative=here.cooperative, anchor__lte=here.day)
    rota, shifts = (
        rotas.order_by("-anchor").first(),
        list(Shift.objects.filter(cooperative=here.cooperative)),
    )
    if rota is None or not shifts:
        return {crew.pk: crew.name for crew in crews}
    words = _("%(crew)s, now %(shift)s")
    return {
        crew.pk: words % {"crew": crew.name, "shift": rota.shift_of(crew, here.day, shifts).name.lower()}
        for crew in crews
    }


def decision_called(here: Here, label: str) -> Decision | None:
    """The decision of the assembly that is quoted so, where it was taken here."""
    parts = re.fullmatch(r"D (\S+) (\d{4})-(\d{1,9})", label)
    if parts is None:
        return None
    of_assembly = Decision.objects.filter(cooperative=here.cooperative, body__kind=Body.Kind.ASSEMBLY)
    return of_assembly.filter(body__code=parts[1], year=int(parts[2]), number=int(parts[3])).first()
