"""Where a request stands: co-operative, member, moment, powers; who is not signed in is sent to the door."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.paginator import InvalidPage, Page, Paginator
from django.db import models
from django.db.models import Func, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from coop import unchanged
from coop.asked_often import Often, given
from coop.charter.models import Bylaws, Cooperative
from coop.keys.rules import ENDS_SESSIONS, RUNS_KIOSKS
from coop.members.backend import of_the_house
from coop.members.models import AccessCard, Account, Body, Member, Power
from coop.members.powers import Powers, along_with_the_member, powers_of
from coop.members.resets import resets_of, whom_to_tell

from .. import clock

# What every request asks before anything else: the member with the co-operative, in one question. Where nobody is
# signed in, or is nobody there, the co-operative alone.
MEMBER = Often(lambda: _members())
# A page that is read nearly always asks what its reader may do, so it comes along; most acts do without.
READER = Often(lambda: _members().annotate(**along_with_the_member()))
COOPERATIVE = Often(lambda: Cooperative.objects.select_related("chain").filter(slug=given("slug")))


def _members() -> QuerySet[Member]:
    return Member.objects.filter(
        of_the_house(day_in(OuterRef("cooperative__time_zone"), given("at"))),
        cooperative__slug=given("slug"),
        account_id=given("account"),
    ).select_related("cooperative__chain")


def day_in(zone: Any, at: Any) -> Cast:
    """In SQL what `Cooperative.day_of` is in Python."""
    return Cast(Func(zone, at, function="timezone"), models.DateField())


@dataclass
class Here:
    """Where a request stands: which co-operative, who acts, and the moment by the database clock.

    `member` is None only on the public pages (sign-in, enrolment).
    """

    cooperative: Cooperative
    member: Member | None
    at: datetime.datetime
    demo: bool

    @cached_property
    def day(self) -> datetime.date:
        return self.cooperative.day_of(self.at)

    @cached_property
    def bylaws(self) -> Bylaws:
        return Bylaws.in_force(self.cooperative, self.day)

    @cached_property
    def powers(self) -> Powers:
        return powers_of(self.member, self.at) if self.member else Powers()

    @cached_property
    def reset(self) -> AccessCard | None:
        """The replacement of their secret that this person has not read yet; who had none costs no question."""
        if self.member is None or self.member.account is None or self.member.account.reset_at is None:
            return None
        return resets_of(self.member).filter(acknowledged_at=None).first()

    @cached_property
    def tell(self) -> list[Member]:
        """To whom this person turns if that was not themselves."""
        return list(whom_to_tell(self.reset, self.at)) if self.reset else []

    @property
    def runs_kiosks(self) -> bool:
        return self.powers.any_of(RUNS_KIOSKS)

    @property
    def ends_sessions(self) -> bool:
        return self.powers.any_of(ENDS_SESSIONS)

    def may(self, power: Power, body: Body | None = None) -> bool:
        return self.powers.has(power, body)


def cooperative_or_404(slug: str) -> Cooperative:
    found = COOPERATIVE.first(slug=slug)
    if found is None:
        raise Http404
    return found


def doorstep(request: HttpRequest, slug: str) -> Here:
    """For the public pages of a co-operative: nobody acts yet, although somebody may be signed in."""
    at = clock.of(request)
    reads = request.method in ("GET", "HEAD")
    member = _member_of(request, READER if reads else MEMBER, slug, at)
    cooperative = cooperative_or_404(slug) if member is None else member.cooperative
    request.here = here = Here(cooperative, member, at, settings.DEMO)  # type: ignore[attr-defined]
    timezone.activate(cooperative.zone)
    if reads:
        unchanged.reading(cooperative.chain.head_hash)
        if member is not None:
            here.powers = Powers.along_with(member)
    return here


def enter(request: HttpRequest, slug: str) -> Here:
    """For every other page: the signed-in person as a member of the co-operative of the address, or 404."""
    here = doorstep(request, slug)
    if here.member is None:
        raise Http404
    return here


def acting(here: Here) -> Member:
    """The member who acts; `enter` has made sure there is one."""
    if here.member is None:
        raise Http404
    return here.member


def _member_of(request: HttpRequest, asked: Often[Member], slug: str, at: datetime.datetime) -> Member | None:
    account = request.user
    if not isinstance(account, Account):
        return None
    member = asked.first(slug=slug, account=account.pk, at=at)
    if member is not None:
        member.account = account
    return member


def here(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `here` in every template (None on pages outside any co-operative)."""
    return {"here": getattr(request, "here", None)}


class LoginRequired(LoginRequiredMiddleware):
    """Login is the rule; a page declares itself public. A lost session moves the whole window, not a fragment."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with unchanged.each_asks_anew():
            answer: HttpResponseBase = super().__call__(request)  # type: ignore[assignment]  # never async
        return answer

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponseBase | None:
        timezone.deactivate()  # the zone of whichever plant this thread served last
        return super().process_view(request, *view)

    def handle_no_permission(  # type: ignore[override]  # htmx needs another answer than a redirect
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponse:
        match = request.resolver_match
        slug = match.kwargs.get("coop") if match else None
        if slug is None:
            return redirect("doorstep")
        htmx = getattr(request, "htmx", None)
        back = (htmx.current_url_abs_path or "") if htmx else request.get_full_path()
        answer = getattr(view_func, "without_session", None)  # pages/entrance/kept_typed.py
        if answer is not None and request.POST and match is not None:
            told: HttpResponse = answer(request, **match.kwargs)
            return told
        if request.method != "GET" and not htmx:
            back = reverse("home", args=[slug])
        address = f"{reverse('sign-in', args=[slug])}?{urlencode({'next': back})}"
        if htmx:
            answer = HttpResponseClientRedirect(address)
            answer.status_code = 401
            return answer
        return redirect(address)


def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for its part of a page. Going back in the history it wants the whole page."""
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.history_restore_request


def page_of(request: HttpRequest, things: Any, size: int) -> Page[Any]:
    """The page of a list that the address asks for; a number that no page has is not there."""
    try:
        return Paginator(things, size).page(request.GET.get("page", 1))
    except InvalidPage:
        raise Http404 from None


def one(found: QuerySet[Any], **where: Any) -> Any:
    thing = found.filter(**where).first()
    if thing is None:
        raise Http404
    return thing
