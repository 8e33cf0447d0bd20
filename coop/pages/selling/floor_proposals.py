"""Proposing the plan of a year, prices, or a choice of technique: figures and options; the words are made from them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.budget.money import typed
from coop.production.models import Product
from coop.production.planned import years_of
from coop.production.prices import Four
from coop.proposals.actions.floor import write_plan, write_prices, write_technique
from coop.proposals.floor_words import Monthly, Way, clauses_of_plan, clauses_of_prices
from coop.proposals.models import TechnicalOption
from coop.proposals.rules import bodies_spoken_for, obstacles_to_writing
from coop.proposals.rules.floor import (
    FEWEST_OPTIONS,
    MOST_OPTIONS,
    obstacles_in_plan_asked,
    obstacles_in_prices_asked,
)
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..proposals.proposals import say_rule_for
from ..sheets import DayField, Sheet, WordsField
from .prices_entered import COLUMNS as PRICES
from .prices_entered import newest_sheets
from .read import Columns, ListSheet
from .told import year_of

PLAN = Columns(
    {
        "target": (gettext_lazy("To be made in a month"), 3),
        "capacity": (gettext_lazy("Machines can do"), 3),
    },
    {},
    frozenset({"target"}),
)


def _title() -> WordsField:
    return WordsField(
        label=gettext_lazy("Title"),
        max_length=160,
        help_text=gettext_lazy("What shall be decided, in one line."),
        error_messages={"required": gettext_lazy("A proposal needs a title.")},
    )


def _reasons() -> WordsField:
    return WordsField(
        label=gettext_lazy("Reasons"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Why. They are shown with the proposal; only the text itself is voted."),
    )


def _in_whose_name() -> Any:
    return forms.ModelChoiceField(
        None,
        label=gettext_lazy("In whose name?"),
        required=False,
        to_field_name="code",
        empty_label=gettext_lazy("my own"),
    )


def _with_bodies(form: forms.Form, here: Here) -> None:
    bodies = bodies_spoken_for(acting(here), here.at).order_by("name")
    if bodies:
        form.fields["on_behalf_of"].queryset = bodies  # type: ignore[attr-defined]
    else:
        del form.fields["on_behalf_of"]


def _shared(form: forms.Form) -> dict[str, Any]:
    """What belongs to every proposal."""
    return {name: form.cleaned_data.get(name) for name in ("title", "reasons", "on_behalf_of")}


class PlanSheet(ListSheet):
    title = _title()
    year = forms.IntegerField(
        label=gettext_lazy("Year"), widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    from_month = forms.TypedChoiceField(
        label=gettext_lazy("From this month on"),
        choices=[(number, name) for number, name in MONTHS.items()],
        coerce=int,
        initial=1,
    )
    on_behalf_of = _in_whose_name()
    reasons = _reasons()
    columns = PLAN
    field_order = ("title", "year", "from_month", "file", "lines", "reasons", "on_behalf_of")

    def __init__(self, *args: Any, here: Here, year: int | None = None, **more: Any) -> None:
        super().__init__(*args, here=here, **more)
        _with_bodies(self, here)
        if year is not None:
            self.fields["year"].initial = year
            self.fields["from_month"].initial = here.day.month if year == here.day.year else 1
            now = [
                (one.product, [one.months[11].target, one.months[11].capacity])
                for one in years_of(access.products(here), year)
            ]
            self.fields["lines"].initial = _as_lines(PLAN, now)

    @property
    def figures(self) -> dict[Product, Monthly]:
        return {
            one.product: Monthly(one.amounts["target"], one.amounts.get("capacity"))
            for one in self.found.lines
        }


class PricesSheet(ListSheet):
    title = _title()
    since = DayField(
        label=gettext_lazy("From which day?"),
        required=False,
        help_text=gettext_lazy("Left empty, it holds from the day of the decision."),
    )
    under_cost = forms.BooleanField(
        label=gettext_lazy("Prices for other plants may lie under cost; the proposal says so"), required=False
    )
    on_behalf_of = _in_whose_name()
    reasons = _reasons()
    columns = PRICES
    field_order = ("title", "since", "file", "lines", "under_cost", "reasons", "on_behalf_of")

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, here=here, **more)
        _with_bodies(self, here)
        if not self.is_bound:
            held = {one.product_id: one for one in access.prices_on(here, here.day)}
            now = [
                (
                    product,
                    [
                        getattr(held[product.pk], name) if product.pk in held else None
                        for name in Four._fields
                    ],
                )
                for product in access.products(here)
            ]
            self.fields["lines"].initial = _as_lines(PRICES, now)

    @property
    def prices(self) -> dict[Product, Four]:
        return {one.product: Four(*(one.amounts[name] for name in Four._fields)) for one in self.found.lines}


def _as_lines(columns: Columns, now: list[tuple[Product, list[Decimal | None]]]) -> str:
    """Every product with what holds now; a line without an amount is left out when it is read."""
    heads = columns.heads()
    lines = ["; ".join([heads["code"], *(heads[key] for key in columns.amounts)])]
    for product, amounts in now:
        cells = [typed(one) if one is not None else "" for one in amounts]
        lines.append("; ".join([product.code, *cells]))
    return "\n".join(lines)


@require_http_methods(["GET", "POST"])
def propose_plan(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    if request.method == "GET":
        return _page(request, here, "plan", PlanSheet(here=here, year=year_of(request, here)))
    form = PlanSheet(request.POST, request.FILES, here=here)
    if not form.is_valid():
        form.with_the_rows()
        return _page(request, here, "plan", form, status=422)
    facts = {name: form.cleaned_data[name] for name in ("year", "from_month")}
    refused = obstacles_in_plan_asked(here.cooperative, form.figures, **facts, today=here.day)
    if refused:
        return _page(request, here, "plan", form, refused=refused, status=409)
    if request.POST.get("do") != "save":
        words = clauses_of_plan(here.cooperative, form.figures, **facts, now={})
        return _looked_at(request, here, "plan", form, words)
    try:
        written = write_plan(figures=form.figures, **facts, **_shared(form), by=acting(here), at=here.at)
    except Refused as refusal:
        return _page(request, here, "plan", form, refused=refusal.reasons, status=409)
    return _saved(request, coop, written.pk)


@require_http_methods(["GET", "POST"])
def propose_prices(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    if request.method == "GET":
        return _page(request, here, "prices", PricesSheet(here=here))
    form = PricesSheet(request.POST, request.FILES, here=here)
    if not form.is_valid():
        form.with_the_rows()
        return _page(request, here, "prices", form, status=422)
    facts = {name: form.cleaned_data[name] for name in ("since", "under_cost")}
    sheets = newest_sheets(form.prices)
    refused = obstacles_in_prices_asked(
        here.cooperative, form.prices, **facts, cost_sheets=sheets, today=here.day
    )
    if refused:
        return _page(request, here, "prices", form, refused=refused, status=409)
    if request.POST.get("do") != "save":
        held = {one.product_id: one for one in access.prices_on(here, here.day)}
        words = clauses_of_prices(here.cooperative, form.prices, since=facts["since"], now=held)
        return _looked_at(request, here, "prices", form, words)
    try:
        written = write_prices(
            prices=form.prices, cost_sheets=sheets, **facts, **_shared(form), by=acting(here), at=here.at
        )
    except Refused as refusal:
        return _page(request, here, "prices", form, refused=refusal.reasons, status=409)
    return _saved(request, coop, written.pk)


def _looked_at(request: HttpRequest, here: Here, of: str, form: ListSheet, words: list[str]) -> HttpResponse:
    """This is how it will be read; nothing is kept yet."""
    form.as_read()
    preview = [{"number": number, "text": text} for number, text in enumerate(words, 1)]
    return _page(request, here, of, form, preview=preview)


def _saved(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    messages.success(request, _("Saved as a draft. Only you see it until you publish it."))
    return redirect("proposal", coop, key)


def _page(
    request: HttpRequest, here: Here, of: str, form: forms.Form, *, status: int = 200, **context: Any
) -> HttpResponse:
    obstacles: list[Reason] = obstacles_to_writing(acting(here), here.day, here.bylaws)
    context |= {"of": of, "form": form, "obstacles": obstacles, "rule": say_rule_for(here.bylaws, "ordinary")}
    return render(request, "proposals/of_floor.html", context, status=status)


# --- A choice of technique --------------------------------------------------------------------------------------------

HEADS = {
    "name": gettext_lazy("Name of the option"),
    "cost": gettext_lazy("What it costs, and where the money comes from"),
    "jobs": gettext_lazy("Jobs: what changes for whom"),
    "safety": gettext_lazy("Safety and health"),
    "training": gettext_lazy("Training"),
}


class TechniqueSheet(Sheet):
    """Boxes for six options; those that are left empty are none."""

    title = _title()
    took_part = WordsField(
        label=gettext_lazy("Who took part in the study, operators among them"), max_length=600
    )
    on_behalf_of = _in_whose_name()
    reasons = _reasons()

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, **more)
        _with_bodies(self, here)
        for number in range(1, MOST_OPTIONS + 1):
            for name, words in HEADS.items():
                column: Any = TechnicalOption._meta.get_field(name)
                self.fields[f"{name}-{number}"] = WordsField(
                    label=words,
                    max_length=column.max_length,
                    required=number <= FEWEST_OPTIONS,
                    widget=forms.TextInput() if name == "name" else forms.Textarea(attrs={"rows": 2}),
                )

    @property
    def groups(self) -> list[tuple[int, list[forms.BoundField], bool]]:
        """The boxes of each option, and whether it stands open."""
        found = []
        for number in range(1, MOST_OPTIONS + 1):
            boxes = [self[f"{name}-{number}"] for name in HEADS]
            filled = any(box.value() for box in boxes)
            found.append((number, boxes, number <= FEWEST_OPTIONS or filled))
        return found

    @property
    def ways(self) -> list[Way]:
        told = [
            Way(*(self.cleaned_data.get(f"{name}-{number}", "") for name in HEADS))
            for number in range(1, MOST_OPTIONS + 1)
        ]
        return [way for way in told if any(way)]


@require_http_methods(["GET", "POST"])
def propose_technique(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    form = TechniqueSheet(request.POST if request.method == "POST" else None, here=here)
    if request.method == "GET":
        return _page(request, here, "technique", form)
    if not form.is_valid():
        return _page(request, here, "technique", form, status=422)
    try:
        written = write_technique(
            ways=form.ways,
            took_part=form.cleaned_data["took_part"],
            **_shared(form),
            by=acting(here),
            at=here.at,
        )
    except Refused as refusal:
        return _page(request, here, "technique", form, refused=refusal.reasons, status=409)
    return _saved(request, coop, written.pk)
