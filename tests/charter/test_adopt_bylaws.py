import datetime
from fractions import Fraction
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from coop.charter.actions import adopt_bylaws
from coop.charter.articles import ARTICLES
from coop.charter.kinds import Kind
from coop.charter.models import Bylaws, Cooperative
from coop.journal.models import Entry
from coop.refusals import Refused

from .conftest import ANA, NOON

NEW_YEAR = datetime.date(2027, 1, 1)


def adopt(cooperative: Cooperative, **changes: Any) -> Bylaws:
    act: dict[str, Any] = {"by": ANA, "at": NOON, "valid_from": NEW_YEAR, "adopted_by": "Decision 14 of 2026"}
    return adopt_bylaws(cooperative=cooperative, **(act | changes))


def test_a_new_version_keeps_the_rest_and_waits_for_its_day(lucerna: Cooperative) -> None:
    second = adopt(lucerna, changes={"notice_ordinary_days": 20}, note="After the summer")
    first = Bylaws.objects.get(cooperative=lucerna, version=1)
    second.refresh_from_db()
    assert second.version == 2
    assert second.values() == first.values() | {"notice_ordinary_days": 20}
    eve = NEW_YEAR - datetime.timedelta(days=1)
    assert Bylaws.in_force(lucerna, eve) == first
    assert Bylaws.in_force(lucerna, NEW_YEAR) == second
    assert Entry.objects.latest("sequence").facts["changes"] == {"notice_ordinary_days": [15, 20]}


def test_acts_from_before_the_first_version_are_read_by_it(lucerna: Cooperative) -> None:
    assert Bylaws.in_force(lucerna, datetime.date(1999, 1, 1)).version == 1


def test_of_two_versions_of_one_day_the_later_rules(lucerna: Cooperative) -> None:
    adopt(lucerna, changes={"proxies_per_member": 1})
    third = adopt(lucerna, changes={"speaking_turns": 3})
    assert Bylaws.in_force(lucerna, NEW_YEAR) == third
    assert third.proxies_per_member == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"changes": {}}, "bylaws-change-nothing"),
        ({"changes": {"notice_ordinary_days": 15}}, "bylaws-change-nothing"),
        ({"changes": {"no_such": 1}}, "article-unknown"),
        ({"changes": {"base_statute": "everybody"}}, "article-is-one-of"),
        ({"changes": {"late_items": True}, "adopted_by": ""}, "adopting-act-missing"),
        ({"changes": {"late_items": True}, "adopted_by": "\0"}, "text-unreadable"),
        ({"changes": {"late_items": True}, "note": "\0"}, "text-unreadable"),
        (
            {"changes": {"late_items": True}, "valid_from": datetime.date(2011, 6, 17)},
            "bylaws-before-the-latest",
        ),
    ],
)
def test_what_cannot_be_adopted_is_refused(lucerna: Cooperative, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        adopt(lucerna, **changes)
    assert [reason.code for reason in refused.value.reasons] == [code]
    assert Bylaws.objects.count() == 1


def test_majorities_come_with_their_base(lucerna: Cooperative) -> None:
    bylaws = Bylaws.in_force(lucerna, NEW_YEAR)
    assert bylaws.majority_for("ordinary") == (Fraction(1, 2), "for_against")
    assert bylaws.majority_for("statute") == (Fraction(2, 3), "present")
    assert bylaws.fraction("pay_ratio") == Fraction(3, 2)
    assert bylaws.chosen("agenda_exceptions") == {"signers", "removal"}
    with pytest.raises(ValueError, match="not a matter"):
        bylaws.majority_for("weather")


@pytest.mark.parametrize("statement", ["UPDATE charter_bylaws SET note = 'x'", "DELETE FROM charter_bylaws"])
def test_no_version_is_ever_changed(lucerna: Cooperative, statement: str) -> None:
    with pytest.raises(Exception, match=r"append-only|permission denied"), transaction.atomic():
        connection.cursor().execute(statement)
    assert Bylaws.objects.get(cooperative=lucerna).note == ""


BAD = {
    Kind.INTEGER: [32000],
    Kind.PERCENT: [101],
    Kind.FRACTION: ["1/1000", "2/0", "0/1", "99/1", "1/99", "half", "", "1/2 "],
    Kind.CHOICE: ["", "coin"],
    Kind.CHOICES: ["coin", ",", "coin,coin"],
    Kind.MONEY: [-1],
}
BAD_VALUES = [(article.key, value) for article in ARTICLES for value in BAD.get(article.kind, [])]


def test_the_database_refuses_what_does_not_fit_an_article(lucerna: Cooperative) -> None:
    first = Bylaws.objects.get(cooperative=lucerna)
    for key, value in BAD_VALUES:
        row = {"version": 2, "valid_from": NEW_YEAR, "adopted_by": "x", "recorded_at": NOON}
        spoiled = Bylaws(cooperative=lucerna, **row, **(first.values() | {key: value}))
        with pytest.raises(IntegrityError, match=f"bylaws_{key}"), transaction.atomic():
            spoiled.save(force_insert=True)


def test_the_database_wants_an_adopting_act_and_one_row_per_version(lucerna: Cooperative) -> None:
    for version, act in [(2, " "), (1, "Decision 1")]:
        with pytest.raises(IntegrityError), transaction.atomic():
            Bylaws.objects.create(
                cooperative=lucerna, version=version, adopted_by=act, valid_from=NEW_YEAR, recorded_at=NOON
            )
