"""Calendars: private addresses of one's own, what is behind them, and the calendar file of one meeting."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import replace

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coop.meetings import actions
from coop.meetings.feeds import alive
from coop.meetings.ical import as_calendar
from coop.meetings.models import Feed
from coop.members.models import Body
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..belonging import bodies_of
from ..sheets import Sheet
from .calendar_entries import entries_of, sittings_in

CHANCE = 16  # bytes of a token: 128 bits


class FeedSheet(Sheet):
    body = forms.ModelChoiceField(
        Body.objects.none(),
        label=gettext_lazy("What stands in it"),
        to_field_name="code",
        required=False,
        empty_label=gettext_lazy("everything that is mine"),
    )
    reads = forms.ChoiceField(
        label=gettext_lazy("For which program"),
        required=False,
        choices=[
            (Feed.Reads.CALENDAR, gettext_lazy("a calendar: meetings, votes, what I have taken on")),
            (
                Feed.Reads.DECISIONS,
                gettext_lazy("a feed reader: what was decided (without a body: all of it)"),
            ),
        ],
    )

    def __init__(self, *args: object, here: Here, **more: object) -> None:
        super().__init__(*args, **more)
        field = self.fields["body"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = bodies_of(here)
        field.widget.attrs["required"] = False
        for one in self.fields.values():
            one.depends = True  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
def feeds(request: HttpRequest, coop: str) -> HttpResponse:
    """The list; and a new address, which is shown by the answer itself and never again."""
    here = enter(request, coop)
    form = FeedSheet(request.POST if request.method == "POST" else None, here=here)
    if request.method != "POST":
        return _feeds(request, here, form)
    if not form.is_valid():
        return _feeds(request, here, form, status=422)
    token = secrets.token_urlsafe(CHANCE)
    try:
        reads = form.cleaned_data["reads"] or Feed.Reads.CALENDAR
        body = form.cleaned_data["body"]
        actions.make_feed(token=token, body=body, reads=reads, by=acting(here), at=here.at)
    except Refused as refusal:
        return _feeds(request, here, form, refused=refusal.reasons, status=409)
    page = "decisions-feed" if reads == Feed.Reads.DECISIONS else "feed"
    address = request.build_absolute_uri(reverse(page, args=[coop, token]))
    return _feeds(request, here, FeedSheet(here=here), address=address)


def _feeds(
    request: HttpRequest,
    here: Here,
    form: FeedSheet,
    *,
    address: str = "",
    refused: list[Reason] | None = None,
    status: int = 200,
) -> HttpResponse:
    found = Feed.objects.filter(member=acting(here), revoked_at=None).select_related("body")
    context = {"feeds": found, "form": form, "address": address, "refused": refused}
    answer = render(request, "meetings/feeds/feeds.html", context, status=status)
    if address:
        patch_cache_control(answer, no_store=True)
    return answer


@require_POST
def revoke(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    actions.revoke_feed(feed=access.feed(here, key), by=acting(here), at=here.at)
    messages.success(request, _("The address is dead. Programs that still ask for it get nothing."))
    return redirect("feeds", coop)


@login_not_required
@require_safe
def feed(request: HttpRequest, coop: str, token: str) -> HttpResponseBase:
    """For calendar programs, which have no session: whoever has the address reads.

    Wrong addresses are not counted: they have 128 bits of chance, and a telephone that goes on asking for a revoked
    one every quarter of an hour must not shut out the others behind the same router.
    """
    here = access.doorstep(request, coop)
    found = alive(here.cooperative, token, here.at)
    if found is None:
        raise Http404
    # Whoever is signed in there has powers of their own; nothing of that is taken along.
    request.here = here = replace(here, member=found.member)  # type: ignore[attr-defined]
    actions.note_reading(feed=found, by=found.member, at=here.at)
    name = found.body.name if found.body else here.cooperative.short_name
    return _answer(
        request, as_calendar(entries_of(request, here, found), name=name, house=here.cooperative.slug)
    )


@require_safe
def meeting(request: HttpRequest, coop: str, key: int) -> HttpResponseBase:
    """One meeting to put into a calendar, every sitting of it."""
    here = enter(request, coop)
    found = access.meeting(here, key)
    if found.number is None:
        raise Http404
    entries = sittings_in(request, here, found.sittings.all())
    answer = _answer(request, as_calendar(entries, name=found.label, house=here.cooperative.slug))
    answer["Content-Disposition"] = f'attachment; filename="{get_valid_filename(found.label)}.ics"'
    return answer


def _answer(request: HttpRequest, calendar: bytes) -> HttpResponseBase:
    """What a program has already is not sent again."""
    etag = f'"{hashlib.sha256(calendar).hexdigest()[:32]}"'
    answer = HttpResponse(calendar, content_type="text/calendar; charset=utf-8")
    answer["ETag"] = etag
    patch_cache_control(answer, private=True, max_age=900)
    return get_conditional_response(request, etag=etag, response=answer) or answer
