"""Everything that was written and decided, found again: proposals, amendments, decisions and minutes in one list."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.db.models import F, IntegerField, QuerySet
from django.db.models.functions import ExtractYear
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from coop.asked_often import Often, given
from coop.decisions.models import CarriedDecision, Decision
from coop.meetings.models import Meeting
from coop.members.models import Body
from coop.proposals.models import Proposal
from coop.search.finding import Asked, last_said, page, queries
from coop.search.words import terms

from .. import kept
from ..access import Here, acting, enter, wants_fragment
from ..access.entering import day_in
from ..fields import PastDay
from ..sheets import Sheet, WordsField
from .search_told import the_one_named, told

ON_A_PAGE = 20
MOST_PAGES = 1000
KINDS = {
    "proposals": (gettext_lazy("proposals"), ("proposal",)),
    "amendments": (gettext_lazy("amendments"), ("amendment",)),
    "decisions": (gettext_lazy("decisions"), ("decision", "copied")),
    "minutes": (gettext_lazy("minutes"), ("minutes",)),
    "problems": (gettext_lazy("problems"), ("problem",)),
}
EVERY_KIND = tuple(kind for _words, kinds in KINDS.values() for kind in kinds)


class SearchForm(Sheet):
    words = WordsField(
        label=gettext_lazy("Words"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = forms.ChoiceField(label=gettext_lazy("In what"), required=False)
    body = forms.ChoiceField(label=gettext_lazy("Body"), required=False)
    year = forms.ChoiceField(label=gettext_lazy("Year"), required=False)
    since = PastDay(label=gettext_lazy("From the day"), required=False)
    until = PastDay(label=gettext_lazy("To the day"), required=False)

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, **more)
        bodies, years = BODIES.all(cooperative=here.cooperative.pk), _years(here)
        choices: dict[str, list[tuple[str, Any]]] = {
            "kind": [(name, words) for name, (words, _kinds) in KINDS.items()],
            "body": bodies,
            "year": [(str(year), str(year)) for year in years],
        }
        self.said = tuple(bodies), tuple(years)
        for name, found in choices.items():
            self.fields[name].choices = [("", gettext_lazy("all")), *found]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.depends = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        since, until = answers.get("since"), answers.get("until")
        if since and until and until < since:
            self.add_error("until", _("This day lies before the other one."))
        return answers


BODIES = Often(
    lambda: (
        Body.objects.filter(cooperative_id=given("cooperative"))
        .exclude(kind=Body.Kind.REGISTER)
        .order_by("name")
        .values_list("code", "name")
    ),
    told=True,
)


DRAFTS = Often(
    lambda: (
        Proposal.objects.filter(author_id=given("author"), state=Proposal.State.DRAFT)
        .order_by()
        .values_list("pk")[:1]
    )
)


def _in_years() -> QuerySet[Any, tuple[int | None]]:
    """The years of which there is anything, by the clock of the co-operative."""
    house = {"cooperative_id": given("cooperative")}
    closed = day_in(given("zone"), F("minutes__closed_at"))
    found = (
        Proposal.objects.filter(**house, year__isnull=False).order_by().values_list("year"),
        Decision.objects.filter(**house, year__isnull=False).order_by().values_list("year"),
        CarriedDecision.objects.filter(**house).order_by().values_list("year"),
        Meeting.objects.filter(**house, minutes__isnull=False)
        .order_by()
        .values_list(ExtractYear(closed, output_field=IntegerField())),
    )
    return found[0].union(*found[1:])


YEARS = Often(_in_years, told=True)


def _years(here: Here) -> list[int]:
    """The latest first. One query."""
    found = YEARS.all(cooperative=here.cooperative.pk, zone=here.cooperative.time_zone)
    return sorted({year for (year,) in found if year is not None}, reverse=True)


@require_safe
def search(request: HttpRequest, coop: str, kind: str = "") -> HttpResponse:
    """Every member finds what every member may read; of drafts their own. `kind`: what the address is about."""
    here = enter(request, coop)
    typed = {name: request.GET[name] for name in SearchForm.base_fields if name in request.GET}
    sent = request.GET.copy()
    if kind and "kind" not in sent:
        sent["kind"] = kind
    form = SearchForm(sent if typed or kind else None, here=here)
    answers = form.cleaned_data if form.is_bound and form.is_valid() else {}
    asked = _asked(here, answers)
    number = _page_number(request)
    looked_for = form.is_bound and not form.errors
    hits, total = page(asked, size=ON_A_PAGE, number=number) if looked_for else ([], 0)
    if number > 1 and not hits:
        raise Http404
    pages = Paginator(range(total), ON_A_PAGE).page(number if total else 1)
    context = {
        "form": form,
        "found": told(here, hits, asked) if hits else "",
        "named": the_one_named(here, answers.get("words", "")),
        "page": pages,
        "total": total,
        "looked_for": looked_for,
        "asked": asked,
        "query": f"{urlencode({name: value for name, value in typed.items() if value})}&",
        "narrowed": any(answers.get(name) for name in ("kind", "body", "year", "since", "until")),
        "fragment": wants_fragment(request),
        "narrowing": _narrowing(here, form, typed, kind),
    }
    template = "search/found.html" if context["fragment"] else "search/search.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _narrowing(here: Here, form: SearchForm, typed: dict[str, str], kind: str) -> SafeString | None:
    """What the list can be narrowed by, where nobody has done so yet: the same for all."""
    if kind or form.errors or set(typed) - {"words"}:
        return None
    return kept.drawn("search/narrowing.html", here.cooperative, form.said, lambda: {"form": form})


def _page_number(request: HttpRequest) -> int:
    given = request.GET.get("page", "1")
    if not (given.isascii() and given.isdigit() and len(given) <= 4 and 1 <= int(given) <= MOST_PAGES):
        raise Http404
    return int(given)


def _asked(here: Here, answers: dict[str, Any]) -> Asked:
    """What the form asks for; days and years are those of the co-operative's clock."""
    words = terms(answers.get("words", ""))
    since, until = answers.get("since"), answers.get("until")
    if answers.get("year"):
        year = int(answers["year"])
        first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        since, until = max(since or first, first), min(until or last, last)
    body = (
        Body.objects.get(cooperative=here.cooperative, code=answers["body"]) if answers.get("body") else None
    )
    return Asked(
        cooperative=here.cooperative,
        reader=acting(here) if DRAFTS.first(author=acting(here).pk) else None,
        said=last_said(),
        terms=words,
        kinds=KINDS[answers["kind"]][1] if answers.get("kind") else EVERY_KIND,
        body=body,
        since=_midnight(here, since) if since else None,
        until=_midnight(here, until + datetime.timedelta(days=1)) if until else None,
        queries=queries(here.cooperative, words),
    )


def _midnight(here: Here, day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), tzinfo=here.cooperative.zone)
