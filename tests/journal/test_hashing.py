"""The arithmetic of the chain, without a database."""

import datetime
import hashlib
import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.journal.hashing import canonical, digest, instant, plain

texts = st.text(st.characters(codec="utf-8"))
facts = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


def test_a_known_spelling_and_its_hash() -> None:
    spelled = canonical(
        {"b": [1, True, None], "a": "ñ“", "at": datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)}
    )
    assert spelled.decode() == '{"a":"ñ“","at":"2026-01-02T00:00:00.000000+00:00","b":[1,true,null]}'
    assert digest({"a": 1}) == hashlib.sha256(b'{"a":1}').hexdigest()


@given(st.dictionaries(texts, facts, max_size=5))
def test_what_json_gives_back_hashes_the_same(fields: dict[str, Any]) -> None:
    assert digest(json.loads(canonical(fields))) == digest(fields)


@given(st.dictionaries(texts, facts, max_size=5), st.dictionaries(texts, facts, max_size=5))
def test_other_facts_have_another_spelling(one: dict[str, Any], other: dict[str, Any]) -> None:
    same = json.dumps(one, sort_keys=True) == json.dumps(
        other, sort_keys=True
    )  # True == 1 in Python, not in JSON
    assert (canonical(one) == canonical(other)) is same


@given(st.dictionaries(texts, st.integers(), min_size=2))
def test_the_order_of_the_fields_does_not_matter(fields: dict[str, int]) -> None:
    assert canonical(fields) == canonical(dict(reversed(fields.items())))


@given(st.datetimes(timezones=st.timezones()))
def test_a_moment_is_spelled_in_utc_to_the_microsecond(at: datetime.datetime) -> None:
    try:
        spelled = instant(at)
    except OverflowError:
        return  # the first or last hours of the calendar
    assert datetime.datetime.fromisoformat(spelled) == at.astimezone(datetime.UTC)
    assert len(spelled) == len("2026-10-14T12:00:00.000000+00:00")


def test_numbers_and_days_become_text() -> None:
    assert plain({"share": Fraction(2, 3), "sum": Decimal("1.50"), "day": datetime.date(2026, 10, 14)}) == {
        "share": "2/3",
        "sum": "1.50",
        "day": "2026-10-14",
    }


@pytest.mark.parametrize("fact", [1.5, float("nan"), {1: "a"}, {"a": {None: 1}}, b"raw", {"x"}, object()])
def test_what_would_not_come_back_equal_is_refused(fact: object) -> None:
    with pytest.raises(TypeError):
        plain(fact)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        instant(datetime.datetime(2026, 10, 14))
