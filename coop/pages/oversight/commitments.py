"""What binds the house: payment orders and contracts, with who signed them. Everybody reads them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coop.in_office.models import Commitment
from coop.in_office.rules import commitments as rules
from coop.in_office.rules.commitments import SIGNS as SIGNS

from .. import access
from ..access import Here, acting, enter, page_of
from ..looking import Look
from ..paper import to_print
from ..stories import Story
from .counts import amount
from .counts import money as in_full

PAGE = 20
FEW = 5
State = Commitment.State
SHAPES = {State.WAITING: "waiting", State.SIGNED: "yes", State.REFUSED: "no"}


def money(here: Here, figure: Decimal) -> str:
    """Whole amounts without zeros behind; cents as the currency has them."""
    told = amount(figure) if figure == figure.to_integral_value() else in_full(here, figure)
    return f"{told} {here.cooperative.currency_code}"


def standing(found: Commitment) -> tuple[str, str]:
    """A word and a shape; whether two have signed or one was enough is in the word."""
    if found.state == State.SIGNED:
        return (_("signed by two") if found.second_by_id else _("signed by one, which is enough")), "yes"
    return str(found.get_state_display()), SHAPES[State(found.state)]


@require_safe
def commitments(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    look = Look(request)
    found = look.among(access.commitments(here), "PC {year}-{number} {title} {party} {signed_by__name}")
    page = page_of(request, found.order_by("-signed_at", "-pk"), PAGE)
    context = {
        "look": look,
        "page": page,
        "rows": [{"one": one, "state": standing(one), "money": money(here, one.amount)} for one in page],
        "over": money(here, here.bylaws.two_signatures_over) if here.bylaws.two_signatures_over else "",
        "may_sign": rules.offices_that_sign(acting(here), here.at).exists(),
    }
    return render(request, "oversight/commitments/commitments.html", context)


@require_safe
def page(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    return render(
        request, "oversight/commitments/commitment.html", context_of(here, access.commitment(here, key))
    )


def context_of(here: Here, found: Commitment) -> dict[str, Any]:
    """What the page shows; the sheets that sign it or turn it down are put beside it (`commitments_signed`)."""
    me = acting(here)
    word, shape = standing(found)
    same = rules.to_the_same(found)
    together = sum((one.amount for one in same), found.amount)
    offices = list(rules.offices_that_sign(me, here.at).exclude(pk=found.office_id))
    waits = found.state == State.WAITING
    return {
        "found": found,
        "word": word,
        "shape": shape,
        "money": money(here, found.amount),
        "over": money(here, found.over) if found.over else "",
        "same": [(one, money(here, one.amount)) for one in same],
        "together": money(here, together) if same else "",
        "signs": waits and found.signed_by_id != me.pk and bool(offices),
        "turns_down": waits and (found.signed_by_id == me.pk or bool(offices)),
        "mine": found.signed_by_id == me.pk,
    }


@require_safe
def printed(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The paper that goes to the bank or to whom the contract is with."""
    here = enter(request, coop)
    found = access.commitment(here, key)
    word, _shape = standing(found)
    day = date_format(found.signed_on, "DATE_FORMAT")
    facts = [
        [capfirst(found.get_kind_display()), found.party],
        [_("Amount"), money(here, found.amount)],
        [_("Signatures"), _needed(here, found)],
        [_("First signature"), _signature(here, found.signed_by.name, found.office.title, found.signed_at)],
    ]
    if found.decision is not None:
        facts.insert(2, [_("Rests on"), f"{found.decision.label} {found.decision.title}"])
    if found.second_by is not None and found.second_office is not None:
        second = _signature(here, found.second_by.name, found.second_office.title, found.second_at)
        facts.append([_("Second signature"), second])
    if found.refused_by is not None:
        facts.append([_("Turned down"), f"{found.refused_by.name}: {found.refused_because}"])
    offices = [found.office.title, *([found.second_office.title] if found.second_office else [])]
    data = {
        "title": f"{capfirst(found.get_kind_display())} {found.label}",
        "under": day,
        "house": here.cooperative.legal_name,
        "date": found.signed_on.isoformat(),
        "foot": found.label,
        "mark": "" if found.state == State.SIGNED else word,
        "headline": found.title,
        "paragraphs": found.because.split("\n"),
        "facts": facts,
        "signers": offices if found.state == State.SIGNED else [],
    }
    return to_print("facts", data, name=found.label.replace(" ", "_"))


def _needed(here: Here, found: Commitment) -> str:
    if not found.over:
        return _("One is enough: the bylaws name no limit.")
    told = {"limit": money(here, found.over)}
    if found.needs_two:
        return _("Over the limit of %(limit)s: two of different offices.") % told
    return _("Up to the limit of %(limit)s one is enough.") % told


def _signature(here: Here, name: str, office: str, at: Any) -> str:
    return f"{name}, {office}, {date_format(at.astimezone(here.cooperative.zone), 'DATETIME_FORMAT')}"


# --- At the desk ----------------------------------------------------------------------------------------------------


def waiting(here: Here) -> QuerySet[Commitment]:
    """What waits for a second signature, but for what this person has signed first."""
    found = Commitment.objects.filter(cooperative=here.cooperative, state=State.WAITING)
    return found.exclude(signed_by=acting(here))


def duties(here: Here) -> list[Story]:
    """What waits for this person as the second, the oldest first."""
    found = rules.waits_for(acting(here), here.at).order_by("signed_at", "pk")
    return [
        Story(
            kicker=f"{_('To countersign')} · {one.label}",
            headline=one.title,
            address=reverse("commitment", args=[here.cooperative.slug, one.pk]),
            word=str(one.get_state_display()),
            shape="waiting",
            meta=f"{money(here, one.amount)}, {one.party}",
        )
        for one in found[:FEW]
    ]
