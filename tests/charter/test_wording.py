from decimal import Decimal

import pytest
from django.utils.translation import override

from coop.charter.articles import ARTICLES, BY_KEY
from coop.charter.kinds import Value
from coop.charter.wording import value_in_words


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("notice_ordinary_days", 15, "15 days"),
        ("problem_safety_days", 1, "1 day"),
        ("quorum_second_wait_minutes", 60, "60 minutes"),
        ("proposal_support_percent", 10, "10 %"),
        ("majority_ordinary", "1/2", "more than half"),
        ("majority_statute", "2/3", "at least two thirds"),
        ("majority_statute", "4/6", "at least two thirds"),
        ("quorum_second_share", "1/10", "at least a tenth"),
        ("majority_statute", "7/9", "at least 7/9"),
        ("majority_dissolution", "1/1", "all"),
        ("pay_ratio", "3/2", "1.5 to 1"),
        ("pay_ratio", "6/1", "6 to 1"),
        ("pay_ratio", "4/3", "4/3 to 1"),
        ("late_items", False, "no"),
        ("base_statute", "present", "those present at the moment of the vote"),
        ("agenda_exceptions", "", "none"),
        ("secret_ballot_always", "elections,recall", "elections of persons; recall"),
        ("kinship_degree", 2, "2 degrees of kinship"),
        ("contingency_floor", Decimal("50000.0000"), "50,000 UC"),
    ],
)
def test_a_value_is_said_as_people_say_it(key: str, value: Value, words: str) -> None:
    with override("en"):
        assert value_in_words(BY_KEY[key], value, currency="UC") == words


def test_every_default_can_be_said() -> None:
    with override("en"):
        assert all(value_in_words(article, article.default) for article in ARTICLES)
