"""A budget that was adopted is locked: an amendment of it is refused with its reason, and what was typed stays."""

from __future__ import annotations

import pytest
from django.test import Client

from coop.budget.models import Amendment, AmendmentMove, Line
from coop.journal.models import Entry
from tests import make, make_budget

pytestmark = pytest.mark.django_db


def test_an_amendment_of_a_locked_year_is_refused_and_nothing_is_stored() -> None:
    plant = make_budget.plant()
    year = make_budget.adopted(plant)
    before = (Entry.objects.count(), set(Line.objects.values_list("code", "adopted")))
    typed = {"title": "Filter bags", "reasons": "Dust.", "do": "keep", "revision": "0"}
    typed |= {"line-1": "E-GAS", "way-1": "less", "amount-1": "500"}
    typed |= {"line-2": "E-BAG", "way-2": "more", "amount-2": "500"}
    answer = make.sign_in(Client(), plant.eve).post(f"/bakery/budget/{year.pk}/amend/", typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert f"{year.label} is adopted: its lines move only by a decision." in page
    assert 'value="Filter bags"' in page
    assert page.count('value="500"') == 2
    assert not Amendment.objects.exists()
    assert not AmendmentMove.objects.exists()
    assert (Entry.objects.count(), set(Line.objects.values_list("code", "adopted"))) == before
