"""Folds a name so that search and order ignore accents and case (ruling 1: no PostgreSQL extension does it)."""

import unicodedata


def fold(text: str) -> str:
    """Lower case, accents off, spaces single.

    >>> fold("  Ñandú  ÁLAMO ")
    'nandu alamo'
    """
    if text.isascii():  # most words of a text: nothing to take off
        return " ".join(text.casefold().split())
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(bare.casefold().split())
