"""Amendments that wait for somebody's word, on the front page: the mover's, a council's decision, a common text."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.decisions.models import Backing
from coop.members.models import Member, Power
from coop.proposals.models import Amendment, PartOf, Proposal

from ..access import Here, acting
from ..asked_here import asked
from ..stories import Story

State, Kind = Amendment.State, Amendment.Kind
ALIVE = (State.SUBMITTED, State.ADMITTED)


def for_my_word(here: Here) -> list[Story]:
    """For whoever moves a text or an amendment that others amend, or calls a council; one question for everything."""
    me = acting(here)
    stories, to_texts = [], Counter[Proposal]()
    for one in asked(here, waiting):
        if one.amends is None and one.proposal.mover_id == me.pk and _can_be_taken_in(one):
            to_texts[one.proposal] += 1
        if one.amends is not None and one.amends.author_id == me.pk != one.author_id:
            stories.append(_story(here, one, _("Your amendment is amended"), _("waits for your word")))
        if one.asks_me and one.state == State.SUBMITTED:
            stories.append(_story(here, one, _("A common text"), _("waits for your word")))
        if one.on_behalf_of is not None and here.may(Power.CONVENE, one.on_behalf_of) and _unnamed(one):
            told = _("waits for the council's decision")
            stories.append(_story(here, one, _("Decision to name"), told, page="amendment-back"))
    return [*(_text(here, text, many) for text, many in to_texts.items()), *stories]


def waiting(here: Here) -> QuerySet[Any]:
    """With `asks_me`: it is a common text of what this person moved; and `has_decision`."""
    me = acting(here)
    mine = PartOf.objects.filter(whole=OuterRef("pk"), part__author=me, part__state__in=ALIVE, agreed_at=None)
    marked = Amendment.objects.annotate(
        asks_me=Exists(mine), has_decision=Exists(Backing.objects.filter(amendment=OuterRef("pk")))
    )
    found = marked.filter(
        _to_my_text(me) | _to_my_amendment(me) | _in_my_place() | _of_my_council(here),
        proposal__cooperative=here.cooperative,
        state__in=ALIVE,
    ).select_related("proposal", "amends", "on_behalf_of")
    return found.order_by("pk")


def _to_my_text(me: Member) -> Q:
    mover = Q(proposal__taken_over_by=me) | Q(proposal__taken_over_by=None, proposal__author=me)
    return mover & Q(amends=None, proposal__debated_at=None)


def _can_be_taken_in(one: Amendment) -> bool:
    """Before the meeting opens, and unless it came late and has no leave."""
    in_time = not one.is_late or one.leave_at is not None
    return one.proposal.debated_at is None and one.kind != Kind.BLOCK and in_time


def _to_my_amendment(me: Member) -> Q:
    return Q(amends__author=me, amends__state__in=ALIVE, proposal__debated_at=None) & ~Q(author=me)


def _in_my_place() -> Q:
    return Q(asks_me=True, kind=Kind.COMMON, state=State.SUBMITTED)


def _of_my_council(here: Here) -> Q:
    mine = here.powers.over(Power.CONVENE, field="on_behalf_of")
    return mine & Q(on_behalf_of__isnull=False, state=State.SUBMITTED, has_decision=False)


def _unnamed(one: Any) -> bool:
    return one.state == State.SUBMITTED and not one.has_decision


def _text(here: Here, text: Proposal, waiting: int) -> Story:
    return Story(
        kicker=_("Your text is amended"),
        headline=text.title,
        address=reverse("proposal", args=[here.cooperative.slug, text.pk]) + "#text",
        word=ngettext("%(count)s amendment", "%(count)s amendments", waiting) % {"count": waiting},
        shape="waiting",
        meta=_("you may take them in until the meeting opens"),
    )


def _story(here: Here, one: Amendment, kicker: str, word: str, *, page: str = "amendment") -> Story:
    address = reverse(page, args=[here.cooperative.slug, one.pk])
    return Story(kicker=kicker, headline=one.label, address=address, word=word, shape="waiting")
