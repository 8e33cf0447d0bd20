"""What stands in the way of a change of the bylaws: its articles, its values, its day, and its effect."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from coop.charter.kinds import Value
from coop.charter.models import Bylaws
from coop.charter.rules import obstacles_to_bylaws
from coop.refusals import Reason

from ..models import Proposal
from ..rule_words import read

MOST_CHANGES = 20
FARTHEST = datetime.timedelta(days=5 * 366)  # as for the versions of documents


def obstacles_in_rule_changes(
    changes: Mapping[str, Value], *, latest: Bylaws, valid_from: datetime.date | None, today: datetime.date
) -> list[Reason]:
    """Articles that there are, values they can have, and something that would change."""
    if not changes:
        return [Reason("no-rule-named")]
    reasons = obstacles_to_bylaws(changes)
    if len(changes) > MOST_CHANGES:
        reasons.append(Reason("too-many-rules", {"most": MOST_CHANGES}))
    if valid_from is not None and valid_from < today:
        reasons.append(Reason("rules-from-the-past"))
    if valid_from is not None and valid_from > today + FARTHEST:
        reasons.append(Reason("holds-too-late"))
    if reasons:
        return reasons
    same = [key for key, value in changes.items() if getattr(latest, key) == value]
    return [Reason("rule-is-so-already", {"article": key}) for key in same]


def values_of(proposal: Proposal) -> dict[str, Value]:
    """What it asks for, article by article."""
    return {one.key: read(one.article, one.value) for one in proposal.rule_changes.all()}


def obstacles_to_changing_rules(proposal: Proposal) -> list[Reason]:
    """It names its articles, and they can still have these values."""
    values = values_of(proposal)
    return obstacles_to_bylaws(values) if values else [Reason("no-rule-named")]
