"""An agreement expires: 180, 120 and 60 days before, its commission and whoever calls the assembly read it here."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from coop.members.models import Mandate, Power
from coop.proposals.models import Agreement
from coop.proposals.models.agreements import ALARM_DAYS
from coop.proposals.rules import assembly_of

from ..access import Here, acting
from ..asked_here import asked
from ..stories import Story
from ..timetable import say_day, say_distance


def alarms(here: Here) -> list[Story]:
    """One question; a second only when there is something to tell to a member who holds an office."""
    return [_story(here, one) for one in asked(here, expiring) if one.sits or _calls(here)]


def expiring(here: Here) -> QuerySet[Any]:
    """Those of one's own commission; all of them for who may call a meeting, perhaps the assembly."""
    me = acting(here)
    sits = Mandate.objects.filter(
        Mandate.in_force(here.at),
        member=me,
        seat__alternate=False,
        seat__office__body=OuterRef("commission"),
    )
    last = here.day + datetime.timedelta(days=ALARM_DAYS[0])
    following = Agreement.objects.filter(replaces=OuterRef("pk"))
    found = (
        Agreement.objects.filter(cooperative=here.cooperative)
        .filter(
            Q(state=Agreement.State.DRAFTING, old_expires_on__lte=last)
            | Q(~Exists(following), state=Agreement.State.ADOPTED, ended_on=None, expires_on__lte=last)
        )
        .annotate(sits=Exists(sits))
        .order_by("pk")
    )
    return found if here.may(Power.CONVENE) else found.filter(sits=True)


def _calls(here: Here) -> bool:
    return here.may(Power.CONVENE) and here.may(Power.CONVENE, assembly_of(here.cooperative.pk))


def _story(here: Here, one: Agreement) -> Story:
    drafting = one.state == Agreement.State.DRAFTING
    day = (one.old_expires_on if drafting else None) or one.expires_on
    left = (day - here.day).days
    stage = min((days for days in ALARM_DAYS if left <= days), default=ALARM_DAYS[0])
    expired = left < 0
    word = _("expired") if expired else _("%(days)s days or fewer are left") % {"days": stage}
    facts = {"day": say_day(day), "distance": say_distance(here.day, day)}
    return Story(
        kicker=_("An agreement expires"),
        headline=one.old_title if drafting else str(one),
        address=reverse("agreement", args=[here.cooperative.slug, one.pk]),
        word=word,
        shape="late" if stage == ALARM_DAYS[-1] else "waiting",
        meta=_("on %(day)s (%(distance)s); it stays in force until another is voted") % facts,
    )
