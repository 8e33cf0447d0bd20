"""A decision followed to its effect and its paper, with what is late or missing on the way; those with gaps first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from coop.decisions.models import Decision
from coop.members.models import Power
from coop.oversight.trail import Mark, Step, Trail, What, settled, trails
from coop.proposals.models import Proposal

from .. import access
from ..access import Here, enter, page_of
from ..looking import Look

PAGE = 20
LOOKED_AT = 300  # the newest decisions; whoever looks further back opens the decision itself

WORDS: dict[What, Any] = {
    What.PROPOSAL: gettext_lazy("Proposal"),
    What.NOTICE: gettext_lazy("Notice"),
    What.PROOF: gettext_lazy("Proof that the notice was given"),
    What.REGISTER: gettext_lazy("Register of voters"),
    What.QUORUM: gettext_lazy("Quorum"),
    What.VOTE: gettext_lazy("Vote and count"),
    What.MINUTES: gettext_lazy("Minutes"),
    What.SEAL: gettext_lazy("Seal of the minutes"),
    What.EFFECT: gettext_lazy("Effect"),
    What.ACTIONS: gettext_lazy("Actions agreed"),
    What.PAPERS: gettext_lazy("Documents"),
}
MARKS: dict[Mark, tuple[Any, str]] = {
    Mark.ORDER: (gettext_lazy("in order"), "yes"),
    Mark.LATE: (gettext_lazy("late"), "late"),
    Mark.MISSING: (gettext_lazy("missing"), "no"),
    Mark.WAITS: (gettext_lazy("not due yet"), "waiting"),
    Mark.NONE: (gettext_lazy("nothing belongs here"), "done"),
}
EFFECTS: dict[str, Any] = {
    Proposal.Kind.BYLAWS: gettext_lazy("the next version of the bylaws"),
    Proposal.Kind.AGREEMENT: gettext_lazy("the agreement is in force"),
    Proposal.Kind.BUDGET: gettext_lazy("it stands at the budget"),
    Proposal.Kind.PLAN: gettext_lazy("the plan is set"),
    Proposal.Kind.PRICE: gettext_lazy("the prices are set"),
}


@dataclass(frozen=True)
class Row:
    """A station, in words."""

    label: str
    word: str
    shape: str
    told: list[str]
    address: str


@require_safe
def decisions(request: HttpRequest, coop: str) -> HttpResponse:
    """Those with something late or missing first, each group the newest first."""
    here = enter(request, coop)
    found = trails(list(settled(here.cooperative.pk)[:LOOKED_AT]), day=here.day)
    look = Look(request)
    shown = look.within(found, lambda trail: f"{trail.decision.label} {trail.decision.title}")
    page = page_of(request, sorted(shown, key=lambda trail: not trail.gaps), PAGE)
    rows = [
        {
            "decision": trail.decision,
            "gaps": [f"{WORDS[step.what]}: {MARKS[step.mark][0]}" for step in trail.gaps],
            "shape": "late" if trail.gaps else "yes",
            "word": _many(trail),
        }
        for trail in page
    ]
    context = {
        "look": look,
        "page": page,
        "rows": rows,
        "gaps": sum(1 for trail in found if trail.gaps),
        "looked_at": LOOKED_AT if len(found) == LOOKED_AT else 0,
    }
    return render(request, "decisions/followed/decisions.html", context)


def _many(trail: Trail) -> str:
    gaps = len(trail.gaps)
    if not gaps:
        return _("in order")
    return ngettext("one thing late or missing", "%(many)s things late or missing", gaps) % {"many": gaps}


@require_safe
def decision(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.decision(here, key)
    (trail,) = trails([_whole(found)], day=here.day)
    context = {
        "decision": found,
        "meeting": trail.meeting,
        "rows": [_row(here, step, trail) for step in trail.steps],
        "word": _many(trail),
        "shape": "late" if trail.gaps else "yes",
        "audits": here.may(Power.AUDIT),
    }
    return render(request, "decisions/followed/decision.html", context)


def _whole(found: Decision) -> Decision:
    """With the things that its trail goes by."""
    return Decision.objects.select_related("body", "proposal", "ballot", "cooperative").get(pk=found.pk)


def _row(here: Here, step: Step, trail: Trail) -> Row:
    word, shape = MARKS[step.mark]
    told = _told(step)
    if step.on is not None:
        told.append(_("on %(day)s") % {"day": date_format(step.on, "DATE_FORMAT")})
    if step.by is not None:
        told.append(_("last day: %(day)s") % {"day": date_format(step.by, "DATE_FORMAT")})
    return Row(str(WORDS[step.what]), str(word), shape, told, _address(here, step, trail))


def _told(step: Step) -> list[str]:
    facts = step.facts
    if step.what == What.PROPOSAL:
        return [str(facts["label"])]
    if step.what == What.NOTICE and facts["universal"]:
        return [_("too late, and everybody was there and agreed")]
    if step.what == What.PROOF and facts["many"]:
        return [ngettext("one entry", "%(many)s entries", int(str(facts["many"]))) % facts]
    if step.what == What.REGISTER and facts:
        return [ngettext("one person", "%(people)s people", int(str(facts["people"]))) % facts]
    if step.what == What.QUORUM:
        return _present(facts)
    if step.what == What.VOTE:
        return [str(Decision.Outcome(str(facts["outcome"])).label)]
    if step.what == What.MINUTES and "hash" in facts:
        return [_("fingerprint %(hash)s") % {"hash": str(facts["hash"])[:12]}]
    if step.what == What.SEAL and "number" in facts:
        return [_("number %(number)s of the book") % facts]
    if step.what == What.EFFECT and step.mark != Mark.NONE:
        return [str(EFFECTS.get(str(facts["kind"]), _("it stands in the register of decisions")))]
    if step.what == What.ACTIONS and facts["many"]:
        return [_("%(done)s of %(many)s done, %(late)s over their day") % facts]
    if step.what == What.PAPERS:
        papers: Any = facts["papers"]
        return [title for _number, title in papers]
    return []


def _present(facts: Any) -> list[str]:
    pairs = zip(facts["present"], facts["calls"], strict=True)
    return [
        _("%(present)s there at the opening, on call %(call)s") % {"present": present, "call": call}
        for present, call in pairs
    ]


def _address(here: Here, step: Step, trail: Trail) -> str:
    slug, meeting = here.cooperative.slug, trail.meeting
    match step.what:
        case What.PROPOSAL:
            return reverse("proposal", args=[slug, trail.decision.proposal_id])
        case What.NOTICE | What.PROOF | What.QUORUM | What.ACTIONS if meeting:
            return reverse("meeting", args=[slug, meeting.pk])
        case What.REGISTER if "key" in step.facts:
            return reverse("register", args=[slug, step.facts["key"]])
        case What.VOTE:
            return reverse("ballot-result", args=[slug, trail.decision.ballot_id])
        case What.MINUTES | What.SEAL if "key" in step.facts:
            return reverse("minutes", args=[slug, step.facts["key"]])
        case What.PAPERS if step.facts["papers"]:
            papers: Any = step.facts["papers"]
            return reverse("document", args=[slug, papers[0][0]])
    return ""
