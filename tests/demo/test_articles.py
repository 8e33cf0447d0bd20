"""Every rule of coop.yaml is an article, or is named as one that is not."""

from typing import Any

import pytest

from coop.charter.articles import ARTICLES
from coop.charter.rules import obstacles_to_bylaws
from coop.demo.articles import IN_WORDS, NO_ARTICLE, SAME, articles, flat
from coop.demo.files import raw

RULES: dict[str, Any] = raw("coop")["rules"]


def test_the_rules_are_bylaws_without_an_obstacle() -> None:
    assert obstacles_to_bylaws(articles(RULES)) == []


def test_exactly_these_articles_differ_from_their_defaults() -> None:
    defaults = {article.key: article.default for article in ARTICLES}
    told = articles(RULES)
    assert {key: value for key, value in told.items() if value != defaults[key]} == {
        "leave_keeps_vote": True,
        "suspended_vote_until_final": False,
        "council_may_verify": True,
        "contingency_floor": 50000,
        "two_signatures_over": 20000,
        "electronic_secret_votes": "all",
        "support_price_percent": 0,
    }


def test_no_rule_is_forgotten_and_none_is_named_that_is_not_there() -> None:
    paths = {path for path, _rule in flat(RULES)}
    assert SAME.keys() | IN_WORDS.keys() | NO_ARTICLE <= paths
    special = {
        "assembly.special_majority",
        "assembly.agenda_exceptions",
        "assembly.secret_ballot_always",
        "assembly.minutes_signed_by",
        "pay.max_ratio",
        "pay.supplements",
    }
    assert paths - SAME.keys() - IN_WORDS.keys() - NO_ARTICLE == special


@pytest.mark.parametrize(
    "odd",
    [
        {"assembly": {"tie": "the chair decides"}},
        {"assembly": {"coffee_minutes": 15}},
        {"assembly": {"special_majority": {"share": "2/3", "base": "the moon", "for": ["merger"]}}},
        {"assembly": {"secret_ballot_always": ["prices"]}},
    ],
)
def test_a_rule_nobody_has_thought_of_stops_the_loading(odd: dict[str, Any]) -> None:
    with pytest.raises(KeyError):
        articles(odd)


def test_the_rules_that_are_more_than_a_number() -> None:
    told = articles(RULES)
    assert (told["majority_statute"], told["base_statute"]) == ("2/3", "present")
    assert (told["pay_ratio"], told["agenda_exceptions"]) == ("3/2", "signers,removal")
    assert (told["secret_ballot_always"], told["minutes_signers"]) == ("elections,recall,exclusion", 2)
