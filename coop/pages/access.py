"""Fetch or 404: the only way a page gets an object, always within the co-operative of the address (law 8).

What is not there and what belongs to somebody else answer the same.
"""

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
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from coop.asked_often import Often, given
from coop.ballots.models import Ballot, Claim, Register
from coop.ballots.office import RUNNING
from coop.charter.models import Bylaws, Cooperative
from coop.decisions.models import CarriedDecision, Decision, Ending
from coop.documents.models import Attachment, Document, Version
from coop.elections.models import Petition
from coop.keys.rules import ENDS_SESSIONS, RUNS_KIOSKS
from coop.meetings.models import (
    Action,
    AgendaItem,
    Holiday,
    LastInBook,
    Meeting,
    Minutes,
    OffAgenda,
    Phrase,
    Request,
    Series,
    Sitting,
    Turn,
)
from coop.meetings.models.councils import Feed, ReportBack, WorkingTable
from coop.meetings.requests import obstacles_to_calling
from coop.members.backend import of_the_house
from coop.members.models import AccessCard, Account, Body, Mandate, Member, Power, Rota, SavedView
from coop.members.powers import Powers, powers_of
from coop.members.resets import resets_of, whom_to_tell
from coop.proposals.models import (
    Agreement,
    AgreementArticle,
    AgreementStep,
    Amendment,
    PartOf,
    Proposal,
)
from coop.proposals.rules import rejected_ones

from . import clock

# What every request asks before anything else.
COOPERATIVE = Often(lambda: Cooperative.objects.select_related("chain").filter(slug=given("slug")))
MEMBER = Often(
    lambda: Member.objects.filter(
        of_the_house(given("day")), cooperative_id=given("cooperative"), account_id=given("account")
    )
)


def _opened() -> QuerySet[Ballot]:
    found = Ballot.objects.select_related("body", "register").exclude(state=Ballot.State.DRAFT)
    return found.filter(pk=given("key"), cooperative_id=given("cooperative"))


BALLOT = Often(_opened)
BALLOT_WITHOUT_TEXT = Often(lambda: _opened().defer("text"))


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
    cooperative = cooperative_or_404(slug)
    at = clock.of(request)
    request.here = here = Here(cooperative, _member_of(request, cooperative, at), at, settings.DEMO)  # type: ignore[attr-defined]
    timezone.activate(cooperative.zone)
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


def _member_of(request: HttpRequest, cooperative: Cooperative, at: datetime.datetime) -> Member | None:
    account = request.user
    if not isinstance(account, Account):
        return None
    day = cooperative.day_of(at)
    member = MEMBER.first(day=day, cooperative=cooperative.pk, account=account.pk)
    if member is not None:
        member.cooperative, member.account = cooperative, account
    return member


