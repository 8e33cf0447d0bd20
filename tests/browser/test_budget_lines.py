"""A budget of many lines on a telephone: a folded department is opened, or read on its page without a script."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coop.budget.models import Year
from coop.members.models import Member
from tests import make_budget
from tests.browser.conftest import PHONE, Person

pytestmark = pytest.mark.browser


@pytest.fixture
def year(committed_db: str) -> Year:
    plant = make_budget.plant(contingency_floor=0)
    lines = [(f"E-{n:03}", "OVN" if n % 2 else "PAC", "expense", f"Thing {n}", 1_000) for n in range(119)]
    lines.append(("E-RES", "PAC", "expense", "What nobody foresaw", 1_000))
    return make_budget.opened(
        plant, make_budget.written([("I-BRD", "OVN", "income", "Bread sold", 120_000), *lines])
    )


@pytest.mark.parametrize("script", [True, False])
def test_a_folded_department_is_opened(year: Year, people: Callable[..., Person], script: bool) -> None:
    lou = people("bakery", PHONE, script=script).signed_in(Member.objects.get(name="Lou"))
    lou.go(f"budget/{year.pk}/")
    assert lou.page.get_by_text("Thing 4", exact=True).count() == 0
    assert lou.sideways() == 0
    lou.page.get_by_text("Packing: 61 lines").last.click()
    if not script:
        lou.press("All lines of Packing")
        assert "?department=PAC" in lou.page.url
    assert lou.reads("Thing 118")
    assert lou.sideways() == 0
