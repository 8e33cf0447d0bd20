"""Numbers in words: exact forms, and read back by a table of words that knows nothing of how they were written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.ballots.acta.spelled import MOST, Noun, spelled

ALONE, HIM, HER = Noun.NONE, Noun.MASCULINE, Noun.FEMININE

EXACT = {
    "es": [
        (0, ALONE, "cero"),
        (1, ALONE, "uno"),
        (1, HIM, "un"),
        (1, HER, "una"),
        (16, ALONE, "dieciséis"),
        (21, ALONE, "veintiuno"),
        (21, HIM, "veintiún"),
        (21, HER, "veintiuna"),
        (22, HER, "veintidós"),
        (30, ALONE, "treinta"),
        (31, HIM, "treinta y un"),
        (100, HIM, "cien"),
        (101, ALONE, "ciento uno"),
        (154, ALONE, "ciento cincuenta y cuatro"),
        (200, HER, "doscientas"),
        (500, ALONE, "quinientos"),
        (741, HER, "setecientas cuarenta y una"),
        (900, HIM, "novecientos"),
        (1000, HER, "mil"),
        (1001, HIM, "mil un"),
        (2100, ALONE, "dos mil cien"),
        (21_000, ALONE, "veintiún mil"),
        (31_021, HER, "treinta y un mil veintiuna"),
        (100_000, ALONE, "cien mil"),
        (101_001, ALONE, "ciento un mil uno"),
        (200_000, HER, "doscientas mil"),
        (999_999, ALONE, "novecientos noventa y nueve mil novecientos noventa y nueve"),
    ],
    "pt-br": [
        (0, ALONE, "zero"),
        (1, HER, "uma"),
        (2, HER, "duas"),
        (14, ALONE, "quatorze"),
        (16, ALONE, "dezesseis"),
        (21, HER, "vinte e uma"),
        (100, ALONE, "cem"),
        (101, ALONE, "cento e um"),
        (154, ALONE, "cento e cinquenta e quatro"),
        (200, HER, "duzentas"),
        (302, HER, "trezentas e duas"),
        (512, ALONE, "quinhentos e doze"),
        (1000, ALONE, "mil"),
        (1001, ALONE, "mil e um"),
        (1100, ALONE, "mil e cem"),
        (1201, ALONE, "mil duzentos e um"),
        (2200, HER, "duas mil e duzentas"),
        (200_000, HER, "duzentas mil"),
        (999_999, ALONE, "novecentos e noventa e nove mil novecentos e noventa e nove"),
    ],
    "en": [
        (0, ALONE, "zero"),
        (12, HER, "twelve"),
        (20, ALONE, "twenty"),
        (21, HIM, "twenty-one"),
        (100, ALONE, "one hundred"),
        (101, ALONE, "one hundred and one"),
        (154, ALONE, "one hundred and fifty-four"),
        (1001, ALONE, "one thousand and one"),
        (1201, ALONE, "one thousand two hundred and one"),
        (100_000, ALONE, "one hundred thousand"),
        (999_999, ALONE, "nine hundred and ninety-nine thousand nine hundred and ninety-nine"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("language", EXACT)
def test_exact_forms(language: str) -> None:
    assert [spelled(number, language, noun) for number, noun, _ in EXACT[language]] == [
        words for _, _, words in EXACT[language]
    ]


def test_nothing_where_there_are_no_words_for_it() -> None:
    assert spelled(MOST + 1, "es") == spelled(-1, "es") == spelled(7, "fr") == spelled(7, "") == ""


# --- Read back -------------------------------------------------------------------------------------------------------

# The stem of each word, of whichever gender, and what it is worth. "mil" and "thousand" multiply, "hundred" too.
WORTH = {
    "es": {
        "cero": 0, "un": 1, "uno": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7,
        "ocho": 8, "nueve": 9, "diez": 10, "once": 11, "doce": 12, "trece": 13, "catorce": 14, "quince": 15,
        "dieciséis": 16, "diecisiete": 17, "dieciocho": 18, "diecinueve": 19, "veinte": 20, "veintiuno": 21,
        "veintiún": 21, "veintiuna": 21, "veintidós": 22, "veintitrés": 23, "veinticuatro": 24, "veinticinco": 25,
        "veintiséis": 26, "veintisiete": 27, "veintiocho": 28, "veintinueve": 29, "treinta": 30, "cuarenta": 40,
        "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90, "cien": 100, "ciento": 100,
        "doscientos": 200, "trescientos": 300, "cuatrocientos": 400, "quinientos": 500, "seiscientos": 600,
        "setecientos": 700, "ochocientos": 800, "novecientos": 900,
    },
    "pt-br": {
        "zero": 0, "um": 1, "uma": 1, "dois": 2, "duas": 2, "três": 3, "quatro": 4, "cinco": 5, "seis": 6, "sete": 7,
        "oito": 8, "nove": 9, "dez": 10, "onze": 11, "doze": 12, "treze": 13, "quatorze": 14, "quinze": 15,
        "dezesseis": 16, "dezessete": 17, "dezoito": 18, "dezenove": 19, "vinte": 20, "trinta": 30, "quarenta": 40,
        "cinquenta": 50, "sessenta": 60, "setenta": 70, "oitenta": 80, "noventa": 90, "cem": 100, "cento": 100,
        "duzentos": 200, "trezentos": 300, "quatrocentos": 400, "quinhentos": 500, "seiscentos": 600,
        "setecentos": 700, "oitocentos": 800, "novecentos": 900,
    },
    "en": {
        "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
        "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
        "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
        "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    },
}  # fmt: skip


def lowest(number: int) -> int:
    """The worth of one of its last written place: 100 of 300, 10 of 340."""
    return 10 ** (len(str(number)) - len(str(number).rstrip("0")))


def read_back(words: str, language: str) -> int:
    """What somebody makes of them who reads word by word, and adds as long as the next word is worth less."""
    total, part = 0, 0
    for word in words.replace("-", " ").split():
        if word in ("y", "e", "and"):
            continue
        if word in ("mil", "thousand"):
            total, part = (part or 1) * 1000, 0
        elif word == "hundred":
            part *= 100
        else:
            worth = WORTH[language].get(word)
            if worth is None:
                worth = WORTH[language][word.removesuffix("as") + "os"]
            assert not part or worth < lowest(part), words
            part += worth
    return total + part


@pytest.mark.parametrize("language", WORTH)
def test_every_number_of_a_plant_reads_back(language: str) -> None:
    for noun in Noun:
        assert [n for n in range(3000) if read_back(spelled(n, language, noun), language) != n] == []


@given(st.integers(0, MOST), st.sampled_from(Noun), st.sampled_from(sorted(WORTH)))
def test_large_numbers_read_back(number: int, noun: Noun, language: str) -> None:
    assert read_back(spelled(number, language, noun), language) == number


@given(st.integers(0, MOST))
def test_one_before_a_noun_is_never_as_it_stands_alone(number: int) -> None:
    """In Spanish: un voto, veintiún votos, treinta y un votos; only eleven is not made of one."""
    ends_in_one = number % 10 == 1 and number % 100 != 11
    assert spelled(number, "es", HIM).endswith(("un", "ún")) == ends_in_one
    assert spelled(number, "es", HER).endswith("una") == ends_in_one
    assert spelled(number, "es").endswith("uno") == ends_in_one