def here(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `here` in every template (None on pages outside any co-operative)."""
    return {"here": getattr(request, "here", None)}


class LoginRequired(LoginRequiredMiddleware):
    """Login is the rule; a page declares itself public. A lost session moves the whole window, not a fragment."""

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
        answer = getattr(view_func, "without_session", None)  # pages/kept_typed.py
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


# --- The nouns ------------------------------------------------------------------------------------------------------


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


def _one(found: QuerySet[Any], **where: Any) -> Any:
    thing = found.filter(**where).first()
    if thing is None:
        raise Http404
    return thing


def member(here: Here, number: int) -> Member:
    thing: Member = _one(Member.objects.filter(cooperative=here.cooperative), number=number)
    thing.cooperative = here.cooperative
    return thing


def rota(here: Here, key: int) -> Rota:
    thing: Rota = _one(Rota.objects.filter(cooperative=here.cooperative), pk=key)
    return thing


def saved_view(here: Here, key: int) -> SavedView:
    """A view of the register's office."""
    thing: SavedView = _one(SavedView.objects.filter(cooperative=here.cooperative), pk=key)
    return thing


def body(here: Here, code: str) -> Body:
    thing: Body = _one(Body.objects.filter(cooperative=here.cooperative), code=code)
    thing.cooperative = here.cooperative
    return thing


def mandate(here: Here, key: int) -> Mandate:
    thing: Mandate = _one(
        Mandate.objects.select_related("seat__office__body", "member__cooperative").filter(
            member__cooperative=here.cooperative
        ),
        pk=key,
    )
    return thing


def petitions(here: Here) -> QuerySet[Petition]:
    """Recalls that were asked for, running and over."""
    found = Petition.objects.select_related(
        "mandate__member", "mandate__seat__office__body", "filed_by", "verified_by", "joined_to", "ballot"
    )
    return found.filter(cooperative=here.cooperative)


def petition(here: Here, key: int) -> Petition:
    thing: Petition = _one(petitions(here), pk=key)
    thing.cooperative = thing.mandate.member.cooperative = here.cooperative
    return thing


def proposal(here: Here, key: int) -> Proposal:
    """A proposal; what was never published is its author's alone, thrown away too."""
    found = Proposal.objects.select_related(
        "author", "on_behalf_of", "taken_over_by", "cooperative", "again"
    ).filter(cooperative=here.cooperative)
    thing: Proposal = _one(found, pk=key)
    if thing.published_at is None and thing.author_id != (here.member.pk if here.member else None):
        raise Http404
    return thing


def rejected(here: Here, key: str) -> Proposal:
    """The rejected proposal that an address names, to be brought back."""
    if not (key.isascii() and key.isdigit() and len(key) <= 18):
        raise Http404
    thing: Proposal = _one(rejected_ones(here.cooperative), pk=int(key))
    return thing


def amendment(here: Here, key: int) -> Amendment:
    """An amendment; only what has been published is amended."""
    thing: Amendment = _one(
        Amendment.objects.select_related(
            *(f"proposal__{name}" for name in ("author", "on_behalf_of", "taken_over_by", "cooperative")),
            *("amends__author", "author", "on_behalf_of", "through__amends"),
        ).filter(proposal__cooperative=here.cooperative),
        pk=key,
    )
    thing.proposal.cooperative = here.cooperative
    return thing


def agreements(here: Here) -> QuerySet[Agreement]:
    found = Agreement.objects.select_related("commission", "proposal", "replaces", "begun_by")
    return found.filter(cooperative=here.cooperative)


def agreement(here: Here, key: int) -> Agreement:
    thing: Agreement = _one(agreements(here), pk=key)
    thing.cooperative = here.cooperative
    return thing


def article(here: Here, key: int) -> AgreementArticle:
    """An article of an agreement."""
    found = AgreementArticle.objects.select_related(
        "agreement__commission", "agreement__proposal", "writer", "waits_for"
    )
    thing: AgreementArticle = _one(found.filter(agreement__cooperative=here.cooperative), pk=key)
    thing.agreement.cooperative = here.cooperative
    return thing


def agreement_step(here: Here, key: int) -> AgreementStep:
    found = AgreementStep.objects.select_related("agreement__commission")
    thing: AgreementStep = _one(found.filter(agreement__cooperative=here.cooperative), pk=key)
    thing.agreement.cooperative = here.cooperative
    return thing


def part_of(here: Here, key: int) -> PartOf:
    """An amendment as part of a common text."""
    found = PartOf.objects.select_related("part", "whole")
    thing: PartOf = _one(found.filter(whole__proposal__cooperative=here.cooperative), pk=key)
    return thing


def ballot(here: Here, key: int, *, with_text: bool = True) -> Ballot:
    """A ballot that has been opened; drafts are nobody's to read. The text is long, and not every page shows it."""
    asked = BALLOT if with_text else BALLOT_WITHOUT_TEXT
    thing = asked.first(key=key, cooperative=here.cooperative.pk)
    if thing is None:
        raise Http404
    thing.cooperative = here.cooperative
    return thing


def any_ballot(here: Here, key: int) -> Ballot:
    """A ballot in whatever state; the page says who else may see a draft."""
    found = Ballot.objects.select_related("body", "register").filter(cooperative=here.cooperative)
    thing: Ballot = _one(found, pk=key)
    thing.cooperative = here.cooperative
    return thing


def ballot_to_lead(here: Here, key: int) -> Ballot:
    """A ballot in whatever state, for those whose office leads it; for everybody else there is nothing here."""
    found = Ballot.objects.select_related("body", "register", "drawn_up_by", "parent")
    thing: Ballot = _one(found.filter(cooperative=here.cooperative), pk=key)
    named = here.member is not None and here.member.pk in thing.leaders
    if not named and not here.powers.any_of(RUNNING, thing.body):
        raise Http404
    thing.cooperative = thing.register.cooperative = here.cooperative
    return thing


def register(here: Here, key: int) -> Register:
    found = Register.objects.select_related("body").filter(cooperative=here.cooperative)
    thing: Register = _one(found, pk=key)
    thing.cooperative = thing.body.cooperative = here.cooperative
    return thing


def claim(here: Here, key: int) -> Claim:
    found = Claim.objects.select_related("register__body", "member", "claimed_by", "entered_by", "decided_by")
    thing: Claim = _one(found.filter(register__cooperative=here.cooperative), pk=key)
    thing.register.cooperative = thing.register.body.cooperative = here.cooperative
    thing.member.cooperative = here.cooperative
    return thing


def decision(here: Here, key: int) -> Decision:
    found = Decision.objects.select_related(
        "body", "proposal__author", "amendment__amends", "ballot", "cooperative"
    ).filter(cooperative=here.cooperative)
    thing: Decision = _one(found, pk=key)
    return thing


def ending(here: Here, key: int) -> Ending:
    """What a proposal says of an earlier decision; of a draft only its author reads it."""
    found = Ending.objects.select_related("proposal__cooperative", "made__body", "old__body")
    thing: Ending = _one(found.filter(proposal__cooperative=here.cooperative), pk=key)
    proposal(here, thing.proposal_id)
    return thing


def carried_decision(here: Here, key: int) -> CarriedDecision:
    """A decision copied from the book, whether it counts, waits or was turned down."""
    found = CarriedDecision.objects.select_related(
        "body", "cooperative", "corrects__body", "entered_by", "confirmed_by", "refused_by"
    )
    thing: CarriedDecision = _one(found.filter(cooperative=here.cooperative), pk=key)
    return thing


def meeting(here: Here, key: int) -> Meeting:
    """A meeting; one that was never announced is shown to those who may call it."""
    found = Meeting.objects.select_related(
        "body__cooperative", "register", "cooperative", "convened_by", "request"
    )
    thing: Meeting = _one(found.filter(cooperative=here.cooperative), pk=key)
    if thing.number is None and not calls(here, thing):
        raise Http404
    return thing


def calls(here: Here, meeting: Meeting) -> bool:
    """Whether this member may call it; one that members demanded and nobody called in time, whoever audits too."""
    if here.may(Power.CONVENE, meeting.body):
        return True
    return meeting.request is not None and not obstacles_to_calling(
        meeting.body, request=meeting.request, by=acting(here), at=here.at
    )


def requests(here: Here) -> QuerySet[Request]:
    """What members have asked for, the newest first."""
    found = Request.objects.select_related("body__cooperative", "asked_by")
    return found.filter(body__cooperative=here.cooperative)


def request(here: Here, key: int) -> Request:
    thing: Request = _one(requests(here), pk=key)
    return thing


def request_to_answer(here: Here, key: str) -> Request | None:
    """The one that the address names, for whoever may call a meeting for it; None where it names none."""
    if not key:
        return None
    if not (key.isascii() and key.isdigit() and len(key) <= 18):
        raise Http404
    thing = request(here, int(key))
    if obstacles_to_calling(thing.body, request=thing, by=acting(here), at=here.at):
        raise Http404
    return thing


def series(here: Here, key: int) -> Series:
    found = Series.objects.select_related("body__cooperative", "begun_by")
    thing: Series = _one(found.filter(body__cooperative=here.cooperative), pk=key)
    return thing


def holiday(here: Here, key: int) -> Holiday:
    thing: Holiday = _one(Holiday.objects.filter(cooperative=here.cooperative), pk=key)
    return thing


def document(here: Here, number: int) -> Document:
    thing: Document = _one(Document.objects.filter(cooperative=here.cooperative), number=number)
    thing.cooperative = here.cooperative
    return thing


def versions(here: Here) -> QuerySet[Version]:
    """Every version of every document, also what waits and what was turned down."""
    found = Version.objects.select_related(
        "document", "cooperative", "entered_by", "confirmed_by", "refused_by"
    )
    return found.filter(cooperative=here.cooperative)


def version(here: Here, document: int, number: int) -> Version:
    thing: Version = _one(versions(here), document__number=document, number=number)
    return thing


def attachment(of: Version, *, with_content: bool = False) -> Attachment | None:
    """The file of a version; its bytes, up to 10 MB, only for whoever saves it."""
    found = Attachment.objects.filter(version=of)
    return (found if with_content else found.defer("content")).first()


def last_numbers(here: Here) -> QuerySet[LastInBook]:
    """Where the old books end, the latest entry first."""
    found = LastInBook.objects.select_related(
        "body", "cooperative", "entered_by", "confirmed_by", "refused_by"
    )
    return found.filter(cooperative=here.cooperative).order_by("-pk")


def last_in_book(here: Here, key: int) -> LastInBook:
    thing: LastInBook = _one(last_numbers(here), pk=key)
    return thing


def meetings(here: Here) -> QuerySet[Meeting]:
    """Every meeting that was announced, and the drafts of those who may call them."""
    found = Meeting.objects.select_related("body").filter(cooperative=here.cooperative)
    return found.filter(Q(number__isnull=False) | Q(body__in=bodies_to_call(here)))


def bodies_to_call(here: Here) -> QuerySet[Body]:
    """The bodies whose meetings this member may call."""
    return Body.objects.filter(here.powers.over(Power.CONVENE, field="pk"), cooperative=here.cooperative)


def sitting(here: Here, meeting_key: int, number: int) -> Sitting:
    found = meeting(here, meeting_key)
    thing: Sitting = _one(found.sittings.all(), number=number)
    thing.meeting = found
    return thing


def item(here: Here, meeting_key: int, place: str) -> AgendaItem:
    """`place`: as it is called in the hall, 4 or 4.2."""
    found = meeting(here, meeting_key)
    items = found.items.select_related(
        "proposal__author", "amendment__amends", "decision__ballot"
    ).prefetch_related("notes")
    number, _, part = place.partition(".")
    thing: AgendaItem = _one(items, number=int(number), part=int(part or 0))
    thing.meeting = found
    return thing


def phrase(here: Here, key: int) -> Phrase:
    thing: Phrase = _one(Phrase.objects.filter(cooperative=here.cooperative, retired_at=None), pk=key)
    return thing


def turn(here: Here, meeting_key: int, key: int) -> Turn:
    """Somebody on the list of speakers of a meeting."""
    found = meeting(here, meeting_key)
    turns = Turn.objects.select_related("member", "item", "sitting").filter(sitting__meeting=found)
    thing: Turn = _one(turns, pk=key)
    thing.sitting.meeting = found
    return thing


def off_agenda_entry(here: Here, meeting: Meeting, key: int) -> OffAgenda:
    """What some meeting of the same body wrote down, for those who may call it."""
    if not here.may(Power.CONVENE, meeting.body):
        raise Http404
    found = OffAgenda.objects.select_related("meeting__body")
    thing: OffAgenda = _one(found.filter(meeting__cooperative=here.cooperative), pk=key)
    return thing


def minutes_of(found: Meeting) -> Minutes | None:
    return Minutes.objects.select_related("closed_by").filter(meeting=found).first()


def action(here: Here, key: int) -> Action:
    found = Action.objects.select_related("body", "owner", "agreed_by", "item__meeting__body")
    thing: Action = _one(found.filter(body__cooperative=here.cooperative), pk=key)
    thing.body.cooperative = here.cooperative
    return thing


def report_back(here: Here, key: int) -> ReportBack:
    found = ReportBack.objects.select_related("member", "meeting__body")
    thing: ReportBack = _one(found.filter(meeting__cooperative=here.cooperative), pk=key)
    thing.meeting.cooperative = here.cooperative
    return thing


def feed(here: Here, key: int) -> Feed:
    """One's own calendar address, as long as it lives."""
    mine = Feed.objects.filter(member=acting(here), revoked_at=None)
    thing: Feed = _one(mine, pk=key)
    return thing


def working_table(here: Here, key: int) -> WorkingTable:
    found = WorkingTable.objects.select_related("body__cooperative", "parent__cooperative", "begun_by")
    thing: WorkingTable = _one(found.filter(body__cooperative=here.cooperative), pk=key)
    return thing
