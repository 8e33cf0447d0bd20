"""What somebody was sending when their session had ended: the page that asks them to sign in carries it along.

The text stands in a hidden field of that page and nowhere else: not in an address, not in a cookie, not in the session
of whoever signs in. Beside it stands a signed note of who was writing on what; only that member takes it up again.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from coop.meetings import actions
from coop.meetings.models import AgendaItem, Sitting
from coop.members.models import Account, Member
from coop.refusals import Refused

from ..access import Here
from ..sheets import Sheet, WordsField

SALT = "typed"
WEEK = 7 * 24 * 3600  # seconds
LONGEST_NOTE = 50_000  # characters
View = TypeVar("View", bound=Callable[..., HttpResponse])


class TypedForm(Sheet):
    """What is typed, as it is; whether it may be saved is asked when it is saved."""

    text = WordsField(required=False, max_length=LONGEST_NOTE, strip=False)
    revision = forms.IntegerField(min_value=0, max_value=2_000_000_000)


@dataclass(frozen=True)
class Kept:
    token: str
    text: str
    revision: str

    def about(self) -> dict[str, Any] | None:
        """Who was writing on which item and sitting; None when the note is not ours or older than a week."""
        try:
            told: dict[str, Any] = signing.loads(self.token, salt=SALT, max_age=WEEK)
        except signing.BadSignature:
            return None
        return told

    def writer(self, here: Here) -> Member | None:
        told = self.about()
        found = Member.objects.filter(cooperative=here.cooperative, pk=told["writer"]) if told else None
        return found.first() if found is not None else None

    def take_up(self, here: Here, account: Account) -> str:
        """Keeps the text for its writer, who has just signed in, and gives the address where it stands. Else ""."""
        told, writer = self.about(), self.writer(here)
        if told is None or writer is None or writer.account_id != account.pk:
            return ""
        item = AgendaItem.objects.select_related("meeting__body", "meeting__cooperative").get(pk=told["item"])
        sitting = Sitting.objects.filter(pk=told["sitting"], meeting=item.meeting_id).first()
        form = TypedForm({"text": self.text, "revision": self.revision})
        if form.is_valid():
            with suppress(Refused):  # the minutes were circulated meanwhile; their page says so
                actions.keep_typed(item=item, sitting=sitting, by=writer, at=here.at, **form.cleaned_data)
        return address_of(here, item, sitting)


def address_of(here: Here, item: AgendaItem, sitting: Sitting | None) -> str:
    address = reverse("minutes-note", args=[here.cooperative.slug, item.meeting_id, item.place])
    return f"{address}?sitting={sitting.number}" if sitting else address


def token_for(item: AgendaItem, sitting: Sitting | None, writer: Member) -> str:
    told = {"item": item.pk, "sitting": sitting.pk if sitting else None, "writer": writer.pk}
    return signing.dumps(told, salt=SALT)


def sent_along(request: HttpRequest) -> Kept | None:
    """What the sign-in page carries, when it carries something."""
    if "kept_token" not in request.POST:
        return None
    return Kept(
        request.POST["kept_token"], request.POST.get("kept_text", ""), request.POST.get("kept_revision", "0")
    )


def without_session(answer: Callable[..., HttpResponse]) -> Callable[[View], View]:
    """Marks a page: what is posted to it by somebody whose session has ended is answered by `answer`."""

    def mark(view: View) -> View:
        view.without_session = answer  # type: ignore[attr-defined]
        return view

    return mark
