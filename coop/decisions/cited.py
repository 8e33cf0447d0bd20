"""Whether a paper that is cited is a decision of the general assembly that stands on record."""

from __future__ import annotations

import datetime
import re

from coop.charter.models import Cooperative
from coop.members.models import Body

from .models import CarriedDecision, Decision

NUMBER = re.compile(r"\s*D\s+(\S+)\s+(\d{4})-(\d{1,6})\b")


def by_the_assembly(cooperative: Cooperative, words: str, at: datetime.datetime) -> bool:
    """`words` begin with its number ("D GA 2026-3, page 40"); it was carried here before `at`, or copied and signed."""
    found = NUMBER.match(words)
    if found is None:
        return False
    cited = {
        "cooperative": cooperative,
        "body__kind": Body.Kind.ASSEMBLY,
        "body__code": found[1],
        "year": int(found[2]),
        "number": int(found[3]),
        "outcome": Decision.Outcome.CARRIED,
    }
    here = Decision.objects.filter(decided_at__lte=at, **cited)
    return here.exists() or CarriedDecision.objects.filter(CarriedDecision.counted(), **cited).exists()
