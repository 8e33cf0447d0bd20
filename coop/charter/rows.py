"""How the rows of the table of articles are written: one constructor per kind. No Django here."""

from dataclasses import replace

from coop.charter.kinds import Article, Choice, Kind, Unit


def section(code: str, *articles: Article) -> tuple[Article, ...]:
    return tuple(replace(article, section=code) for article in articles)


def whole(key: str, default: int, low: int, high: int, unit: Unit, source: str, meaning: str) -> Article:
    return Article(
        key=key,
        kind=Kind.INTEGER,
        default=default,
        low=low,
        high=high,
        unit=unit,
        source=source,
        meaning=meaning,
    )


def percent(key: str, default: int, low: int, high: int, source: str, meaning: str) -> Article:
    unit = Unit.PERCENT
    return Article(
        key=key,
        kind=Kind.PERCENT,
        default=default,
        low=low,
        high=high,
        unit=unit,
        source=source,
        meaning=meaning,
    )


def share(key: str, default: str, low: str, high: str, source: str, meaning: str) -> Article:
    return Article(
        key=key, kind=Kind.FRACTION, default=default, low=low, high=high, source=source, meaning=meaning
    )


def choice(key: str, default: str, choices: tuple[Choice, ...], source: str, meaning: str) -> Article:
    return Article(
        key=key, kind=Kind.CHOICE, default=default, choices=choices, source=source, meaning=meaning
    )


def some_of(key: str, default: str, choices: tuple[Choice, ...], source: str, meaning: str) -> Article:
    return Article(
        key=key, kind=Kind.CHOICES, default=default, choices=choices, source=source, meaning=meaning
    )


def flag(key: str, default: bool, source: str, meaning: str) -> Article:
    return Article(key=key, kind=Kind.FLAG, default=default, source=source, meaning=meaning)


def money(key: str, default: int, source: str, meaning: str) -> Article:
    unit = Unit.MONEY
    return Article(
        key=key, kind=Kind.MONEY, default=default, low=0, unit=unit, source=source, meaning=meaning
    )
