"""The list of problems: mine, of my department, of all; what stands still first, then what is late."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Window
from django.db.models.expressions import RawSQL
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from coop.asked_often import Often, given
from coop.intake import writing
from coop.members.models import Posting
from coop.production.models import MeToo, Problem
from coop.search.finding import keys_holding, queries
from coop.search.words import terms

from .. import access, kept
from ..access import Here, acting, enter, page_of, wants_fragment
from ..files import KINDS
from ..sheets import Sheet, WordsField
from .told import in_order, late, late_on, story

PAGE = 25
MOST_CARRIED = 50_000  # lines of a file
COLUMNS = (
    "year", "number", "raised_at", "area__department__name", "area__name", "category", "priority", "title", "state",
    "stands_still", "level", "answer_by", "answered_at", "solved_at", "reopened",
)  # fmt: skip
SHOWN = (
    "year", "number", "title", "priority", "state", "level", "raised_at", "answer_by", "answered_at", "area__name",
    "area__department__name",
)  # fmt: skip
State = Problem.State
WAITING = [*Problem.TO_DO, State.SOLVED]
# The first page of what is to be done, as most people open the list: what stands in its lines, and how many there are.
FIRST = Often(
    lambda: (
        in_order(
            access.problems_of(given("cooperative"))
            .filter(state__in=WAITING)
            .select_related("area__department"),
            given("day"),
        )
        .only(*SHOWN)
        .annotate(many=Window(Count("pk")))[:PAGE]
    ),
    told=True,
)

WHOSE = {
    "": gettext_lazy("the whole plant"),
    "department": gettext_lazy("my department"),
    "mine": gettext_lazy("raised by me, or mine too"),
}
STANDINGS: dict[str, Any] = {
    "": gettext_lazy("to be done"),
    "still": gettext_lazy("the line stands still"),
    "late": gettext_lazy("no answer in time"),
    "solved": gettext_lazy("said to be solved"),
    "verified": gettext_lazy("solved and confirmed"),
    "joined": gettext_lazy("the same as another"),
    "all": gettext_lazy("all"),
}


class ListForm(Sheet):
    words = WordsField(
        label=gettext_lazy("Words"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    whose = forms.ChoiceField(label=gettext_lazy("Of whom"), required=False, choices=list(WHOSE.items()))
    state = forms.ChoiceField(label=gettext_lazy("Which"), required=False, choices=list(STANDINGS.items()))
    priority = forms.ChoiceField(
        label=gettext_lazy("Priority"),
        required=False,
        choices=[("", gettext_lazy("all")), *Problem.Priority.choices],
    )
    area = forms.ChoiceField(label=gettext_lazy("Place"), required=False)

    def __init__(self, data: Any, places: list[tuple[int, str, str]]) -> None:
        super().__init__(data)
        where = [(str(key), f"{name}, {department}") for key, name, department in places]
        self.fields["area"].choices = [("", gettext_lazy("all")), *where]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.depends = True  # type: ignore[attr-defined]


@require_safe
def problems(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    fragment = wants_fragment(request)
    if not request.GET and not fragment:
        return render(request, "problems/problems.html", {"list": _first(here)})
    form, found = _asked(request, here)
    # In order by their keys alone: what is written in ten years of problems is not carried along while it is sorted.
    page = page_of(request, in_order(found, here.day).values_list("pk", flat=True), PAGE)
    rows = access.problems(here).in_bulk(list(page))
    typed = {name: request.GET[name] for name in form.fields if request.GET.get(name)}
    context = _context(here, form, page, [rows[key] for key in page if key in rows], typed)
    template = "problems/found.html" if fragment else "problems/problems.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _first(here: Here) -> SafeString:
    """The list as everybody of the house reads it, who asks for nothing of it."""
    places = access.places(here)
    found = FIRST.answer(cooperative=here.cooperative.pk, day=here.day)

    def read() -> dict[str, Any]:
        rows: list[Any] = found.read()
        page = Paginator(range(rows[0].many if rows else 0), PAGE).page(1)
        return {"here": here, **_context(here, ListForm({}, places.read()), page, rows, {})}

    return kept.drawn("problems/list.html", here.cooperative, (here.day, places.said, found.said), read)


def _context(here: Here, form: ListForm, page: Any, rows: list[Any], typed: dict[str, str]) -> dict[str, Any]:
    return {
        "form": form,
        "page": page,
        "rows": [story(here, one) for one in rows],
        "query": f"{urlencode(typed)}&" if typed else "",
        "narrowed": bool(typed),
        "tabs": [_tab(name, typed) for name in WHOSE],
    }


def _tab(name: str, typed: dict[str, str]) -> tuple[Any, str, bool]:
    """Words, address and whether it is the one that is shown; everything else that was asked for stays."""
    kept = {key: value for key, value in {**typed, "whose": name}.items() if value}
    return WHOSE[name], f"?{urlencode(kept)}", typed.get("whose", "") == name


@require_safe
def file(request: HttpRequest, coop: str) -> HttpResponse:
    """The same list as a file, without the names of people."""
    here = enter(request, coop)
    _form, found = _asked(request, here)
    kind = "csv" if request.GET.get("form") == "csv" else "xlsx"
    heads = [
        _("Number"), _("Raised on"), _("Department"), _("Place"), _("Kind"), _("Priority"), _("What happens"),
        _("State"), _("Level"), _("Answer by"), _("Answered on"), _("Solved on"), _("Came back"),
    ]  # fmt: skip
    rows = _rows(here, found)
    title = _("Problems")
    content = writing.as_csv(heads, rows) if kind == "csv" else writing.as_xlsx(title, heads, rows)
    answer = HttpResponse(content, content_type=KINDS[kind])
    name = get_valid_filename(f"{title} {date_format(here.day, 'Y-m-d')}.{kind}")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _rows(here: Here, found: QuerySet[Any]) -> Iterator[list[Any]]:
    """Line by line as they are written: neither all problems nor what stands in them is held at once."""
    categories, priorities, states, levels = (
        {value: str(label) for value, label in choices.choices}
        for choices in (Problem.Category, Problem.Priority, State, Problem.Level)
    )
    unanswered, still = _("no answer in time"), _("the line stands still")

    def day(moment: Any) -> Any:
        return here.cooperative.day_of(moment) if moment is not None else None

    for one in in_order(found, here.day).values_list(*COLUMNS, named=True)[:MOST_CARRIED].iterator(1000):
        stands = unanswered if late(one, here.day) else states[one.state]
        yield [
            f"PR {one.year}-{one.number}",
            day(one.raised_at),
            one.area__department__name,
            one.area__name,
            categories[one.category],
            priorities[one.priority],
            one.title,
            still if one.stands_still else stands,
            levels[one.level],
            one.answer_by,
            day(one.answered_at),
            day(one.solved_at),
            one.reopened,
        ]


def _asked(request: HttpRequest, here: Here) -> tuple[ListForm, QuerySet[Any]]:
    """What the address asks for; a question that says nothing sensible finds what is to be done."""
    form = ListForm(request.GET, access.places(here).read())
    wanted = form.cleaned_data if form.is_valid() else {}
    found = access.problems(here)
    for narrow in (_of_whom, _standing, _place, _words):
        found = narrow(here, found, wanted)
    return form, found


def _of_whom(here: Here, found: QuerySet[Any], wanted: dict[str, Any]) -> QuerySet[Any]:
    me = acting(here)
    if wanted.get("whose") == "mine":
        too = Exists(MeToo.objects.filter(problem=OuterRef("pk"), member=me))
        return found.filter(Q(raised_by=me) | Q(through=me) | too)
    if wanted.get("whose") == "department":
        return found.filter(area__department__in=departments_of(here))
    return found


def departments_of(here: Here) -> QuerySet[Any]:
    """The department in which somebody works today, for a condition."""
    return Posting.objects.filter(Posting.on(here.day), member=acting(here)).values("department")


def _standing(here: Here, found: QuerySet[Any], wanted: dict[str, Any]) -> QuerySet[Any]:
    state = wanted.get("state", "")
    if state == "all":
        return found
    if state == "still":
        return found.filter(stands_still=True)
    if state == "late":
        return found.filter(late_on(here.day))
    if state in (State.SOLVED, State.VERIFIED, State.JOINED):
        return found.filter(state=state)
    return found.filter(state__in=WAITING)


def _place(here: Here, found: QuerySet[Any], wanted: dict[str, Any]) -> QuerySet[Any]:
    asked = {name: wanted[name] for name in ("priority", "area") if wanted.get(name)}
    return found.filter(**asked)


def _words(here: Here, found: QuerySet[Any], wanted: dict[str, Any]) -> QuerySet[Any]:
    """All of the words, in its title or in what was said about it; or its number."""
    words = wanted.get("words", "")
    year, _hyphen, number = words.upper().removeprefix("PR").strip().partition("-")
    if (
        year.isascii()
        and year.isdigit()
        and number.isascii()
        and number.isdigit()
        and len(year + number) <= 13
    ):
        return found.filter(year=int(year), number=int(number))
    asked = queries(here.cooperative, terms(words))
    if not asked:
        return found
    keys = keys_holding("problem", here.cooperative, asked)
    return found.filter(
        pk__in=RawSQL("SELECT unnest(%s::bigint[])", (keys,))
    )  # as one value: they are thousands
