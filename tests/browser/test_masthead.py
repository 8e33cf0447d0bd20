"""Whose page this is stands on it, on the narrowest telephone too."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coop.charter.models import Cooperative
from coop.members.models import Member
from tests import make
from tests.browser.conftest import PHONE, Person

pytestmark = pytest.mark.browser
CUT = """link => { const words = link.firstElementChild;
    return words.scrollWidth > words.clientWidth || words.scrollHeight > words.clientHeight; }"""
LINES = """box => { const range = document.createRange(); range.selectNodeContents(box);
    return new Set([...range.getClientRects()].map(line => Math.round(line.top))).size; }"""


@pytest.mark.parametrize(
    ("house", "name"),
    [
        ("Bakery", "Iara Puentealto Cobrizal"),
        ("Bakery", "Maximiliana-Guadalupe Ruiz"),
        ("Metalúrgica", "Maximiliana Ruiz"),
        ("Cerámica Zanón", "Iara Puentealto Cobrizal"),
        ("Cerámica Zanón", "Maximiliana-Guadalupe Ruiz"),
        ("Panaderia Cooperativa", "محمدعبدالرحمن Ruiz"),
    ],
)
@pytest.mark.parametrize("width", [320, 390])
def test_a_long_name_is_not_cut(
    plant: make.Plant, people: Callable[..., Person], house: str, name: str, width: int
) -> None:
    """Seen is its first word, heard is all of it; on a wider screen all of it is seen."""
    Member.objects.filter(pk=plant.ana.pk).update(name=name)
    Cooperative.objects.filter(pk=plant.cooperative.pk).update(short_name=house)
    phone = people("bakery", {**PHONE, "width": width}).signed_in(plant.ana).go("meetings/")
    own = phone.page.get_by_role("link", name=name)
    assert own.locator("b").bounding_box()["width"] > 0
    assert not own.evaluate(CUT)
    assert own.locator(".folio__rest").first.bounding_box()["width"] <= 1
    assert phone.page.get_by_role("button", name="Sign out").evaluate(LINES) == 1
    assert phone.sideways() == 0
    phone.page.set_viewport_size({"width": 960, "height": 640})
    assert own.inner_text().endswith(name)
    assert own.locator(".folio__rest").first.bounding_box()["width"] > 8
