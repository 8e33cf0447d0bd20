"""What else there is to a budget on its page, and whom to ask about it: the office that keeps it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from coop.budget.models import Year
from coop.members.models import Power

from .. import access
from ..access import Here


def address_to_ask(here: Here, about: str) -> str:
    """Where a question about this is written, with its first words; empty when no office keeps the budget."""
    office = access.budget_office(here)
    return _address_of(here, office.pk if office else None, about)


def _address_of(here: Here, office: int | None, about: str) -> str:
    if office is None:
        return ""
    return f"{reverse('office-ask', args=[here.cooperative.slug, office])}?{urlencode({'about': about})}"


def on_year(here: Here, year: Year, office: int | None) -> dict[str, Any]:
    """For budget_kept/on_year.html."""
    return {
        "draws_up": year.state == Year.State.DRAFT and here.may(Power.KEEP_BUDGET),
        "runs": year.is_locked,
        "goes_on": year.state == Year.State.REJECTED,
        "ask": _address_of(here, office, year.label),
    }
