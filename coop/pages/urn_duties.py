"""What the front page tells a trustee: a code is to be drawn, or the urn is to be opened."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from coop.ballots.models import Ballot, Trustee

from .access import Here, acting
from .stories import Story

State = Ballot.State


def at_urns(here: Here) -> list[Story]:
    """The secret votes of which this person keeps a code, while something is asked of them. One query."""
    waits = Q(urn__ballot__state=State.DRAFT, urn__tested_at=None) | Q(urn__ballot__state=State.CLOSED)
    kept = Trustee.objects.filter(waits, member=acting(here), urn__ballot__cooperative=here.cooperative)
    return [_story(here, trustee) for trustee in kept.select_related("urn__ballot").order_by("urn__ballot")]


def _story(here: Here, trustee: Trustee) -> Story:
    ballot = trustee.urn.ballot
    closed = ballot.state == State.CLOSED
    if closed:
        word = _("bring your code: the urn is to be opened")
    elif trustee.drawn_at is None:
        word = _("draw your code")
    else:
        word = _("bring your code when the key is tried")
    return Story(
        kicker=_("You keep a code of the sealed urn"),
        headline=ballot.title,
        address=reverse("urn-open" if closed else "urn-key", args=[here.cooperative.slug, ballot.pk]),
        word=word,
        shape="waiting",
    )
