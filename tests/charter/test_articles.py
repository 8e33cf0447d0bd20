"""The table of articles is the only list of numbers: the columns follow it, in both directions."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import models

from coop.charter.articles import ARTICLES, BY_KEY, MATTERS, PROCEDURES, SECTIONS
from coop.charter.articles.choices import BASES
from coop.charter.kinds import Article, Kind, obstacle_to_value
from coop.charter.models import Bylaws

FRAME = {"id", "cooperative", "version", "valid_from", "adopted_by", "recorded_at", "note"}
COLUMN: dict[Kind, Any] = {
    Kind.INTEGER: models.PositiveSmallIntegerField,
    Kind.PERCENT: models.PositiveSmallIntegerField,
    Kind.FRACTION: models.CharField,
    Kind.CHOICE: models.CharField,
    Kind.CHOICES: models.CharField,
    Kind.FLAG: models.BooleanField,
    Kind.MONEY: models.DecimalField,
}
BOUNDED = [article for article in ARTICLES if article.kind is not Kind.FLAG]


def test_columns_and_table_match_in_both_directions_and_in_order() -> None:
    columns = [field.name for field in Bylaws._meta.local_fields if field.name not in FRAME]
    assert columns == [article.key for article in ARTICLES]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.key)
def test_a_column_has_the_type_and_the_default_of_its_article(article: Article) -> None:
    column = Bylaws._meta.get_field(article.key)
    assert type(column) is COLUMN[article.kind]
    assert column.default == article.default
    assert type(column.default) is type(article.default)
    assert not column.null


@pytest.mark.parametrize("article", BOUNDED, ids=lambda article: article.key)
def test_every_article_but_a_flag_is_checked_by_the_database(article: Article) -> None:
    assert f"bylaws_{article.key}" in {constraint.name for constraint in Bylaws._meta.constraints}


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.key)
def test_an_article_is_complete_and_its_default_fits_it(article: Article) -> None:
    assert obstacle_to_value(article, article.default) is None
    assert article.meaning.endswith(".")
    assert article.meaning.count(".") == 1, "one sentence"
    assert article.source
    assert article.section in SECTIONS


def test_keys_are_unique() -> None:
    assert len(BY_KEY) == len(ARTICLES)


@pytest.mark.parametrize("matter", MATTERS + PROCEDURES)
def test_every_matter_has_a_majority_and_a_base(matter: str) -> None:
    assert BY_KEY[f"majority_{matter}"].kind is Kind.FRACTION
    assert BY_KEY[f"base_{matter}"].choices == BASES


@pytest.mark.parametrize("article", [a for a in ARTICLES if a.choices], ids=lambda article: article.key)
def test_choices_fit_their_column(article: Article) -> None:
    longest = ",".join(article.codes) if article.kind is Kind.CHOICES else max(article.codes, key=len)
    assert len(longest) <= (Bylaws._meta.get_field(article.key).max_length or 0)


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("notice_ordinary_days", 4, "article-out-of-range"),
        ("notice_ordinary_days", 61, "article-out-of-range"),
        ("notice_ordinary_days", "15", "article-is-a-whole-number"),
        ("notice_ordinary_days", True, "article-is-a-whole-number"),
        ("notice_ordinary_days", None, "article-is-a-whole-number"),
        ("proposal_support_percent", 26, "article-out-of-range"),
        ("majority_statute", "0.66", "article-is-a-share"),
        ("majority_statute", "2/0", "article-is-a-share"),
        ("majority_statute", "2/3\n", "article-is-a-share"),
        ("majority_statute", "٢/٣", "article-is-a-share"),
        ("majority_statute", "1/3", "article-out-of-range"),
        ("majority_statute", "3/2", "article-out-of-range"),
        ("majority_statute", 1, "article-is-a-share"),
        ("tie_rule", "coin", "article-is-one-of"),
        ("secret_ballot_always", "recall,elections", "article-is-some-of"),
        ("secret_ballot_always", "recall,recall", "article-is-some-of"),
        ("secret_ballot_always", "recall,", "article-is-some-of"),
        ("late_items", 1, "article-is-yes-or-no"),
        ("late_items", "yes", "article-is-yes-or-no"),
        ("contingency_floor", Decimal("NaN"), "article-is-money"),
        ("contingency_floor", Decimal("sNaN"), "article-is-money"),
        ("contingency_floor", Decimal("0.00001"), "article-is-money"),
        ("contingency_floor", 0.5, "article-is-money"),
        ("contingency_floor", -1, "article-out-of-range"),
        ("contingency_floor", 10**14, "article-out-of-range"),
    ],
)
def test_a_value_that_does_not_fit_says_why(key: str, value: object, code: str) -> None:
    reason = obstacle_to_value(BY_KEY[key], value)
    assert reason is not None
    assert (reason.code, reason.params["article"]) == (code, key)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("secret_ballot_always", ""),
        ("secret_ballot_always", "elections,exclusion"),
        ("contingency_floor", Decimal("50000.1250")),
        ("contingency_floor", 50000),
        ("pay_ratio", "3/2"),
        ("majority_dissolution", "1/1"),
    ],
)
def test_a_value_that_fits(key: str, value: object) -> None:
    assert obstacle_to_value(BY_KEY[key], value) is None
