"""What elections owe the assembly: an appeal that it decides, a seat that somebody holds until it meets.

Elections know no agenda; here both are done in one transaction.
"""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from coop.decisions.models import Decision
from coop.elections import actions as elections
from coop.elections.constituencies import assembly_of
from coop.elections.models import Challenge
from coop.members.models import Mandate, Member, Seat
from coop.refusals import Reason, refuse_if

from ..off_the_desk import named_until, next_assembly, obstacles_in_decision
from .owed import owe_item


@transaction.atomic
def appeal_to_assembly(*, challenge: Challenge, text: str, by: Member, at: datetime.datetime) -> Challenge:
    """The appeal stands on the agenda of the next assembly when this returns."""
    made = elections.appeal_challenge(challenge=challenge, text=text, by=by, at=at)
    told = {"election": str(made.election)}
    owe_item(
        body=assembly_of(by.cooperative),
        title=_("Appeal about the election %(election)s") % told,
        text=made.appeal,
        about=f"challenge/{made.pk}",
        asked_by=by,
        by=by.actor,
        at=at,
    )
    return made


@transaction.atomic
def settle_appeal(
    *, challenge: Challenge, decision: Decision, upheld: bool, by: Member, at: datetime.datetime
) -> Challenge:
    """Writes down what the assembly decided; `upheld` says whether it decided for whoever challenged."""
    refuse_if(obstacles_in_decision(challenge, decision))
    return elections.settle_challenge(
        challenge=challenge, upheld=upheld, decision=decision.label, by=by, at=at
    )


@transaction.atomic
def name_until_assembly(
    *, seat: Seat, member: Member, because: str, by: Member, at: datetime.datetime
) -> Mandate:
    """Named by the auditor up to the end of the day of the next assembly, whose agenda has the seat on it."""
    cooperative = by.cooperative
    meeting = next_assembly(cooperative, at)
    refuse_if([] if meeting else [Reason("no-assembly-ahead")])
    assert meeting is not None
    meeting.cooperative = cooperative
    made = elections.name_for_a_time(
        seat=seat, member=member, because=because, until=named_until(meeting), by=by, at=at
    )
    told = {"office": made.seat.office.title, "body": made.seat.office.body.name}
    owe_item(
        body=assembly_of(cooperative),
        title=_("Empty seat: %(office)s, %(body)s") % told,
        text=because,
        about=f"named/{made.pk}",
        asked_by=by,
        by=by.actor,
        at=at,
    )
    return made
