"""Proposals: the list by what each waits for, one with its signatures and its way, signing it.

Writing, publishing and withdrawing are the author's and stand in `desk`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from coop.asked_often import Often, Said, given
from coop.ballots.acta.sentences import say_rule
from coop.ballots.models import Ballot
from coop.charter.models import Bylaws
from coop.decisions.budgets import motion_of
from coop.decisions.models import Decision
from coop.meetings.models import AgendaItem, Meeting
from coop.members.models import Power
from coop.proposals import actions
from coop.proposals.models import Agreement, Proposal, Support, TechnicalStudy
from coop.proposals.rules import (
    obstacles_to_supporting,
    obstacles_to_withdrawing,
    obstacles_to_writing,
)
from coop.proposals.rules.proposals import WRITTEN_ELSEWHERE
from coop.refusals import Reason, Refused

from .. import access, kept
from ..access import Here, acting, enter, page_of
from ..outcomes.decided import decided, outcome_of
from ..signatures import Signatures
from . import amendments_beside, earlier_decisions, life

State = Proposal.State
SHAPES: dict[str, str] = {
    State.DRAFT: "draft",
    State.OPEN: "waiting",
    State.ADMITTED: "done",
    State.TABLED: "waiting",
    State.SETTLED: "done",
    State.WITHDRAWN: "stopped",
    State.FALLEN: "no",
    State.REFUSED: "no",
}
PLACES: dict[str, int] = {State.DRAFT: 0, State.OPEN: 1, State.ADMITTED: 2, State.TABLED: 3, State.SETTLED: 6}
ON_A_PAGE = 20


def sentence(words: object) -> str:
    """A label at the beginning of a sentence."""
    text = str(words)
    return text[:1].upper() + text[1:]


def say_rule_for(bylaws: Bylaws, matter: str) -> str:
    """The majority a matter takes, in words."""
    share, base = bylaws.majority_for(matter)
    return say_rule(f"{share.numerator}/{share.denominator}", base)


# --- The list -------------------------------------------------------------------------------------------------------


@dataclass
class Card:
    """One proposal in the list."""

    proposal: Proposal
    word: str
    shape: str
    signatures: Signatures | None = None
    where: AgendaItem | None = None
    decision: Decision | None = None


@require_safe
def proposals(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    me = acting(here)
    every = (
        Proposal.objects.filter(cooperative=here.cooperative)
        .select_related("author", "on_behalf_of")
        .annotate(given=Count("supports"))
    )
    alive = every.exclude(state__in=(State.DRAFT, *ENDED)).order_by("support_until", "pk")
    cards: dict[str, list[Card]] = {}
    for card in _cards(here, [*every.filter(state=State.DRAFT, author=me).order_by("-pk"), *alive]):
        cards.setdefault(card.proposal.state, []).append(card)
    ended = every.filter(state__in=ENDED, published_at__isnull=False).order_by("-settled_at", "-pk")
    page = page_of(request, ended, ON_A_PAGE)
    context = {
        "groups": [(state, words, text, cards.get(state, [])) for state, words, text in GROUPS],
        "page": page,
        "ended": _cards(here, list(page)),
        "obstacles": obstacles_to_writing(me, here.day, here.bylaws),
    }
    return render(request, "proposals/proposals.html", context)


ENDED = (State.SETTLED, State.WITHDRAWN, State.FALLEN, State.REFUSED)
GROUPS = [
    (State.DRAFT, gettext_lazy("Your drafts"), gettext_lazy("Only you see these.")),
    (
        State.OPEN,
        gettext_lazy("Looking for support"),
        gettext_lazy("Waiting for signatures. Enough of them, and it goes to an assembly."),
    ),
    (
        State.ADMITTED,
        gettext_lazy("Admitted"),
        gettext_lazy("They have the signatures and wait for the next agenda."),
    ),
    (State.TABLED, gettext_lazy("On an agenda"), gettext_lazy("They are debated and voted there.")),
]


def _cards(here: Here, found: list[Proposal]) -> list[Card]:
    """The same three queries for one proposal and for a hundred."""
    keys = [one.pk for one in found]
    items = {item.proposal_id: item for item in _seen(here, _items().filter(proposal__in=keys))}
    decided = {decision.proposal_id: decision for decision in _decisions().filter(proposal__in=keys)}
    return [_card(here, one, items.get(one.pk), decided.get(one.pk)) for one in found]


def _card(here: Here, one: Proposal, item: AgendaItem | None, decision: Decision | None) -> Card:
    card = Card(one, one.get_state_display(), SHAPES[one.state])
    if one.state == State.OPEN:
        card.signatures = Signatures(getattr(one, "given", 0), one.support_needed or 0)
        if not one.takes_support(here.at):
            card.word, card.shape = _("the time for signatures is over"), "late"
    elif one.state == State.TABLED:
        card.where = item
        if decision is not None and decision.outcome == Decision.Outcome.PENDING:
            card.word, card.shape, card.decision = _("being voted"), "live", decision
    elif one.state == State.SETTLED and decision is not None:
        card.word, card.shape = outcome_of(decision, one)
        card.decision = decision
    return card


def _items() -> QuerySet[AgendaItem]:
    """Where proposals stand or stood on agendas, the latest last."""
    items = AgendaItem.objects.select_related("meeting__body").filter(part=0)
    return items.exclude(meeting__state=Meeting.State.CANCELLED).order_by("pk")


def _seen(here: Here, items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """Those of drafts only for those who may call the meeting."""
    draft = Meeting.State.DRAFT
    return [i for i in items if i.meeting.state != draft or here.may(Power.CONVENE, i.meeting.body)]


def _decisions() -> QuerySet[Decision]:
    found = Decision.objects.select_related("body", "ballot")
    return found.filter(amendment=None, ballot__opened_at__isnull=False).order_by("put_at", "pk")


# --- One proposal ---------------------------------------------------------------------------------------------------

ITEMS = Often(lambda: _items().filter(proposal_id=given("proposal")), told=True)
DECISIONS = Often(lambda: _decisions().filter(proposal_id=given("proposal")), told=True)
SIGNATURES = Often(
    lambda: Support.objects.filter(proposal_id=given("proposal")).values_list(
        "member_id", "member__number", "member__name"
    ),
    told=True,
)


@require_safe
def proposal(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    return _page(request, here, *access.proposal_and_said(here, key))


def _page(
    request: HttpRequest,
    here: Here,
    found: Proposal,
    said: Said,
    *,
    refused: list[Reason] | None = None,
    status: int = 200,
) -> HttpResponse:
    me = acting(here)
    items, put_to_votes = ITEMS.answer(proposal=found.pk), DECISIONS.answer(proposal=found.pk)
    item = next(reversed(_seen(here, items.read())), None)
    decisions = put_to_votes.read()
    decision = decisions[-1] if decisions else None
    supports = SIGNATURES.all(proposal=found.pk)
    found.given = len(supports)  # type: ignore[attr-defined]
    mine = found.mover_id == me.pk

    signatures = Signatures(len(supports), found.support_needed or 0)
    card = _card(here, found, item, decision)

    def itself() -> dict[str, Any]:
        return {"proposal": found}

    def signers() -> dict[str, Any]:
        return {"people": [{"number": number, "name": name} for _member, number, name in supports]}

    context = {
        "proposal": found,
        "elsewhere": found.kind in WRITTEN_ELSEWHERE,
        **_options(found),
        "card": card,
        "kicker": kept.drawn("proposals/kicker.html", here.cooperative, (said,), itself),
        "reasons": kept.drawn("proposals/reasons.html", here.cooperative, (said,), itself),
        "in_short": _in_short(here, found, item, decisions, (said, items.said, put_to_votes.said)),
        **amendments_beside.text_of(request, here, found),
        **life.beside(here, found),
        **earlier_decisions.beside(here, found),
        "signers": kept.drawn("proposals/signers.html", here.cooperative, tuple(supports), signers),
        "given": kept.drawn(
            "proposals/given.html",
            here.cooperative,
            (signatures.given, signatures.needed),
            lambda: {"signatures": signatures},
        ),
        "signed": any(member == me.pk for member, _number, _name in supports),
        "mine": mine,
        "refused": refused,
        "to_support": obstacles_to_supporting(found, by=me, at=here.at, day=here.day, bylaws=here.bylaws)
        if found.state == State.OPEN
        else None,
        "to_withdraw": obstacles_to_withdrawing(found, by=me),
    }
    return render(request, "proposals/proposal.html", context, status=status)


def _in_short(
    here: Here, found: Proposal, item: AgendaItem | None, decisions: list[Decision], said: tuple[Said, ...]
) -> SafeString:
    """The way of a proposal and the facts about it. Not everybody sees on which agenda it stands: a meeting that is
    being prepared is shown to those who may call it. `said`: of the proposal, of all its items and its votes."""
    agreement = (
        Agreement.objects.filter(proposal=found).first() if found.kind == Proposal.Kind.AGREEMENT else None
    )
    budget = motion_of(found) if found.kind == Proposal.Kind.BUDGET else None
    asked = budget.amendment if budget else None
    told = decided(decisions, found)

    def read() -> dict[str, Any]:
        return {
            "proposal": found,
            "steps": _steps(found, item, decisions[-1] if decisions else None),
            "agreement": agreement,
            "budget": budget,
            "rule": say_rule_for(here.bylaws, found.matter),
            "item": item,
            "decisions": told,
        }

    shown = (
        item.pk if item else None,
        here.bylaws.pk,
        (agreement.pk, agreement.code, agreement.by_article) if agreement else None,
        (budget.year_id, budget.year.label, asked and (asked.pk, asked.short)) if budget else None,
        *((one.word, one.figures) for one in told),
    )
    return kept.drawn("proposals/in_short.html", here.cooperative, (*said, *shown), read)


def _options(found: Proposal) -> dict[str, Any]:
    """What a choice of technique lays side by side."""
    if found.kind != Proposal.Kind.TECHNIQUE:
        return {}
    study = TechnicalStudy.objects.filter(proposal=found).first()
    return {"options": list(found.technical_options.all()), "study": study.took_part if study else ""}


@dataclass
class Step:
    label: str
    state: str
    when: str = ""


def _steps(found: Proposal, item: AgendaItem | None, decision: Decision | None) -> list[Step]:
    """Where it stands on its way, from the desk to the register of decisions."""
    labels = [_("Written"), _("Published"), _("Admitted"), _("On an agenda"), _("Voted"), _("Decided")]
    voted = decision.ballot.closed_at if decision else None
    decided = decision.decided_at if decision else None
    moments = [found.written_at, found.published_at, found.admitted_at, None, voted, decided]
    whens = [_moment(moment) for moment in moments]
    whens[3] = item.meeting.label if item else ""
    if found.state in (State.WITHDRAWN, State.FALLEN, State.REFUSED):
        reached = [step for step in zip(labels, whens, moments, strict=True) if step[2] is not None]
        ended = Step(sentence(found.get_state_display()), "now", _moment(found.settled_at))
        return [*(Step(label, "done", when) for label, when, _at in reached), ended]
    place = PLACES[found.state]
    if decision is not None and decision.outcome == Decision.Outcome.PENDING:
        place = 4
        is_open = decision.ballot.state == Ballot.State.OPEN
        labels[4], whens[4] = (_("Being voted"), "") if is_open else (_("Being counted"), whens[4])
    if place == 0:
        labels[0] = _("Draft")
    if place == 1:
        labels[1], whens[1] = (
            _("Looking for support"),
            _("until %(day)s") % {"day": _moment(found.support_until)},
        )
    states = ["done" if n < place else "now" if n == place else "next" for n in range(len(labels))]
    return [Step(*step) for step in zip(labels, states, whens, strict=True)]


def _moment(moment: Any) -> str:
    return date_format(localtime(moment), "DATE_FORMAT") if moment else ""


@require_POST
def support(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.proposal(here, key)
    try:
        actions.support(proposal=found, by=acting(here), at=here.at)
    except Refused as refusal:
        return _page(request, here, *access.proposal_and_said(here, key), refused=refusal.reasons, status=409)
    messages.success(request, _("Your signature is under it."))
    return redirect("proposal", coop, key)
