import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from coop.charter.models import Bylaws, Cooperative
from coop.charter.slugs import RESERVED
from coop.journal.actions import start_chain
from coop.journal.models import Chain, Entry
from coop.refusals import Refused

Found = Callable[..., Cooperative]


def test_founding_makes_chain_first_bylaws_and_two_entries(found: Found) -> None:
    lucerna = found(bylaws={"contingency_floor": Decimal(50000), "suspended_vote_until_final": False})
    first = Bylaws.objects.get(cooperative=lucerna)
    assert (first.version, first.valid_from) == (1, datetime.date(2011, 6, 18))
    assert first.adopted_by == "Founding act, page 3"
    assert first.contingency_floor == 50000
    assert not first.suspended_vote_until_final
    assert lucerna.chain.label == "lucerna"
    written = Entry.objects.filter(chain=lucerna.chain).order_by("sequence")
    assert [entry.verb for entry in written] == ["cooperative-founded", "bylaws-adopted"]
    assert written[1].facts["articles"]["majority_statute"] == "2/3"


def test_without_a_founding_day_the_first_bylaws_are_valid_from_today_where_the_plant_stands(
    found: Found,
) -> None:
    late = datetime.datetime(2026, 10, 15, 1, tzinfo=datetime.UTC)  # still the 14th in Puerto Lucerna
    lucerna = found(founded=None, at=late)
    assert Bylaws.objects.get(cooperative=lucerna).valid_from == datetime.date(2026, 10, 14)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"slug": "static"}, "slug-reserved"),
        ({"slug": "Lucerna"}, "slug-not-plain"),
        ({"slug": "-lucerna"}, "slug-not-plain"),
        ({"slug": "lucerna\n"}, "slug-not-plain"),
        ({"slug": "l" * 41}, "slug-not-plain"),
        ({"legal_name": " "}, "name-missing"),
        ({"short_name": "x" * 61}, "text-too-long"),
        ({"motto": "a\0b"}, "text-unreadable"),
        ({"legal_form": "company"}, "legal-form-unknown"),
        ({"time_zone": "Lucerna/Gate"}, "time-zone-unknown"),
        ({"currency_code": "$"}, "currency-code-not-plain"),
        ({"currency_decimals": 5}, "currency-decimals-out-of-range"),
        ({"language": "english"}, "language-unknown"),
        ({"reference_pay": Decimal("NaN")}, "reference-pay-out-of-range"),
        ({"reference_pay": -1}, "reference-pay-out-of-range"),
        ({"adopted_by": "  "}, "adopting-act-missing"),
        ({"bylaws": {"notice_days": 3}}, "article-unknown"),
        ({"bylaws": {"notice_ordinary_days": 1}}, "article-out-of-range"),
    ],
)
def test_a_founding_that_cannot_be_is_refused_and_leaves_nothing(
    found: Found, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        found(**changes)
    assert [reason.code for reason in refused.value.reasons] == [code]
    assert not Cooperative.objects.exists()
    assert not Chain.objects.exists()


def test_all_reasons_are_told_at_once(found: Found) -> None:
    with pytest.raises(Refused) as refused:
        found(slug="admin", short_name="", bylaws={"proxies_per_member": 9, "quorum_first": "half"})
    assert [reason.code for reason in refused.value.reasons] == [
        "slug-reserved",
        "name-missing",
        "article-out-of-range",
        "article-is-a-share",
    ]


def test_a_slug_is_taken_once(found: Found) -> None:
    found()
    with pytest.raises(Refused, match="slug-taken"):
        found()


@pytest.mark.parametrize("slug", [*RESERVED, "Big", "two--dashes", "", "9lives"])
def test_the_database_refuses_such_a_slug_too(lucerna: Cooperative, slug: str) -> None:
    lucerna.pk, lucerna.slug, lucerna.chain = None, slug, start_chain(label="other")
    with pytest.raises(IntegrityError, match="cooperative_slug_is_"), transaction.atomic():
        lucerna.save(force_insert=True)


@pytest.mark.parametrize("sign_in", ["sign-in", "sign-out", "static", "health"])
def test_the_first_words_of_our_own_addresses_are_reserved(sign_in: str) -> None:
    assert sign_in in RESERVED
