"""What one shift tells the next: every line is answered, both sides sign, and what nobody read stays red."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from coop.journal.models import Entry
from coop.members.models import Shift
from coop.production import actions as production
from coop.production.models import Area, Handover, HandoverLine
from coop.production.rules.handovers import lines_of, unread
from coop.refusals import Refused
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


def refused(act: Callable[[], Any]) -> list[str]:
    with pytest.raises(Refused) as refusal:
        act()
    return [reason.code for reason in refusal.value.reasons]


def lines() -> list[HandoverLine]:
    return list(HandoverLine.objects.order_by("pk"))


def given(plant: make.Plant, **more: Any) -> Handover:
    bridged, missing = lines()
    facts: dict[str, Any] = {
        "area": make_production.area(),
        "day": plant.cooperative.day_of(make.now()),
        "shift": Shift.objects.get(cooperative=plant.cooperative, code="morning"),
        "answers": {bridged.pk: "The water alarm, by a wire", missing.pk: None},
        "by": plant.eve,
        "at": make.now(),
    }
    return production.hand_over(**(facts | more))


def test_both_sides_sign_and_both_texts_stay(plant: make.Plant) -> None:
    sheet = given(plant, words="Quiet.")
    areas = Area.objects.all()
    assert list(unread(areas)) == [sheet]
    production.take_over(sheet=sheet, words="Two alarms were bridged, not one.", by=plant.fay, at=make.now())
    assert list(unread(areas)) == []
    sheet.refresh_from_db()
    assert (sheet.words, sheet.taken_words) == ("Quiet.", "Two alarms were bridged, not one.")
    assert (sheet.given_by, sheet.taken_by, sheet.unread) == (plant.eve, plant.fay, False)
    assert [(answer.nothing, answer.words) for answer in sheet.answers.all()] == [
        (False, "The water alarm, by a wire"),
        (True, ""),
    ]
    verbs = [entry.verb for entry in Entry.objects.order_by("-sequence")[:2]]
    assert verbs == ["shift-taken-over", "shift-handed-over"]


@pytest.mark.parametrize("words", ["", " ", "\u200b"])
def test_a_line_without_an_answer_stops_the_sheet(plant: make.Plant, words: str) -> None:
    bridged, missing = lines()
    assert refused(lambda: given(plant, answers={bridged.pk: words, missing.pk: None})) == [
        "handover-lines-open"
    ]
    assert refused(lambda: given(plant, answers={missing.pk: None})) == ["handover-lines-open"]
    assert Handover.objects.count() == 0


def test_lines_that_were_changed_meanwhile_are_read_again(plant: make.Plant) -> None:
    bridged, missing = lines()
    production.drop_from_handover(line=missing, by=plant.jo, at=make.now())
    assert refused(lambda: given(plant)) == ["handover-lines-changed"]
    sheet = given(plant, answers={bridged.pk: None})
    assert sheet.answers.count() == 1
    assert refused(lambda: production.drop_from_handover(line=missing, by=plant.jo, at=make.now())) == [
        "line-dropped"
    ]
    area = make_production.area()
    assert [line.pk for line in lines_of(area, make.now() - make.days(1))] == [bridged.pk, missing.pk]


def test_nobody_there_is_on_record_and_still_read_later(plant: make.Plant) -> None:
    sheet = given(plant, nobody_there=True)
    assert Entry.objects.last().verb == "shift-left-to-nobody"
    production.take_over(sheet=sheet, by=plant.gus, at=make.now())
    sheet.refresh_from_db()
    assert (sheet.nobody_there, sheet.taken_words) == (True, "")


def test_nobody_takes_their_own_sheet_nor_one_that_is_taken(plant: make.Plant) -> None:
    sheet = given(plant)
    assert refused(lambda: production.take_over(sheet=sheet, by=plant.eve, at=make.now())) == [
        "handover-needs-somebody-else"
    ]
    production.take_over(sheet=sheet, by=plant.nan, at=make.now())
    assert refused(lambda: production.take_over(sheet=sheet, by=plant.fay, at=make.now())) == [
        "handover-taken"
    ]
    assert refused(lambda: given(plant, by=plant.fay)) == ["handover-written"]


@pytest.mark.parametrize("days", [-2, 1, 36500])
def test_a_sheet_is_of_today_or_yesterday(plant: make.Plant, days: int) -> None:
    day = plant.cooperative.day_of(make.now()) + make.days(days)
    assert refused(lambda: given(plant, day=day)) == ["handover-of-another-day"]


def test_a_place_without_lines_has_no_sheet_and_its_council_writes_them(plant: make.Plant) -> None:
    area = make_production.area("Oven 2")
    assert refused(lambda: given(plant, area=area, answers={})) == ["handover-asks-nothing"]
    ask = lambda question, by: production.ask_in_handover(area=area, question=question, by=by, at=make.now())  # noqa: E731
    assert refused(lambda: ask("Alarms?", plant.eve)) == ["answers-for-no-such-place"]
    ask("Alarms?", plant.kim)
    assert refused(lambda: ask(" Alarms? ", plant.ida)) == ["line-there-already"]
    assert refused(lambda: ask(" ", plant.ida)) == ["problem-without-words"]


def test_people_and_shifts_of_another_house_hand_nothing_over(plant: make.Plant) -> None:
    other = make.plant("mill")
    shift = Shift.objects.get(cooperative=other.cooperative, code="night")
    codes = refused(lambda: given(plant, by=other.eve, shift=shift))
    assert codes == ["not-in-the-register", "shift-of-others"]
