"""The clauses of a change of the bylaws, made from article and value, so that words and number are one."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coop.charter.articles import BY_KEY
from coop.charter.kinds import Article, Kind, Value
from coop.charter.models import Bylaws
from coop.charter.wording import value_in_words


def clauses_of(
    changes: Mapping[str, Value],
    now: Bylaws,
    *,
    valid_from: datetime.date | None,
    language: str,
    currency: str,
) -> list[str]:
    """One clause for each article, in the language of the co-operative, with what holds at the time of writing."""
    with translation.override(language):
        clauses = [_clause(BY_KEY[key], getattr(now, key), value, currency) for key, value in changes.items()]
        if valid_from is not None:
            day = date_format(valid_from, "DATE_FORMAT")
            clauses.append(
                _("This holds from %(day)s; if it is decided later, from that day.") % {"day": day}
            )
    return clauses


def _clause(article: Article, before: Value, after: Value, currency: str) -> str:
    facts = {
        "meaning": _(article.meaning),
        "before": value_in_words(article, before, currency=currency),
        "after": value_in_words(article, after, currency=currency),
    }
    return _("%(meaning)s\nSo far: %(before)s.\nFrom now on: %(after)s.") % facts


def kept(article: Article, value: Value) -> Any:
    """As it is stored: an amount of money as text, so that no digit is lost."""
    return str(value) if article.kind == Kind.MONEY else value


def read(article: Article, value: Any) -> Value:
    """What was stored, as the bylaws hold it."""
    return Decimal(value) if article.kind == Kind.MONEY else value
