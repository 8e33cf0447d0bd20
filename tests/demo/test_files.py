"""The YAML moved in whole, and its days move by fortnights."""

import datetime

import pytest

from coop.demo.files import AS_OF, FOLDER, FORTNIGHT, Files, moved, raw


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_each_file_is_valid_and_has_the_same_today(path: object) -> None:
    name = str(getattr(path, "stem", ""))
    assert raw(name).get("as_of", AS_OF) == AS_OF


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (AS_OF, 0),
        (AS_OF + datetime.timedelta(days=13), 0),
        (AS_OF + datetime.timedelta(days=14), 14),
        (AS_OF - datetime.timedelta(days=1), -14),
        (datetime.date(2026, 11, 21), 28),
        (datetime.date(2028, 2, 29), 490),
    ],
)
def test_days_move_by_whole_fortnights_to_today_or_just_before(today: datetime.date, days: int) -> None:
    files = Files(today)
    assert files.by == datetime.timedelta(days=days)
    assert datetime.timedelta(0) <= today - (AS_OF + files.by) < FORTNIGHT
    assert (AS_OF + files.by).weekday() == AS_OF.weekday()


def test_years_in_words_and_everything_that_is_no_day_stay() -> None:
    week = datetime.timedelta(days=14)
    day = datetime.date(2026, 11, 28)
    given = {"title": "Budget 2027", "at": [day, "06:30", 5, None, True], "year": 2026}
    assert moved(given, week) == {
        "title": "Budget 2027",
        "at": [datetime.date(2026, 12, 12), "06:30", 5, None, True],
        "year": 2026,
    }
    assert given["at"] == [day, "06:30", 5, None, True]


def test_numbers_of_members_and_of_the_hired() -> None:
    files = Files(AS_OF)
    assert [files.number(person) for person in ("M001", "M310", "H05", "H12")] == [1, 310, 905, 912]
