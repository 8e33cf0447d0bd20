"""One secret vote on a screen: sealed here, put into the urn by PostgreSQL. Voting writes no journal line.

Answers and codes stand in variables here for the time of one request and nowhere else: no journal line, no exception
and no report of an error may carry them.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection, transaction
from django.views.decorators.debug import sensitive_variables

from coop.members.models import Member
from coop.refusals import Reason, Refused, refuse_if

from ..models import Ballot, RollEntry
from ..printed import questions_on
from ..rules.answers import obstacles_in_answers
from ..rules.casting import obstacles_in_form, obstacles_to_casting
from ..rules.urn import urn_of
from ..sealed import sealing, urn_secrets
from ..urn_codes import filled

# What PostgreSQL answers, where our own rules would have said nothing: its clock is a moment later than ours.
ANSWERS = {
    "NOT_OPEN": Reason("vote-closed"),
    "ALREADY_VOTED": Reason("already-voted", {"channel": "phone"}),
    "PAPER_ONLY": Reason("paper-only-after-reset"),
    "NOT_PRESENT": Reason("not-checked-in"),
    "PART_OVER": Reason("sitting-has-voted"),
    "BAD_LENGTH": Reason("paper-outgrew-the-urn"),
    "DUPLICATE": Reason("envelope-copied"),
}


@dataclass(frozen=True)
class SecretReceipt:
    """What the voter takes home: that an envelope with these signs is in the urn. Nothing of what is in it."""

    ballot: int
    words: str


@sensitive_variables()
@transaction.atomic
def cast_secret(
    *, ballot: Ballot, answers: Mapping[int, str], form: str, by: Member, at: datetime.datetime
) -> SecretReceipt:
    """Seals one paper of a secret vote and puts it into the urn: question number -> answer, as in `casting.cast`.

    PostgreSQL sees the envelope only; its function marks the roll, takes the envelope and judges the hour, all at once.
    The same form with the same answers gives the same receipt, after closing too, until the count begins.
    """
    refuse_if(obstacles_in_form(form))
    questions = questions_on(ballot)
    refuse_if(obstacles_in_answers({number: asked for number, (_key, asked) in questions.items()}, answers))
    urn = urn_of(ballot)
    secret = urn_secrets.read(urn.mark) if urn else None
    if urn is None or urn.public_key is None or secret is None:
        raise Refused(_refusal(ballot, by, at) or [Reason("urn-secret-missing")])
    body = sealing.seal(
        public_key=filled(urn.public_key),
        secret=secret,
        mark=urn.mark,
        voter=by.pk,
        form=form,
        answers=[answers[number] for number in sorted(questions)],
        length=urn.length,
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT ballots_cast_sealed(%s, %s, %s)", [ballot.pk, by.pk, body])
        said = cursor.fetchone()[0]
    if said == "RECORDED":
        return SecretReceipt(ballot.pk, sealing.receipt_words(sealing.tracker(body)))
    raise Refused(_refusal(ballot, by, at) or [ANSWERS[said]])


def _refusal(ballot: Ballot, by: Member, at: datetime.datetime) -> list[Reason]:
    """Why not, as our own rules say it."""
    entry = RollEntry.on(ballot, by)
    return obstacles_to_casting(Ballot.objects.select_related("register").get(pk=ballot.pk), entry, at)
