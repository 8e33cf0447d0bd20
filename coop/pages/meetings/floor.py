"""Votes on the floor of a meeting: watched, closed and counted; and the end of the meeting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coop.ballots.acta.sentences import say_result
from coop.ballots.hands import hands_agreed
from coop.ballots.models import Ballot, RollEntry
from coop.ballots.models.ballots import Channel
from coop.decisions.models import Decision
from coop.meetings import actions
from coop.meetings.models import AgendaItem, ItemCall, Meeting
from coop.meetings.rules.leading import obstacles_to_chairing, obstacles_to_leading
from coop.meetings.rules.sittings import obstacles_to_closing_meeting
from coop.meetings.voting_rules import obstacles_to_closing_vote
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter, wants_fragment
from ..agenda import agenda
from .parts import parts_to_end


@dataclass(frozen=True)
class Turnout:
    """A vote under way: how many of those present have voted, on a screen or on paper, and how many are counted by
    hand. Nothing of for and against before the count."""

    line: agenda.Line
    voted: int
    present: int
    hands: int = 0
    before: int = (
        0  # present in sittings that have voted already; the other figures are of those that have not
    )
    counted: int = 0  # hands that are counted and confirmed

    @property
    def hands_to_come(self) -> bool:
        """Only hands are taken, and nobody has been asked for theirs yet: there is nothing to measure."""
        ballot = self.line.ballot
        return ballot is not None and not ballot.on_screens and self.line.by_hands and not self.reached

    @property
    def reached(self) -> int:
        return self.voted + self.hands

    @property
    def missing(self) -> int:
        return max(0, self.present - self.reached)


def running(lines: Iterable[agenda.Line]) -> list[Turnout]:
    """The turnout of every vote under way, in one query, and one for each vote with hands: a hall counts one."""
    live = {line.ballot.pk: line for line in lines if line.live and line.ballot}
    rows = (
        RollEntry.objects.filter(ballot__in=live)
        .order_by()
        .values("ballot", "part")
        .annotate(
            voted=Count("pk", filter=Q(channel__in=[Channel.PHONE, Channel.PAPER])),
            here=Count("pk", filter=Q(present=True)),
            hands=Count("pk", filter=Q(channel=Channel.HANDS)),
        )
    )
    turnout: dict[int, Counter[str]] = {pk: Counter() for pk in live}
    for row in rows:
        ballot = live[row["ballot"]].ballot
        if ballot is not None and row["part"] in ballot.parts_over and ballot.state == Ballot.State.OPEN:
            turnout[row["ballot"]]["before"] += row["here"]
        else:
            turnout[row["ballot"]].update(
                {"voted": row["voted"], "present": row["here"], "hands": row["hands"]}
            )
    return [
        Turnout(
            line,
            voted=turnout[pk]["voted"],
            present=turnout[pk]["present"],
            hands=turnout[pk]["hands"],
            before=turnout[pk]["before"],
            counted=_hands_counted(line) if line.by_hands else 0,
        )
        for pk, line in live.items()
    ]


def _hands_counted(line: agenda.Line) -> int:
    """Hands counted and confirmed, of the sittings that have not finished their part."""
    if line.ballot is None:
        return 0
    over = line.ballot.parts_over if line.ballot.state == Ballot.State.OPEN else []
    return hands_agreed(line.ballot) - sum(hands_agreed(line.ballot, part=part) for part in over)


def led(here: Here, meeting: Meeting) -> Meeting:
    """The meeting, for those who chair or record it; for everybody else the desk is not there."""
    if obstacles_to_leading(meeting, by=acting(here), at=here.at):
        raise Http404
    return meeting


def to_the_desk(item: AgendaItem) -> HttpResponse:
    """Where whoever leads goes on: in the debate while the item is under way, where its result is announced; else
    at the book."""
    called = ItemCall.objects.filter(item=item, ended_at=None, sitting__closed_at=None).exists()
    desk = "in-session" if called else "attendance"
    return redirect(desk, item.meeting.cooperative.slug, item.meeting_id)


@require_http_methods(["GET", "POST"])
def close_vote(request: HttpRequest, coop: str, key: int, place: str) -> HttpResponse:
    """Looks once more at the turnout; then closes, counts, and numbers the decision."""
    here = enter(request, coop)
    item = access.item(here, key, place)
    led(here, item.meeting)
    if request.method != "POST":
        reasons = obstacles_to_closing_vote(item, by=acting(here), at=here.at)
        return _about_to_close(request, here, item, reasons, status=200)
    counting = item.decision is not None and item.decision.ballot.state == Ballot.State.CLOSED
    try:
        decision = _closed_or_counted(item, here, counting, request.POST.get("chair", ""))
    except Refused as refusal:
        if not counting:
            raise
        return _about_to_close(request, here, item, refusal.reasons, status=409)
    if decision.outcome == Decision.Outcome.PENDING:
        messages.success(request, _("Voting is closed. The count waits for people."))
        return redirect("vote-close", coop, key, place)
    tally = decision.ballot.questions.select_related("tally").get(number=1).tally
    messages.success(request, say_result(tally))
    return to_the_desk(item)


def _closed_or_counted(item: AgendaItem, here: Here, counting: bool, chair: str) -> Decision:
    """Who presses on a vote that is closed already wants the count, and is told what is missing."""
    if chair:
        return actions.decide_tie(item=item, choice=chair, by=acting(here), at=here.at)
    if counting:
        return actions.count_vote(item=item, by=acting(here), at=here.at)
    return actions.close_vote(item=item, by=acting(here), at=here.at)


def _about_to_close(
    request: HttpRequest, here: Here, item: AgendaItem, reasons: list[Reason], *, status: int
) -> HttpResponse:
    line = next(line for line in agenda.lines(item.meeting) if line.item.pk == item.pk)
    context = {
        "item": item,
        "meeting": item.meeting,
        "turnout": next(iter(running([line])), None),
        "reasons": reasons,
        "line": line,
        "parts": parts_to_end(item, here),
        "closed": line.live and not line.open,
        "alone": line.ballot is not None and not line.on_paper and not line.ballot.is_secret,
        "status": status,
        "lot": any(reason.code == "lot-needed" for reason in reasons),
        "tie": any(reason.code == "casting-vote-needed" for reason in reasons)
        and not obstacles_to_chairing(item.meeting, by=acting(here), at=here.at),
    }
    part = "#turnout" if wants_fragment(request) else ""
    return render(request, f"meetings/records/close_vote.html{part}", context, status=status)


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
    return render(request, "meetings/records/close_meeting.html", context)
