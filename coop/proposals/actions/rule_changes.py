"""Writing a change of the bylaws: articles and values, from which the words are made."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.db import transaction

from coop.charter.articles import BY_KEY
from coop.charter.kinds import Value
from coop.charter.models import Bylaws
from coop.members.models import Body, Member
from coop.refusals import refuse_if

from ..models import Proposal, RuleChange
from ..rule_words import clauses_of, kept
from ..rules.rule_changes import obstacles_in_rule_changes
from .proposals import write


@transaction.atomic
def write_rule_change(
    *,
    title: str,
    changes: Mapping[str, Value],
    valid_from: datetime.date | None = None,
    reasons: str = "",
    on_behalf_of: Body | None = None,
    by: Member,
    at: datetime.datetime,
) -> Proposal:
    """A draft with one clause for each article. Words and values are never written apart: to change them it is thrown
    away and written anew, and nobody amends it; another value is another proposal.

    `valid_from`: the values hold from this day, or from the decision where that is later.
    """
    cooperative = by.cooperative
    latest = Bylaws.objects.filter(cooperative=cooperative).latest("version")
    today = cooperative.day_of(at)
    refuse_if(obstacles_in_rule_changes(changes, latest=latest, valid_from=valid_from, today=today))
    proposal = write(
        title=title,
        clauses=clauses_of(
            changes,
            latest,
            valid_from=valid_from,
            language=cooperative.language,
            currency=cooperative.currency_code,
        ),
        reasons=reasons,
        kind=Proposal.Kind.BYLAWS,
        matter=Proposal.Matter.BYLAWS,
        on_behalf_of=on_behalf_of,
        by=by,
        at=at,
    )
    RuleChange.objects.bulk_create(
        RuleChange(
            proposal=proposal, number=number, key=key, value=kept(BY_KEY[key], value), valid_from=valid_from
        )
        for number, (key, value) in enumerate(changes.items(), 1)
    )
    return proposal
