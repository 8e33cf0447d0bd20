"""Small books that everybody reads: gifts, contracts with kin, promises of buyers, who refused us. Lists and sheets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from coop.production.models import BuyerBar, BuyerKind, Gift, KinContract, Pledge, Refusal
from coop.production.promises import Kept, due_on, kept

from .. import access
from ..access import Here, acting, enter, page_of
from ..looking import Look
from ..paper import to_print
from .sales import KINDS
from .told import column, on_paper, price

ON_A_PAGE = 40
MOST_PRINTED = 1_000


@dataclass(frozen=True)
class Book:
    """`name`: of its address, to which "-enter" and "-printed" are added. `row`: cells in the order of `heads`;
    `told`: what a line is looked for by."""

    name: str
    title: Any
    lede: Any
    none: Any
    enter: Any
    heads: tuple[Any, ...]
    entries: Callable[[Here], QuerySet[Any]]
    row: Callable[[Here, Any], list[str]]
    told: str
    help: tuple[Any, Any, Any]
    everybody_enters: bool = False
    open_act: Callable[[Here, Any], tuple[str, str] | None] | None = (
        None  # address and words, in the last cell
    )


def _day(day: Any) -> str:
    return str(date_format(day, "DATE_FORMAT"))


def _gift(here: Here, one: Gift) -> list[str]:
    kept = _("handed in") if one.handed_in else _("kept")
    return [_day(one.received_on), one.member.name, one.what, one.giver, price(here, one.value), kept]


def _contract(here: Here, one: KinContract) -> list[str]:
    who = f"{one.member.name} ({one.relation})"
    return [_day(one.agreed_on), one.party, who, one.what, price(here, one.amount), one.decision]


KEPT = {
    Kept.OPEN: gettext_lazy("open until %(day)s"),
    Kept.DELIVERED: pgettext_lazy("a promise", "kept"),
    Kept.LATE: gettext_lazy("late since %(day)s"),
    Kept.REPLACED: gettext_lazy("replaced by a later promise"),
}


def _pledge(here: Here, one: Pledge) -> list[str]:
    decimals = here.cooperative.currency_decimals
    return [
        str(one.year),
        one.buyer,
        str(KINDS[BuyerKind(one.kind)]),
        one.what,
        price(here, one.amount),
        price(here, round(one.bought, decimals)),  # type: ignore[attr-defined]
        str(KEPT[kept(one, here.day)]) % {"day": _day(due_on(one))},
        one.entered_by.name,
    ]


def _refusal(here: Here, one: Refusal) -> list[str]:
    said = one.because or _("They gave no reason.")
    who = _("we, an order of %(buyer)s") % {"buyer": one.refuser} if one.ours else one.refuser
    return [_day(one.refused_on), who, one.what, said, one.entered_by.name]


GIFTS = Book(
    "gifts",
    gettext_lazy("Gifts"),
    gettext_lazy("What somebody was given because of their office or their work. Everybody reads it."),
    gettext_lazy("No gift has been entered"),
    gettext_lazy("Enter a gift"),
    (
        gettext_lazy("Day"),
        gettext_lazy("To whom"),
        gettext_lazy("What"),
        gettext_lazy("From whom"),
        gettext_lazy("Worth"),
        gettext_lazy("What became of it"),
    ),
    access.gifts,
    _gift,
    "{member__name} {what} {giver}",
    (
        gettext_lazy("Whoever was given something enters it themselves; an office may enter it of anybody."),
        gettext_lazy("What is handed in belongs to everybody; what is kept stands here with its worth."),
        gettext_lazy("No entry is ever changed or taken out."),
    ),
    everybody_enters=True,
)
KIN = Book(
    "kin-contracts",
    gettext_lazy("Contracts with office-holders or their kin"),
    gettext_lazy(
        "A contract with somebody of the house, their family or their firm is the assembly's to allow."
    ),
    gettext_lazy("No such contract has been entered"),
    gettext_lazy("Enter a contract"),
    (
        gettext_lazy("Day"),
        gettext_lazy("With whom"),
        gettext_lazy("Close to"),
        gettext_lazy("About what"),
        gettext_lazy("Amount"),
        gettext_lazy("Decision"),
    ),
    access.kin_contracts,
    _contract,
    "{party} {member__name} {relation} {what} {decision}",
    (
        gettext_lazy("The assembly decides first; the number of its decision is checked."),
        gettext_lazy("Whoever is close to the other side does not enter it: somebody else does."),
        gettext_lazy("A sale to a member's own firm stands in the book of sales, with its decision."),
    ),
)
PLEDGES = Book(
    "pledges",
    gettext_lazy("What buyers have promised"),
    gettext_lazy("Which organisation promised to buy for how much in a year, and at which price."),
    gettext_lazy("No promise has been entered"),
    gettext_lazy("Enter a promise"),
    (
        gettext_lazy("Year"),
        gettext_lazy("Buyer"),
        gettext_lazy("At which price"),
        gettext_lazy("What"),
        gettext_lazy("For how much"),
        gettext_lazy("Bought so far"),
        gettext_lazy("How it stands"),
        gettext_lazy("Entered by"),
    ),
    access.pledges,
    _pledge,
    "{year} {buyer} {what} {entered_by__name}",
    (
        gettext_lazy(
            "What was bought is read from the book of sales, by the name of the buyer and the price."
        ),
        gettext_lazy(
            "A later promise of the same buyer for the same year takes the place of the earlier one."
        ),
        gettext_lazy("No entry is ever changed or taken out."),
    ),
)
REFUSALS = Book(
    "refusals",
    gettext_lazy("Refused deals"),
    gettext_lazy(
        "Who would not buy from us, lend to us or supply us, and which orders we refused out of a principle."
    ),
    gettext_lazy("No refusal has been entered"),
    gettext_lazy("Enter a refusal"),
    (
        gettext_lazy("Day"),
        gettext_lazy("Who refused"),
        gettext_lazy("What was asked for"),
        gettext_lazy("Reason"),
        gettext_lazy("Entered by"),
    ),
    access.refusals,
    _refusal,
    "{refuser} {what} {because} {entered_by__name}",
    (
        gettext_lazy("Write it down on the day it happens, in the words they used."),
        gettext_lazy(
            "Where others gave no reason, that is said too; where we refuse, the principle is named."
        ),
        gettext_lazy("No entry is ever changed or taken out."),
    ),
)


def _barred(here: Here, one: BuyerBar) -> list[str]:
    state = _("barred")
    if one.lifted_at is not None and one.lifted_by is not None:
        told = {"name": one.lifted_by.name, "because": one.lifted_because}
        state = _("lifted by %(name)s: %(because)s") % told
    return [_day(one.since), one.buyer, one.because, one.entered_by.name, state]


def _to_lift(here: Here, one: BuyerBar) -> tuple[str, str] | None:
    if one.lifted_at is not None or not here.powers.signs or one.entered_by_id == acting(here).pk:
        return None
    return reverse("buyer-bar-lift", args=[here.cooperative.slug, one.pk]), _("Lift it")


BARS = Book(
    "buyer-bars",
    gettext_lazy("Barred from peer prices"),
    gettext_lazy(
        "Who bought at the price for other plants of workers and sold on at the market’s. They pay the market price."
    ),
    gettext_lazy("Nobody is barred"),
    gettext_lazy("Bar a buyer"),
    (
        gettext_lazy("Since"),
        gettext_lazy("Buyer"),
        gettext_lazy("What happened"),
        gettext_lazy("Entered by"),
        gettext_lazy("How it stands"),
    ),
    access.buyer_bars,
    _barred,
    "{buyer} {because} {entered_by__name} {lifted_because}",
    (
        gettext_lazy("A sale at the peer price to this name is refused, with this reason."),
        gettext_lazy("Somebody else of an office lifts it, and says why."),
        gettext_lazy("No entry is ever changed or taken out."),
    ),
    open_act=_to_lift,
)


def _open_act(here: Here, which: Book, one: Any) -> tuple[str, str] | None:
    return which.open_act(here, one) if which.open_act is not None else None


def book(request: HttpRequest, coop: str, which: Book) -> HttpResponse:
    here = enter(request, coop)
    look = Look(request)
    page = page_of(request, look.among(which.entries(here), which.told), ON_A_PAGE)
    context = {
        "book": which,
        "title": str(which.title),
        "look": look,
        "page": page,
        "rows": [
            (list(zip(which.heads, which.row(here, one), strict=True)), _open_act(here, which, one))
            for one in page
        ],
        "enters": which.everybody_enters or here.powers.signs,
        "enter_address": reverse(f"{which.name}-enter", args=[coop]),
        "paper_address": reverse(f"{which.name}-printed", args=[coop]),
    }
    return render(request, "selling/open_books/book.html", context)


def sheet(request: HttpRequest, coop: str, which: Book) -> HttpResponse:
    here = enter(request, coop)
    volume = page_of(request, which.entries(here), MOST_PRINTED)
    data = on_paper(
        here,
        str(which.title),
        notes=[str(which.lede)],
        columns=[column(str(words), "fr" if place else "auto") for place, words in enumerate(which.heads)],
        rows=[which.row(here, one) for one in volume],
    )
    return to_print("list", data, name=str(which.title))


@require_safe
def gifts(request: HttpRequest, coop: str) -> HttpResponse:
    return book(request, coop, GIFTS)


@require_safe
def gifts_printed(request: HttpRequest, coop: str) -> HttpResponse:
    return sheet(request, coop, GIFTS)


@require_safe
def kin_contracts(request: HttpRequest, coop: str) -> HttpResponse:
    return book(request, coop, KIN)


@require_safe
def kin_contracts_printed(request: HttpRequest, coop: str) -> HttpResponse:
    return sheet(request, coop, KIN)


@require_safe
def pledges(request: HttpRequest, coop: str) -> HttpResponse:
    return book(request, coop, PLEDGES)


@require_safe
def pledges_printed(request: HttpRequest, coop: str) -> HttpResponse:
    return sheet(request, coop, PLEDGES)


@require_safe
def refusals(request: HttpRequest, coop: str) -> HttpResponse:
    return book(request, coop, REFUSALS)


@require_safe
def refusals_printed(request: HttpRequest, coop: str) -> HttpResponse:
    return sheet(request, coop, REFUSALS)


@require_safe
def buyer_bars(request: HttpRequest, coop: str) -> HttpResponse:
    return book(request, coop, BARS)


@require_safe
def buyer_bars_printed(request: HttpRequest, coop: str) -> HttpResponse:
    return sheet(request, coop, BARS)
