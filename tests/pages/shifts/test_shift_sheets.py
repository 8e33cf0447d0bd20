"""Sheets of handover on the screen: every line is answered, both sides sign, what nobody has read is red."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coop.members.models import Member, Shift
from coop.production import actions as production
from coop.production.models import Handover, HandoverLine
from tests import make, make_production

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    made = make_production.plant()
    for question in ("Which alarms are bridged?", "Who is missing?"):
        production.ask_in_handover(
            area=make_production.area(), question=question, by=made.ida, at=make.now() - make.days(9)
        )
    return made


def at(name: str, *keys: Any) -> str:
    return reverse(name, args=["bakery", *keys])


def client(who: Member) -> Client:
    return make.sign_in(Client(), who)


def typed(plant: make.Plant, **more: str) -> dict[str, str]:
    bridged, missing = HandoverLine.objects.order_by("pk")
    day = plant.cooperative.day_of(make.now()).isoformat()
    return {
        f"said-{bridged.pk}": "The water alarm, by a wire",
        f"nothing-{missing.pk}": "on",
        "words": "",
        "shift": "morning",
        "day": day,
        **more,
    }


def given(plant: make.Plant, **more: str) -> Handover:
    place = make_production.area()
    answer = client(plant.eve).post(at("shift-give", place.pk), typed(plant, **more))
    assert answer.status_code == 302
    return Handover.objects.get()


def test_given_unread_taken_and_both_texts_stay(plant: make.Plant) -> None:
    sheet = given(plant, words="Quiet otherwise.")
    front = client(plant.fay).get(at("home")).content.decode()
    assert "Handed over, and read by nobody" in front
    assert "Handed over, and read by nobody" not in client(plant.eve).get(at("home")).content.decode()
    assert "Read by nobody yet" in client(plant.fay).get(at("shift-sheets")).content.decode()
    answer = client(plant.fay).post(at("shift-take", sheet.pk), {"words": "Two alarms, not one."})
    assert answer.status_code == 302
    page = client(plant.gus).get(at("shift-sheet", sheet.pk)).content.decode()
    for words in (
        "The water alarm, by a wire",
        "Nothing to tell",
        "Quiet otherwise.",
        "Two alarms, not one.",
    ):
        assert words in page
    assert "Handed over, and read by nobody" not in client(plant.fay).get(at("home")).content.decode()


def test_nobody_signs_both_sides_or_twice(plant: make.Plant) -> None:
    sheet = given(plant)
    assert client(plant.eve).post(at("shift-take", sheet.pk)).status_code == 409
    assert client(plant.fay).post(at("shift-take", sheet.pk)).status_code == 302
    assert client(plant.gus).post(at("shift-take", sheet.pk), {"words": "Late."}).status_code == 409
    assert Handover.objects.get().taken_by == plant.fay


def test_nobody_came_is_on_record(plant: make.Plant) -> None:
    sheet = given(plant, nobody="1")
    assert sheet.nobody_there
    assert (
        "Nobody came to whom it could be told."
        in client(plant.fay).get(at("shift-sheet", sheet.pk)).content.decode()
    )


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"said": ""}, 422),  # an open line
        ({"nothing": "on"}, 422),  # words, and nothing to tell
        ({"day": "9999-12-31"}, 422),
        ({"day": "2020-01-01"}, 422),
        ({"shift": "noon"}, 422),
        ({"words": "x" * 2001}, 422),
    ],
)
def test_what_cannot_be_signed_keeps_what_was_typed(
    plant: make.Plant, change: dict[str, str], status: int
) -> None:
    first = HandoverLine.objects.order_by("pk")[0]
    sent = typed(plant)
    for name, value in change.items():
        sent[f"{name}-{first.pk}" if name in ("said", "nothing") else name] = value
    answer = client(plant.eve).post(at("shift-give", make_production.area().pk), sent)
    assert answer.status_code == status
    assert not Handover.objects.exists()
    if "said" not in change:
        assert "The water alarm, by a wire" in answer.content.decode()


def test_a_second_sheet_of_the_same_shift_is_refused_with_its_reason(plant: make.Plant) -> None:
    given(plant)
    answer = client(plant.fay).post(at("shift-give", make_production.area().pk), typed(plant))
    assert (answer.status_code, Handover.objects.count()) == (409, 1)


def test_lines_are_kept_by_whoever_answers_for_the_place(plant: make.Plant) -> None:
    place = make_production.area("Oven 2")
    asked = {"question": "What was promised?"}
    assert client(plant.eve).post(at("shift-line-add", place.pk), asked).status_code == 404
    council = client(plant.ida)
    assert council.post(at("shift-line-add", place.pk), asked).status_code == 302
    assert council.post(at("shift-line-add", place.pk), asked).status_code == 409
    assert council.post(at("shift-line-add", place.pk), {"question": " "}).status_code == 422
    line = HandoverLine.objects.get(area=place)
    printed = client(plant.eve).get(at("shift-pad-printed", place.pk))
    assert (printed.status_code, printed.content[:5]) == (200, b"%PDF-")
    assert council.post(at("shift-line-drop", place.pk, line.pk)).status_code == 302
    assert HandoverLine.objects.filter(area=place, dropped_at=None).count() == 0


def test_the_list_costs_the_same_for_one_sheet_and_for_thirty(plant: make.Plant) -> None:
    reader, costs = client(plant.eve), []
    reader.get(at("shift-sheets"))
    sheet = given(plant)
    for many in (1, 29):
        for number in range(many - 1 if many == 1 else many):
            Handover.objects.create(
                area=sheet.area,
                day=sheet.day - make.days(number + 1),
                shift=Shift.objects.get(code="night"),
                given_by=plant.eve,
                given_at=make.now(),
            )
        with CaptureQueriesContext(connection) as asked:
            assert reader.get(at("shift-sheets")).status_code == 200
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 14
