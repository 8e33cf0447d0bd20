"""What stands in the way of founding a co-operative or adopting bylaws: lists of reasons, nothing written."""

import datetime
import re
import zoneinfo
from collections.abc import Mapping
from decimal import Decimal

from coop.charter.articles import BY_KEY
from coop.charter.kinds import obstacle_to_value
from coop.charter.models import Bylaws, Cooperative, LegalForm
from coop.charter.slugs import RESERVED, SLUG_PATTERN
from coop.refusals import Reason

CURRENCY_CODE = "[A-Z][A-Z0-9]{0,7}"


def obstacles_to_slug(slug: str) -> list[Reason]:
    if slug in RESERVED:
        return [Reason("slug-reserved", {"slug": slug})]
    if not re.fullmatch(SLUG_PATTERN.strip("^$"), slug) or len(slug) > 40:
        return [Reason("slug-not-plain", {"slug": slug[:60]})]
    if Cooperative.objects.filter(slug=slug).exists():
        return [Reason("slug-taken", {"slug": slug})]
    return []


def obstacles_to_bylaws(values: Mapping[str, object]) -> list[Reason]:
    """What is wrong with these values, article by article; the articles not named keep what they were."""
    reasons = []
    for key, value in values.items():
        article = BY_KEY.get(key)
        reason = (
            Reason("article-unknown", {"article": key})
            if article is None
            else obstacle_to_value(article, value)
        )
        if reason:
            reasons.append(reason)
    return reasons


def obstacles_to_founding(
    cooperative: Cooperative, *, bylaws: Mapping[str, object], adopted_by: str
) -> list[Reason]:
    """`cooperative` is the row as it would be written, not yet saved."""
    reasons = obstacles_to_slug(cooperative.slug)
    for name in ("legal_name", "short_name"):
        if not getattr(cooperative, name).strip():
            reasons.append(Reason("name-missing", {"field": name}))
    for field in Cooperative._meta.local_fields:
        text = getattr(cooperative, field.attname)
        if not isinstance(text, str) or field.name == "slug":
            continue
        if field.max_length and len(text) > field.max_length:
            reasons.append(Reason("text-too-long", {"field": field.name, "most": field.max_length}))
        if "\0" in text:
            reasons.append(Reason("text-unreadable", {"field": field.name}))
    if cooperative.legal_form not in LegalForm.values:
        reasons.append(Reason("legal-form-unknown", {"choices": ", ".join(LegalForm.values)}))
    if cooperative.time_zone not in zoneinfo.available_timezones():
        reasons.append(Reason("time-zone-unknown", {"time_zone": cooperative.time_zone[:60]}))
    if not re.fullmatch(CURRENCY_CODE, cooperative.currency_code):
        reasons.append(Reason("currency-code-not-plain"))
    if not 0 <= cooperative.currency_decimals <= 4:
        reasons.append(Reason("currency-decimals-out-of-range", {"low": 0, "high": 4}))
    if not re.fullmatch("[a-z]{2}(-[a-z]{2})?", cooperative.language):
        reasons.append(Reason("language-unknown", {"language": cooperative.language[:10]}))
    if not Decimal(cooperative.reference_pay).is_finite() or not 0 <= cooperative.reference_pay < 10**10:
        reasons.append(Reason("reference-pay-out-of-range"))
    return reasons + obstacles_to_naming_the_act(adopted_by) + obstacles_to_bylaws(bylaws)


def obstacles_to_adopting(
    latest: Bylaws,
    *,
    changes: Mapping[str, object],
    valid_from: datetime.date,
    adopted_by: str,
    note: str = "",
) -> list[Reason]:
    """A new version carries on from the latest, so it may not start to rule before that one does."""
    reasons = obstacles_to_naming_the_act(adopted_by) + obstacles_to_bylaws(changes)
    known = {key: value for key, value in changes.items() if key in BY_KEY}
    if all(getattr(latest, key) == value for key, value in known.items()) and len(known) == len(changes):
        reasons.append(Reason("bylaws-change-nothing"))
    if valid_from < latest.valid_from:
        since = latest.valid_from.isoformat()
        reasons.append(Reason("bylaws-before-the-latest", {"version": latest.version, "since": since}))
    if "\0" in note:
        reasons.append(Reason("text-unreadable", {"field": "note"}))
    return reasons


def obstacles_to_naming_the_act(adopted_by: str) -> list[Reason]:
    if not adopted_by.strip():
        return [Reason("adopting-act-missing")]
    if "\0" in adopted_by:
        return [Reason("text-unreadable", {"field": "adopted_by"})]
    if len(adopted_by) > 200:
        return [Reason("text-too-long", {"field": "adopted_by", "most": 200})]
    return []
