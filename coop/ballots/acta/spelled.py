"""Whole numbers in words, as minutes write a result beside its figures: a stroke makes 154 of 54, but not of the words.

Forms: Real Academia Española, Diccionario panhispánico de dudas, "cardinales" and "uno" (veintiún votos, veintiuna
personas, treinta y un mil personas, doscientas mil personas; "mil", never "un mil"); Brazil: Manual de redação da
Presidência da República, "numerais" (between thousands and hundreds "e" only where the hundreds end in two noughts or
there are none: mil duzentos e um, mil e duzentos, mil e um). English is that of the rest of this house: with "and".
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

MOST = 999_999


class Noun(Enum):
    """What the number stands before; alone, as in brackets after its figures, it is as one counts aloud."""

    NONE = "none"
    MASCULINE = "masculine"  # votos, sobres
    FEMININE = "feminine"  # personas, boletas


def spelled(number: int, language: str, noun: Noun = Noun.NONE) -> str:
    """In words; nothing for a language that has none here, or a number that no plant reaches.

    >>> spelled(154, "es"), spelled(154, "pt-br"), spelled(154, "en")
    ('ciento cincuenta y cuatro', 'cento e cinquenta e quatro', 'one hundred and fifty-four')
    >>> spelled(21, "es"), spelled(21, "es", Noun.MASCULINE), spelled(21, "es", Noun.FEMININE)
    ('veintiuno', 'veintiún', 'veintiuna')
    """
    write = _WRITERS.get(language.lower().partition("-")[0])
    return write(number, noun) if write and 0 <= number <= MOST else ""


def _words(listed: str) -> list[str]:
    return listed.split()


# --- Spanish ---------------------------------------------------------------------------------------------------------

_ES = _words(
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete"
    " dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete"
    " veintiocho veintinueve"
)
_ES_TENS = _words("treinta cuarenta cincuenta sesenta setenta ochenta noventa")
_ES_HUNDREDS = _words(
    "doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
)
_ES_ONES = {
    Noun.NONE: ("uno", "veintiuno"),
    Noun.MASCULINE: ("un", "veintiún"),
    Noun.FEMININE: ("una", "veintiuna"),
}


def _es(number: int, noun: Noun) -> str:
    thousands, rest = divmod(number, 1000)
    words = []
    if thousands:  # before "mil" one is "un" whatever is counted, and the hundreds agree all the same
        hundreds, below = divmod(thousands, 100)
        words += [_es_hundreds(hundreds, below, noun)] if hundreds else []
        words += [_es_below(below, Noun.MASCULINE)] if below and thousands > 1 else []
        words.append("mil")
    hundreds, below = divmod(rest, 100)
    words += [_es_hundreds(hundreds, below, noun)] if hundreds else []
    words += [_es_below(below, noun)] if below or not number else []
    return " ".join(words)


def _es_hundreds(hundreds: int, below: int, noun: Noun) -> str:
    if hundreds == 1:
        return "ciento" if below else "cien"
    word = _ES_HUNDREDS[hundreds - 2]
    return word.removesuffix("os") + "as" if noun is Noun.FEMININE else word


def _es_below(number: int, noun: Noun) -> str:
    one, twenty_one = _ES_ONES[noun]
    if number < len(_ES):
        return {1: one, 21: twenty_one}.get(number, _ES[number])
    tens, ones = divmod(number, 10)
    word = _ES_TENS[tens - 3]
    return f"{word} y {one if ones == 1 else _ES[ones]}" if ones else word


# --- Portuguese of Brazil --------------------------------------------------------------------------------------------

_PT = _words(
    "zero um dois três quatro cinco seis sete oito nove dez onze doze treze quatorze quinze dezesseis dezessete"
    " dezoito dezenove"
)
_PT_TENS = _words("vinte trinta quarenta cinquenta sessenta setenta oitenta noventa")
_PT_HUNDREDS = _words(
    "duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos"
)
_PT_FEMININE = {1: "uma", 2: "duas"}


def _pt(number: int, noun: Noun) -> str:
    thousands, rest = divmod(number, 1000)
    if not thousands:
        return _pt_below_thousand(rest, noun)
    head = "mil" if thousands == 1 else f"{_pt_below_thousand(thousands, noun)} mil"
    if not rest:
        return head
    joined = " e " if rest < 100 or rest % 100 == 0 else " "
    return head + joined + _pt_below_thousand(rest, noun)


def _pt_below_thousand(number: int, noun: Noun) -> str:
    hundreds, below = divmod(number, 100)
    words = []
    if hundreds == 1:
        words.append("cento" if below else "cem")
    elif hundreds:
        word = _PT_HUNDREDS[hundreds - 2]
        words.append(word.removesuffix("os") + "as" if noun is Noun.FEMININE else word)
    tens, ones = divmod(below, 10) if below >= len(_PT) else (0, below)
    words += [_PT_TENS[tens - 2]] if tens else []
    if ones or not number:
        feminine = _PT_FEMININE if noun is Noun.FEMININE else {}
        words.append(feminine.get(ones, _PT[ones]))
    return " e ".join(words)


# --- English ---------------------------------------------------------------------------------------------------------

_EN = _words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_EN_TENS = _words("twenty thirty forty fifty sixty seventy eighty ninety")


def _en(number: int, noun: Noun) -> str:
    thousands, rest = divmod(number, 1000)
    if not thousands:
        return _en_below_thousand(rest)
    head = f"{_en_below_thousand(thousands)} thousand"
    if not rest:
        return head
    return head + (" and " if rest < 100 else " ") + _en_below_thousand(rest)


def _en_below_thousand(number: int) -> str:
    hundreds, below = divmod(number, 100)
    words = [f"{_EN[hundreds]} hundred"] if hundreds else []
    if below < len(_EN):
        words += [_EN[below]] if below or not number else []
    else:
        tens, ones = divmod(below, 10)
        words.append(_EN_TENS[tens - 2] + (f"-{_EN[ones]}" if ones else ""))
    return " and ".join(words)


_WRITERS: dict[str, Callable[[int, Noun], str]] = {"en": _en, "es": _es, "pt": _pt}
