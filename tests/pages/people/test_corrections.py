"""Two windows correct one person: what the second did not touch is not written back."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from coop.charter.models import Bylaws
from coop.members import actions
from coop.members.models import Correction, Member
from coop.members.rules import applications, entering
from coop.refusals import Reason
from tests import make

pytestmark = pytest.mark.django_db
ADDRESS = "/bakery/members/5/correct/"


@pytest.fixture
def plant() -> make.Plant:
    plant = make.plant()
    Member.objects.filter(pk=plant.eve.pk).update(
        phone="600 1", job="miller", support=["reader_assistance"], founder=True
    )
    return plant


@pytest.fixture
def keeper(plant: make.Plant) -> Client:
    return make.sign_in(Client(), plant.cy)


def boxes(page: str) -> dict[str, Any]:
    """What a browser without a script would send of that page."""
    form = page[page.index('<form class="form"') :]
    sent: dict[str, Any] = {}
    for tag in re.findall(r"<input [^>]*>", form):
        fields = {key: unescape(value) for key, value in re.findall(r'(\w+)="([^"]*)"', tag)}
        if fields.get("type") != "checkbox":
            sent[fields["name"]] = fields.get("value", "")
        elif " checked" in tag:
            sent.setdefault(fields["name"], []).append(fields.get("value", "on"))
    for name, choices in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', choices)
        sent[name] = chosen[1] if chosen else ""
    return sent


def meanwhile(plant: make.Plant, **changes: Any) -> None:
    actions.correct(member=plant.eve, changes=changes, reason="list", by=plant.cy, at=make.now())


def test_what_the_second_window_did_not_touch_stays_as_the_first_wrote_it(
    keeper: Client, plant: make.Plant
) -> None:
    typed = {**boxes(keeper.get(ADDRESS).content.decode()), "phone": "600 2", "reason": "new number"}
    meanwhile(
        plant,
        name="Eva",
        born=None,
        founder=False,
        job="",
        language="ca",
        support=["large_text", "reader_assistance"],
    )
    refused = keeper.post(ADDRESS, typed)
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "the register says" not in page  # nobody wrote a telephone
    again = boxes(page)
    assert (again["name"], again["phone"], again["reason"]) == ("Eva", "600 2", "new number")
    assert keeper.post(ADDRESS, again).status_code == 302
    eve = Member.objects.get(pk=plant.eve.pk)
    assert (eve.name, eve.phone, eve.founder, eve.job, eve.language) == ("Eva", "600 2", False, "", "ca")
    assert sorted(eve.support) == ["large_text", "reader_assistance"]
    assert list(Correction.objects.filter(reason="new number").values_list("field", "becomes")) == [
        ("phone", "600 2")
    ]


def test_only_what_both_have_changed_is_told(keeper: Client, plant: make.Plant) -> None:
    typed = {
        **boxes(keeper.get(ADDRESS).content.decode()),
        "phone": "600 2",
        "job": "oven",
        "contact": "sms",
    }
    typed |= {"reason": "all wrong"}
    meanwhile(plant, name="Eva", phone="600 3", job="oven", contact="app")
    page = unescape(keeper.post(ADDRESS, typed).content.decode())
    assert "Telephone: the register says “600 3” now, this sheet “600 2”." in page
    assert "How to reach: the register says" in page
    assert page.count("the register says") == 2
    assert boxes(page)["phone"] == "600 2"


def test_a_third_window_between_the_two_is_told_as_well(keeper: Client, plant: make.Plant) -> None:
    typed = {**boxes(keeper.get(ADDRESS).content.decode()), "phone": "600 2", "reason": "x"}
    meanwhile(plant, name="Eva")
    again = boxes(keeper.post(ADDRESS, typed).content.decode())
    meanwhile(plant, name="Evita", phone="600 4")
    page = unescape(keeper.post(ADDRESS, again).content.decode())
    assert page.count("the register says") == 1
    assert "Telephone: the register says “600 4” now, this sheet “600 2”." in page
    assert boxes(page)["name"] == "Evita"


@pytest.mark.parametrize("opened", ["", "x", "x:1abc:forged"])
def test_a_sheet_that_does_not_say_how_it_was_opened_keeps_everything_typed(
    keeper: Client, plant: make.Plant, opened: str
) -> None:
    typed = {**boxes(keeper.get(ADDRESS).content.decode()), "phone": "600 2", "reason": "x", "opened": opened}
    meanwhile(plant, name="Eva")
    page = unescape(keeper.post(ADDRESS, typed).content.decode())
    assert "Name: the register says “Eva” now, this sheet “Eve”." in page
    assert boxes(page)["name"] == "Eve"


@pytest.mark.parametrize("name", ["=1+1", "+34 600", "-Ana", "@ana", "＝SUM(A1)", " =A1", "1234", "..."])
def test_what_is_no_name_in_a_list_is_none_on_a_sheet(keeper: Client, plant: make.Plant, name: str) -> None:
    typed = boxes(keeper.get(ADDRESS).content.decode())
    corrected = keeper.post(ADDRESS, {**typed, "name": name, "reason": "x"})
    assert (corrected.status_code, list(corrected.context["form"].errors)) == (409, ["name"])
    assert "This is not a name." in corrected.content.decode()
    day = plant.cooperative.day_of(make.now())
    newcomer = entering.Newcomer(number=77, name=name, joined=day, document="Minute 1")
    bylaws = Bylaws.in_force(plant.cooperative, day)
    wrong = entering.obstacles_to_entering(plant.cooperative, newcomer, day=day, bylaws=bylaws)
    assert wrong == [Reason("not-a-name")]
    applying = applications.obstacles_to_applying(
        plant.cooperative, applicant=None, name=name, born=None, applied_on=day, day=day
    )
    assert applying == [Reason("not-a-name")]
