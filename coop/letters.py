"""Letters as they can be seen: what people read, and sign, is what is stored and hashed. Pure."""

import re
import unicodedata

MOST_MARKS = 4  # accents on one letter; more of them climb over the lines above
_MARK = r"[\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff]"
_MARKS = re.compile(rf"({_MARK}{{{MOST_MARKS}}}){_MARK}+")
_HIDDEN = {"Cc", "Cf", "Co", "Cs"}  # control, format (right-to-left tricks, zero width), private, surrogate
_JOINERS = {"\u200c", "\u200d"}  # some scripts cannot be written without them


def legible(text: str) -> str:
    """Only what can be seen, with line ends of one kind.

    >>> legible("pays \\u202e001\\u202c pesos\\u200b")
    'pays 001 pesos'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    seen = "".join(
        letter
        for letter in unicodedata.normalize("NFC", lines.replace("\t", " "))
        if letter == "\n" or letter in _JOINERS or unicodedata.category(letter) not in _HIDDEN
    )
    return _MARKS.sub(r"\1", seen)


def is_whole(text: str) -> bool:
    """Nothing was lost on its way: no mark that stands for a broken letter, and none that ends a text too early."""
    return "\ufffd" not in text and "\0" not in text


def one_line(text: str) -> str:
    """The same on one line, blanks single and none at the ends.

    >>> one_line("  Ana \\n Ruiz\\u200b ")
    'Ana Ruiz'
    """
    return " ".join(legible(text).split())
