"""Two at one line of a draft, and the last day of amendments: what one leaves is what the other finds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from coop.budget import actions as budget
from coop.budget.actions import amendments, lines, years
from coop.budget.drafts import mark_of_line, written
from coop.budget.models import Amendment, Line, Year
from coop.budget.reading import Written
from tests import make, make_budget
from tests.make_budget import at, fresh
from tests.races.race import one_after_the_other, refusals

pytestmark = pytest.mark.usefixtures("committed_db")


def without_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the same acts, and nobody holds the year."""

    def read(asked: Amendment) -> Amendment:
        found = Amendment.objects.select_related("on_behalf_of", "amends", "author").get(pk=asked.pk)
        found.year = fresh(found.year)
        return found

    for module in (lines, amendments, years):
        monkeypatch.setattr(module, "locked", fresh)
    monkeypatch.setattr(amendments, "locked_amendment", read)


# --- Lines of a draft -----------------------------------------------------------------------------------------------


def a_draft() -> tuple[make.Plant, Year, str]:
    """With the mark of its gas, as both have seen it."""
    plant = make_budget.plant()
    year = make_budget.draft(plant)
    return plant, year, mark_of_line(year.lines.select_related("department").get(code="E-GAS"))


def gas(year: Year, amount: int) -> Written:
    line = next(one for one in written(year) if one.code == "E-GAS")
    return replace(line, proposed=Decimal(amount))


def writes(plant: make.Plant, year: Year, seen: str, amount: int) -> Callable[[], Any]:
    line = gas(year, amount)
    return lambda: budget.write_line(year=year, line=line, was="E-GAS", seen=seen, by=plant.kim, at=at())


def takes_out(plant: make.Plant, year: Year, seen: str) -> Callable[[], Any]:
    return lambda: budget.take_line_out(year=year, code="E-GAS", seen=seen, by=plant.kim, at=at())


def test_two_who_saw_the_same_line_do_not_write_over_each_other() -> None:
    plant, year, seen = a_draft()
    results = one_after_the_other(writes(plant, year, seen, 31_000), writes(plant, year, seen, 32_000))
    assert refusals(results) == ["budget-lines-changed-meanwhile"]
    assert Line.objects.get(year=year, code="E-GAS").proposed == 31_000


def test_without_the_lock_the_second_writes_over_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    plant, year, seen = a_draft()
    without_lock(monkeypatch)
    acts = (writes(plant, year, seen, 31_000), writes(plant, year, seen, 32_000))
    assert refusals(one_after_the_other(*acts)) == []
    assert Line.objects.get(year=year, code="E-GAS").proposed == 32_000


def test_a_line_that_was_just_written_is_not_taken_out() -> None:
    plant, year, seen = a_draft()
    results = one_after_the_other(writes(plant, year, seen, 31_000), takes_out(plant, year, seen))
    assert refusals(results) == ["budget-lines-changed-meanwhile"]
    assert Line.objects.get(year=year, code="E-GAS").proposed == 31_000


def test_without_the_lock_it_is_taken_out(monkeypatch: pytest.MonkeyPatch) -> None:
    plant, year, seen = a_draft()
    without_lock(monkeypatch)
    results = one_after_the_other(writes(plant, year, seen, 31_000), takes_out(plant, year, seen))
    assert refusals(results) == []
    assert not Line.objects.filter(year=year, code="E-GAS").exists()


def test_a_line_taken_out_is_not_written_anew_behind_it() -> None:
    plant, year, seen = a_draft()
    results = one_after_the_other(takes_out(plant, year, seen), writes(plant, year, seen, 31_000))
    assert refusals(results) == ["budget-no-such-line"]


# --- Handing in -----------------------------------------------------------------------------------------------------


def two_drafts() -> tuple[make.Plant, Amendment, Amendment]:
    plant = make_budget.plant()
    year = make_budget.opened(plant)
    one = make_budget.amendment(year, {"E-GAS": 500, "E-BAG": -500}, by=plant.eve)
    two = make_budget.amendment(year, {"E-GAS": 700, "E-BAG": -700}, by=plant.fay)
    return plant, one, two


def hands_in(draft: Amendment) -> Callable[[], Any]:
    return lambda: budget.hand_in(amendment=draft, by=draft.author, at=at(11))


def test_two_handed_in_at_once_have_two_numbers() -> None:
    _plant, one, two = two_drafts()
    assert refusals(one_after_the_other(hands_in(one), hands_in(two))) == []
    assert sorted(Amendment.objects.values_list("number", flat=True)) == [1, 2]


def test_without_the_lock_both_want_the_same_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: PostgreSQL refuses the second; the lock spares its writer that."""
    _plant, one, two = two_drafts()
    without_lock(monkeypatch)
    results = one_after_the_other(hands_in(one), hands_in(two))
    assert [type(one).__name__ for one in results if isinstance(one, Exception)] == ["IntegrityError"]


def test_the_same_draft_handed_in_twice_at_once_is_one() -> None:
    _plant, one, _two = two_drafts()
    assert refusals(one_after_the_other(hands_in(one), hands_in(one))) == ["budget-amendment-handed-in"]
    assert Amendment.objects.get(pk=one.pk).supports.count() == 1


def closes(plant: make.Plant, year: Year) -> Callable[[], Any]:
    return lambda: budget.close_amendments(year=year, by=plant.kim, at=at(37))


def test_nothing_is_handed_in_behind_the_close() -> None:
    """On its last day by the clock of the writer, and the amendments have just been closed."""
    plant, one, _two = two_drafts()
    results = one_after_the_other(closes(plant, one.year), hands_in(one))
    assert refusals(results) == ["budget-takes-no-amendments"]
    assert Amendment.objects.get(pk=one.pk).state == "draft"


def test_without_the_lock_it_slips_in_behind_the_close(monkeypatch: pytest.MonkeyPatch) -> None:
    plant, one, _two = two_drafts()
    without_lock(monkeypatch)
    assert refusals(one_after_the_other(closes(plant, one.year), hands_in(one))) == []
    assert fresh(one.year).state == "conciliation"
    assert Amendment.objects.get(pk=one.pk).state == "submitted"


# --- Twins ----------------------------------------------------------------------------------------------------------


def begins(plant: make.Plant, year: Year) -> Callable[[], Any]:
    return lambda: make_budget.amendment(year, {"E-GAS": 500, "E-BAG": -500}, by=plant.eve)


def test_the_same_form_sent_twice_at_once_begins_one_draft() -> None:
    plant = make_budget.plant()
    year = make_budget.opened(plant)
    one, two = one_after_the_other(begins(plant, year), begins(plant, year))
    assert (one.pk, Amendment.objects.count()) == (two.pk, 1)


def test_without_the_lock_two_are_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    plant = make_budget.plant()
    year = make_budget.opened(plant)
    without_lock(monkeypatch)
    assert refusals(one_after_the_other(begins(plant, year), begins(plant, year))) == []
    assert Amendment.objects.count() == 2
