"""An appeal against a suspension, from its words to what the assembly decided.

Order of locks: the co-operative's row for the number, the draft it goes on, then the member.
"""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from coop.charter.models import Bylaws, Cooperative
from coop.decisions.models import Decision
from coop.journal.actions import write
from coop.journal.models import Subject
from coop.letters import legible
from coop.meetings.actions import owe_item
from coop.members import actions as members
from coop.members.models import Body, Member, Standing
from coop.refusals import refuse_if

from ..models import Appeal
from ..rules.appeals import obstacles_to_deciding_appeal, obstacles_to_making_appeal


def subject_of(appeal: Appeal) -> Subject:
    """Without a name: the journal is read by all and never cleared."""
    return Subject("appeal", str(appeal.pk), appeal.label)


@transaction.atomic
def make_appeal(*, standing: Standing, text: str, by: Member, at: datetime.datetime) -> Appeal:
    """The suspension is noted as appealed, and the assembly has it on its next agenda."""
    cooperative = Cooperative.objects.select_for_update(no_key=True).get(pk=by.cooperative_id)
    standing = Standing.objects.select_related("member__cooperative").get(pk=standing.pk)
    day = cooperative.day_of(at)
    bylaws = Bylaws.in_force(cooperative, day)
    refuse_if(obstacles_to_making_appeal(standing, text, by=by, at=at, bylaws=bylaws))
    due_on = day + datetime.timedelta(days=bylaws.appeal_decided_days)
    last = Appeal.objects.filter(cooperative=cooperative, year=day.year).aggregate(last=Max("number"))
    appeal = Appeal.objects.create(
        cooperative=cooperative,
        year=day.year,
        number=(last["last"] or 0) + 1,
        standing=standing,
        appellant=standing.member,
        text=legible(text).strip(),
        entered_by=by,
        made_at=at,
        due_on=due_on,
    )
    appeal.owed = owe_item(
        body=Body.objects.get(cooperative=cooperative, kind=Body.Kind.ASSEMBLY),
        title=_("%(label)s: appeal against a sanction") % {"label": appeal.label},
        text=_("A member appeals against a suspension. The assembly hears the member, and decides."),
        about=f"appeal/{appeal.pk}",
        asked_by=standing.member,
        due_on=due_on,
        by=by.actor,
        at=at,
    )
    appeal.save(update_fields=["owed"])
    members.appeal_suspension(standing=standing, by=by, at=at)
    write(cooperative.chain, verb="appeal-made", subject=subject_of(appeal), by=by.actor, at=at)
    return appeal


@transaction.atomic
def decide_appeal(
    *, appeal: Appeal, decision: Decision, lifted: bool, by: Member, at: datetime.datetime
) -> Appeal:
    """Writes down what the assembly decided: a suspension that still runs ends today, or is final."""
    held = Appeal.objects.select_for_update(of=("self",), no_key=True)
    appeal = held.select_related("cooperative__chain", "standing", "appellant").get(pk=appeal.pk)
    decision = Decision.objects.select_related("body").get(pk=decision.pk)
    refuse_if(obstacles_to_deciding_appeal(appeal, decision, lifted=lifted, by=by, at=at))
    day, standing = appeal.cooperative.day_of(at), appeal.standing
    runs = standing.struck_at is None and (standing.until is None or standing.until > day)
    if runs and lifted:
        members.come_back(member=appeal.appellant, since=day, document=decision.label, by=by, at=at)
    elif runs and standing.final_at is None:
        members.uphold_suspension(standing=standing, document=decision.label, by=by, at=at)
    appeal.state = Appeal.State.LIFTED if lifted else Appeal.State.UPHELD
    appeal.decision, appeal.decided_by, appeal.decided_at = decision, by, at
    appeal.save(update_fields=["state", "decision", "decided_by", "decided_at"])
    write(
        appeal.cooperative.chain,
        verb="appeal-granted" if lifted else "appeal-turned-down",
        subject=subject_of(appeal),
        by=by.actor,
        at=at,
        facts={"decision": decision.label},
    )
    return appeal
