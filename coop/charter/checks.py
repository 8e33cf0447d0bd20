"""The ranges of the articles as CHECK constraints: PostgreSQL refuses what the rules refuse."""

from django.db.models import BooleanField, CheckConstraint, F, Func, Q, Value

from coop.charter.articles import ARTICLES
from coop.charter.kinds import MONEY_LIMIT, Article, Kind


def constraint(article: Article) -> CheckConstraint | None:
    condition = _condition(article)
    return None if condition is None else CheckConstraint(condition=condition, name=f"bylaws_{article.key}")


def _condition(article: Article) -> Q | Func | None:
    match article.kind:
        case Kind.FLAG:
            return None
        case Kind.CHOICE:
            return Q(**{f"{article.key}__in": article.codes})
        case Kind.CHOICES:
            return _within("charter_is_some_of", article.key, ",".join(article.codes))
        case Kind.FRACTION:
            return _within("charter_share_within", article.key, str(article.low), str(article.high))
        case Kind.MONEY:
            return Q(**{f"{article.key}__gte": 0, f"{article.key}__lt": MONEY_LIMIT})
    return Q(**{f"{article.key}__gte": article.low, f"{article.key}__lte": article.high})


def _within(function: str, key: str, *limits: str) -> Func:
    """A test by one of our own SQL functions (`functions.py`)."""
    return Func(F(key), *map(Value, limits), function=function, output_field=BooleanField())


ARTICLE_CHECKS = [check for check in map(constraint, ARTICLES) if check]
