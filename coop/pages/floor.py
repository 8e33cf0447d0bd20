"""Votes on the floor of a meeting: opened, watched, closed and counted; and the end of the meeting."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.ballots.models import RollEntry
from coop.ballots.sentences import say_result, say_rule
from coop.meetings import actions
from coop.meetings.models import AgendaItem, Meeting
from coop.meetings.rules import (
    obstacles_to_closing_meeting,
    obstacles_to_closing_vote,
    obstacles_to_leading,
    obstacles_to_opening_vote,
    present_voters,
)
from coop.refusals import Reason, Refused

from . import access, agenda
from .access import Here, acting, enter, wants_fragment
from .sheets import Sheet

LONGEST_VOTE = 12 * 60  # minutes


class OpenVoteForm(Sheet):
    minutes = forms.IntegerField(
        label=gettext_lazy("Closes by itself after so many minutes"),
        help_text=gettext_lazy("Left empty, it stays open until you close it."),
        min_value=1,
        max_value=LONGEST_VOTE,
        required=False,
    )


@dataclass(frozen=True)
class Turnout:
    """A vote under way: how many of those present have voted. Nothing of for and against before the count."""

    line: agenda.Line
    voted: int
    present: int

    @property
    def missing(self) -> int:
        return max(0, self.present - self.voted)


def running(lines: Iterable[agenda.Line]) -> list[Turnout]:
    """The turnout of every vote under way, in one query."""
    live = {line.ballot.pk: line for line in lines if line.live and line.ballot}
    rows = (
        RollEntry.objects.filter(ballot__in=live)
        .values("ballot")
        .annotate(
            voted=Count("pk", filter=Q(channel__isnull=False)), here=Count("pk", filter=Q(present=True))
        )
    )
    turnout = {row["ballot"]: (row["voted"], row["here"]) for row in rows}
    return [Turnout(line, *turnout.get(pk, (0, 0))) for pk, line in live.items()]


def led(here: Here, meeting: Meeting) -> Meeting:
    """The meeting, for those who chair or record it; for everybody else the desk is not there."""
    if obstacles_to_leading(meeting, by=acting(here), at=here.at):
        raise Http404
    return meeting


@require_http_methods(["GET", "POST"])
def open_vote(request: HttpRequest, coop: str, key: int, number: int) -> HttpResponse:
    """What exactly will be voted, under which rule; then the vote is opened."""
    here = enter(request, coop)
    item = access.item(here, key, number)
    led(here, item.meeting)
    form = OpenVoteForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        reasons = obstacles_to_opening_vote(item, by=acting(here), at=here.at)
        return _about_to_open(request, here, item, form, reasons, status=200)
    if not form.is_valid():
        return _about_to_open(request, here, item, form, [], status=422)
    minutes = form.cleaned_data["minutes"]
    closes_at = here.at + datetime.timedelta(minutes=minutes) if minutes else None
    try:
        actions.open_vote(item=item, closes_at=closes_at, by=acting(here), at=here.at)
    except Refused as refusal:
        return _about_to_open(request, here, item, form, refusal.reasons, status=409)
    messages.success(request, _("The vote on item %(number)s is open.") % {"number": number})
    return redirect("attendance", coop, key)


def _about_to_open(
    request: HttpRequest,
    here: Here,
    item: AgendaItem,
    form: OpenVoteForm,
    reasons: list[Reason],
    *,
    status: int,
) -> HttpResponse:
    context = {"item": item, "meeting": item.meeting, "form": form, "reasons": reasons, "status": status}
    context["present"] = present_voters(item.meeting)
    if item.proposal is not None:
        share, base = here.bylaws.majority_for(item.proposal.matter)
        context["rule"] = say_rule(f"{share.numerator}/{share.denominator}", base)
        context["clauses"] = item.proposal.clauses.all()
    return render(request, "records/open_vote.html", context, status=status)


@require_http_methods(["GET", "POST"])
def close_vote(request: HttpRequest, coop: str, key: int, number: int) -> HttpResponse:
    """Looks once more at the turnout; then closes, counts, and numbers the decision."""
    here = enter(request, coop)
    item = access.item(here, key, number)
    led(here, item.meeting)
    if request.method == "POST":
        decision = actions.close_vote(item=item, by=acting(here), at=here.at)
        tally = decision.ballot.questions.select_related("tally").get(number=1).tally
        messages.success(request, say_result(tally))
        return redirect("attendance", coop, key)
    reasons = obstacles_to_closing_vote(item, by=acting(here), at=here.at)
    line = next(line for line in agenda.lines(item.meeting) if line.item.number == number)
    turnout = next(iter(running([line])), None)
    context = {"item": item, "meeting": item.meeting, "turnout": turnout, "reasons": reasons, "line": line}
    part = "#turnout" if wants_fragment(request) else ""
    return render(request, f"records/close_vote.html{part}", context)


@require_http_methods(["GET", "POST"])
def close_meeting(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Looks once more at what was not voted; then the meeting is over."""
    here = enter(request, coop)
    meeting = led(here, access.meeting(here, key))
    if request.method == "POST":
        actions.close_meeting(meeting=meeting, by=acting(here), at=here.at)
        messages.success(request, _("The meeting is closed. Next: the minutes."))
        return redirect("minutes", coop, key)
    reasons = obstacles_to_closing_meeting(meeting, by=acting(here), at=here.at)
    left = [line for line in agenda.lines(meeting) if line.open_to_vote]
    context = {"meeting": meeting, "reasons": reasons, "left": left}
    return render(request, "records/close_meeting.html", context)
