"""Opening the urn of a secret vote on screens, and counting what was in it together with everything else.

Answers and codes stand in variables here for the time of one request and nowhere else: no journal line, no exception
and no report of an error may carry them.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from coop.journal.actions import write
from coop.members.models import Member
from coop.refusals import Reason, Refused, refuse_if

from ..models import Ballot, FinalEnvelope, SealedUrn, Tally
from ..printed import questions_on
from ..rules.answers import obstacles_in_answers
from ..rules.urn import obstacles_to_opening_urn, obstacles_to_trying, urn_of
from ..sealed import sealing, urn_secrets
from ..urn_codes import key_from, names_of, opens
from .counting import count
from .locks import locked, subject_of


@sensitive_variables()
@transaction.atomic
def open_urn(
    *, ballot: Ballot, codes: Mapping[int, str], chair: str = "", by: Member, at: datetime.datetime
) -> list[Tally]:
    """Opens the urn with the codes of as many trustees as are needed, and counts everything together, in one act.

    An envelope that does not open, or says nothing that stands on the paper, is a spoiled paper. When the count needs
    a lot or the word of the `chair` (refused with `lot-needed`, `casting-vote-needed`), nothing is written; the codes
    are typed once more when there is one.
    """
    refuse_if(obstacles_to_trying(ballot, by=by, at=at))
    key = key_from(ballot, codes)
    ballot = locked(ballot)
    urn = urn_of(ballot)
    refuse_if(obstacles_to_opening_urn(ballot, urn, by=by, at=at))
    assert urn is not None
    if key is None or not opens(urn, key):
        raise Refused([Reason("codes-do-not-open")])
    opened = _all_of(ballot, urn, key)
    urn.opened_at, urn.opened_with = at, sorted(codes)
    urn.save(update_fields=["opened_at", "opened_with"])
    write(
        ballot.cooperative.chain,
        verb="urn-opened",
        subject=subject_of(ballot),
        by=by.actor,
        at=at,
        facts={
            "trustees": names_of(urn, codes),
            "envelopes": urn.envelopes,
            "unreadable": opened.unreadable,
            "root": urn.root,
        },
    )
    tallies = count(ballot=ballot, opened=opened.papers, chair=chair, by=by.actor, at=at)
    urn_secrets.destroy(urn.mark)
    return tallies


@transaction.atomic
def note_wrong_codes(*, ballot: Ballot, by: Member, at: datetime.datetime) -> None:
    """Codes were typed that do not open it: everybody may read by whom and how often, nobody which."""
    write(ballot.cooperative.chain, verb="urn-codes-refused", subject=subject_of(ballot), by=by.actor, at=at)


@sensitive_variables()
def _all_of(ballot: Ballot, urn: SealedUrn, key: bytes) -> sealing.Opened:
    paper = {number: asked for number, (_key, asked) in questions_on(ballot).items()}
    bodies = FinalEnvelope.objects.filter(ballot=ballot).values_list("body", flat=True)
    return sealing.open_all(
        (bytes(body) for body in bodies.iterator()),
        key=key,
        mark=urn.mark,
        questions=len(paper),
        valid=lambda number, answer: not obstacles_in_answers({number: paper[number]}, {number: answer}),
    )
