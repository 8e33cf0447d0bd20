"""What only computes: secrets, folded names, the rota."""

import datetime
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.members.folding import fold
from coop.members.rota import place
from coop.members.secret_words import obstacles_to_secret

DIGITS = st.text("0123456789", min_size=6, max_size=12)


def code(secret: str, number: int = 144) -> str:
    reasons = obstacles_to_secret(secret, number=number)
    return reasons[0].code if reasons else "fine"


@pytest.mark.parametrize(
    ("secret", "answer"),
    [
        ("", "secret-too-short"),
        ("58204", "secret-too-short"),
        ("582047", "fine"),
        ("582047193058", "fine"),
        ("5820471930581", "secret-too-short"),  # thirteen digits are neither a PIN nor a phrase
        ("111111", "secret-easy-to-guess"),
        ("121212", "secret-easy-to-guess"),
        ("144144", "secret-easy-to-guess"),
        ("58205820", "secret-easy-to-guess"),
        ("582047582047", "secret-easy-to-guess"),
        ("123456", "secret-easy-to-guess"),
        ("987654", "secret-easy-to-guess"),
        ("890123", "secret-easy-to-guess"),  # goes on after nine
        ("135791", "secret-easy-to-guess"),
        ("000144", "secret-easy-to-guess"),  # the member's own number
        ("passwordpassword", "secret-easy-to-guess"),
        ("Bakery bakery-BAKERY", "secret-easy-to-guess"),
        ("passwordpasswort", "fine"),
        ("the oven is warm the oven is warm", "fine"),
        ("000145", "fine"),
        ("٥٨٢٠٤٧", "secret-too-short"),  # digits that no keypad types
        ("five eight 2", "fine"),
        ("            ", "secret-too-short"),
        ("aaaaaaaaaaaaaaaa", "secret-too-short"),
        ("abcabcabcabcabc", "secret-too-short"),
        ("pan y trabajo", "fine"),
        ("pão e trabalho", "fine"),
        ("x y z " * 33 + "ab", "fine"),  # two hundred characters
        ("x y z " * 33 + "abc", "secret-too-long"),
    ],
)
def test_secrets(secret: str, answer: str) -> None:
    assert code(secret) == answer


@given(DIGITS, st.integers(1, 999_999))
def test_a_pin_that_is_accepted_is_no_first_guess(pin: str, number: int) -> None:
    if code(pin, number) == "fine":
        assert int(pin) != number
        assert len(set(pin)) > 1
        assert pin not in "01234567890123456789"
        assert pin not in "98765432109876543210"


@given(st.text(max_size=300), st.integers(1, 999_999))
def test_every_text_gets_an_answer(secret: str, number: int) -> None:
    assert code(secret, number) in {"fine", "secret-too-short", "secret-too-long", "secret-easy-to-guess"}


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Ñandú  ÁLAMO", "nandu alamo"),
        ("  Conceição\tD'Ávila ", "conceicao d'avila"),
        ("Ana\u0301 Ruiz", "ana ruiz"),
        ("STRAßE", "strasse"),
        ("", ""),
    ],
)
def test_names_fold(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(st.text(max_size=60))
def test_folding_is_settled_and_does_not_see_accents_case_or_spelling(name: str) -> None:
    once = fold(name)
    assert fold(once) == once
    assert fold(unicodedata.normalize("NFD", name)) == once
    assert fold(unicodedata.normalize("NFC", name)) == once
    assert once == once.strip()
    assert "  " not in once


MONDAY = datetime.date(2026, 10, 5)


def shifts_of(position: int, *days: int, step: int = -1, every: int = 14, shifts: int = 3) -> list[int]:
    return [
        place(
            position,
            MONDAY + datetime.timedelta(days=day),
            anchor=MONDAY,
            every_days=every,
            step=step,
            shifts=shifts,
        )
        for day in days
    ]


def test_crews_go_back_one_shift_every_second_monday() -> None:
    days = (-15, -14, -1, 0, 13, 14, 27, 28, 42)
    assert shifts_of(0, *days) == [2, 1, 1, 0, 0, 2, 2, 1, 0]
    assert shifts_of(1, *days) == [0, 2, 2, 1, 1, 0, 0, 2, 1]
    assert shifts_of(2, *days) == [1, 0, 0, 2, 2, 1, 1, 0, 2]


@given(
    day=st.integers(-4000, 4000), every=st.integers(1, 28), step=st.integers(-5, 5), shifts=st.integers(1, 5)
)
def test_on_every_day_each_shift_has_exactly_one_crew(day: int, every: int, step: int, shifts: int) -> None:
    worked = [shifts_of(crew, day, step=step, every=every, shifts=shifts)[0] for crew in range(shifts)]
    assert sorted(worked) == list(range(shifts))


@given(day=st.integers(-4000, 4000), crew=st.integers(0, 2))
def test_after_three_turns_a_crew_is_where_it_was(day: int, crew: int) -> None:
    assert shifts_of(crew, day) == shifts_of(crew, day + 42)
    assert shifts_of(crew, day) != shifts_of(crew, day + 14)
