"""Amendments that wait for somebody's word, on the front page: the mover's, a council's decision, a common text."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.decisions.models import Backing
from coop.members.models import Power
from coop.proposals.models import Amendment, PartOf, Proposal

from .access import Here, acting
from .stories import Story

State, Kind = Amendment.State, Amendment.Kind
ALIVE = (State.SUBMITTED, State.ADMITTED)


def for_my_word(here: Here) -> list[Story]:
    """For whoever moves a text, or an amendment that others amend; and common texts for one's own amendment."""
    return [*_texts(here), *_amendments(here)]


def _texts(here: Here) -> list[Story]:
    """Texts that this person moves, and no meeting has opened on: how many amendments could be taken in."""
    me = acting(here)
    mine = Q(taken_over_by=me) | Q(taken_over_by=None, author=me)
    open_ones = Proposal.objects.filter(
        mine,
        cooperative=here.cooperative,
        state__in=[Proposal.State.OPEN, Proposal.State.ADMITTED, Proposal.State.TABLED],
        debated_at=None,
    )
    waiting = Q(amendments__amends=None, amendments__state__in=ALIVE) & ~Q(amendments__kind=Kind.BLOCK)
    waiting &= Q(amendments__is_late=False) | Q(amendments__leave_at__isnull=False)
    found = open_ones.annotate(waiting=Count("amendments", filter=waiting)).filter(waiting__gt=0)
    return [
        Story(
            kicker=_("Your text is amended"),
            headline=one.title,
            address=reverse("proposal", args=[here.cooperative.slug, one.pk]) + "#text",
            word=ngettext("%(count)s amendment", "%(count)s amendments", one.waiting)
            % {"count": one.waiting},
            shape="waiting",
            meta=_("you may take them in until the meeting opens"),
        )
        for one in found.order_by("pk")
    ]


def _amendments(here: Here) -> list[Story]:
    """Amendments of one's own that others would have otherwise, and common texts in their place; in one question."""
    me = acting(here)
    mine = PartOf.objects.filter(whole=OuterRef("pk"), part__author=me, part__state__in=ALIVE, agreed_at=None)
    amended = Q(amends__author=me, amends__state__in=ALIVE, proposal__debated_at=None) & ~Q(author=me)
    joined = Q(Exists(mine), kind=Kind.COMMON, state=State.SUBMITTED)
    found = Amendment.objects.filter(
        amended | joined, proposal__cooperative=here.cooperative, state__in=ALIVE
    )
    return [
        Story(
            kicker=_("A common text") if one.amends is None else _("Your amendment is amended"),
            headline=one.label,
            address=reverse("amendment", args=[here.cooperative.slug, one.pk]),
            word=_("waits for your word"),
            shape="waiting",
        )
        for one in found.select_related("proposal", "amends").order_by("pk")
    ]


def duties(here: Here) -> list[Story]:
    """For who calls a council: what it moves, and has not named its decision for."""
    if not here.may(Power.CONVENE):
        return []
    found = Amendment.objects.filter(
        here.powers.over(Power.CONVENE, field="on_behalf_of"),
        on_behalf_of__isnull=False,
        proposal__cooperative=here.cooperative,
        state=State.SUBMITTED,
    ).exclude(pk__in=Backing.objects.values("amendment"))
    return [
        Story(
            kicker=_("Decision to name"),
            headline=one.label,
            address=reverse("amendment-back", args=[here.cooperative.slug, one.pk]),
            word=_("waits for the council's decision"),
            shape="waiting",
            meta=one.on_behalf_of.name if one.on_behalf_of else "",
        )
        for one in found.select_related("proposal", "amends", "on_behalf_of").order_by("pk")
    ]
