"""What the front page tells a trustee: a code is to be drawn, or the urn is to be opened."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from coop.ballots.models import Ballot, Trustee

from ..access import Here, acting
from ..stories import Story

State = Ballot.State


def keeping(here: Here) -> QuerySet[Trustee]:
    """Of the secret votes of which this person keeps a code, while something is asked of them."""
    waits = Q(urn__ballot__state=State.DRAFT, urn__tested_at=None) | Q(urn__ballot__state=State.CLOSED)
    return Trustee.objects.filter(waits, member=acting(here), urn__ballot__cooperative=here.cooperative)


def at_urns(here: Here) -> list[Story]:
    """One query."""
    found = keeping(here).select_related("urn__ballot").order_by("urn__ballot")
    return [_story(here, trustee) for trustee in found]


def _story(here: Here, trustee: Trustee) -> Story:
    ballot = trustee.urn.ballot
    closed = ballot.state == State.CLOSED
    if closed:
        what, word = _("Open the urn: %(vote)s"), _("bring your code: the urn is to be opened")
    elif trustee.drawn_at is None:
        what, word = _("Draw your code: %(vote)s"), _("you draw it once, and alone")
    else:
        what, word = _("Try the key: %(vote)s"), _("bring your code when the key is tried")
    return Story(
        kicker=_("You keep a code of the sealed urn"),
        headline=what % {"vote": ballot.title},
        address=reverse("urn-open" if closed else "urn-key", args=[here.cooperative.slug, ballot.pk]),
        word=word,
        shape="waiting",
    )
