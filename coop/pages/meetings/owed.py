"""Where an item comes from that the rules put on an agenda: the page of the matter itself."""

from __future__ import annotations

from django.urls import reverse

from coop.meetings.models import Request

from ..access import Here

# The page of each kind of matter; its key is the last part of the address.
PAGES: dict[str, str] = {
    "appeal": "appeal",
    "challenge": "challenge",
    "finding": "finding",
    "office-question": "office-question",
    "urgent": "urgent",
}


def address_of(here: Here, request: Request) -> str:
    """Empty where it was not the rules that put it there."""
    kind, _slash, key = request.about.partition("/")
    return reverse(PAGES[kind], args=[here.cooperative.slug, key]) if kind in PAGES else ""
