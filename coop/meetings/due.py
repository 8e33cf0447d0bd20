"""What happens by itself when its time has come (ruling 4): a list of small tasks, each idempotent and alone.

Every task takes its own locks and asks again under them, so that a page, a person or another `tick` may have been
faster without harm.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils.module_loading import import_string

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot, Claim, Register
from coop.ballots.models.ballots import Channel
from coop.charter.models import Bylaws, Cooperative
from coop.decisions.models import Decision
from coop.elections import actions as elections
from coop.elections.choices import choices_waiting
from coop.elections.models import Petition, Resignation
from coop.elections.rules.empty_seats import choice_is_over
from coop.elections.rules.moving_away import obstacles_to_moving_away
from coop.intake import actions as lists
from coop.intake.models import Intake
from coop.intake.rules import FORGOTTEN_AFTER as FORGET_LISTS_AFTER
from coop.journal.models import CLOCK
from coop.keys import actions as keys
from coop.keys.models import Guesses, Session
from coop.keys.waiting import FORGOTTEN_AFTER
from coop.members import actions as members
from coop.members.models import Mandate, Member, Posting, Standing
from coop.members.rules.lives import obstacles_to_becoming_final, standing_on
from coop.proposals import actions as proposals
from coop.proposals.models import Proposal

from . import actions
from .models import Meeting, Series
from .problems import drafts_without_list, has_list_to_take_up
from .series import turns_to_prepare


@dataclass(frozen=True)
class Task:
    """`says` is for whoever watches the terminal or reads the log."""

    says: str
    act: Callable[[], object]


def votes_to_close(at: datetime.datetime) -> Iterator[Task]:
    for ballot in Ballot.objects.filter(state=Ballot.State.OPEN, closes_at__lte=at):
        yield Task(f"vote closed: {ballot.title}", partial(ballots.latch, ballot=ballot, at=at))


def decisions_to_settle(at: datetime.datetime) -> Iterator[Task]:
    """Votes that are counted, and those that closed by the clock or by somebody's look, where nobody has to count."""
    waiting = Decision.objects.filter(outcome=Decision.Outcome.PENDING)
    alone = Q(ballot__state=Ballot.State.CLOSED, ballot__secrecy=Ballot.Secrecy.OPEN)
    alone &= Q(ballot__channels=[Channel.PHONE])
    for decision in waiting.filter(alone | Q(ballot__state=Ballot.State.COUNTED)):
        yield Task(
            f"decided: {decision.title}",
            partial(actions.settle_vote, decision=decision, at=at),
        )


def registers_to_draw(at: datetime.datetime) -> Iterator[Task]:
    """The register of a meeting is drawn when its closing day is over where the plant stands."""
    waiting = Meeting.objects.filter(state=Meeting.State.CONVENED, register=None).select_related(
        "cooperative"
    )
    for meeting in waiting:
        closes_on = meeting.register_closes_on
        if closes_on is not None and meeting.cooperative.day_of(at) > closes_on:
            yield Task(
                f"register drawn: {meeting}",
                partial(actions.draw_register, meeting=meeting, at=at),
            )


def turns_of_series(at: datetime.datetime) -> Iterator[Task]:
    """The drafts of meetings that come back, so many days before each."""
    running = Series.objects.filter(ended_at=None).select_related("body__cooperative")
    for series in running.order_by("pk"):
        if turns_to_prepare(series, at):
            yield Task(f"prepared: {series}", partial(actions.prepare_turns, series=series, at=at))


def lists_of_problems_to_take_up(at: datetime.datetime) -> Iterator[Task]:
    """The list of problems goes on the draft of a body as soon as something stands before it."""
    for meeting in drafts_without_list():
        if has_list_to_take_up(meeting):
            yield Task(
                f"problems on the agenda: {meeting}",
                partial(actions.take_up_problems, meeting=meeting, at=at),
            )


def registers_to_make_final(at: datetime.datetime) -> Iterator[Task]:
    """The claims days are over and no claim waits. A register with a claim becomes final by the last decision."""
    waiting = Register.objects.filter(final_at=None, claims_until__lte=at).select_related("body")
    for register in waiting.exclude(claims__state=Claim.State.OPEN):
        yield Task(f"register final: {register}", partial(ballots.make_final, register=register, at=at))


def proposals_to_fall(at: datetime.datetime) -> Iterator[Task]:
    for proposal in Proposal.objects.filter(state=Proposal.State.OPEN, support_until__lte=at):
        yield Task(
            f"fallen for lack of support: {proposal}",
            partial(proposals.let_fall, proposal=proposal, at=at),
        )


def sessions_to_forget(at: datetime.datetime) -> Iterator[Task]:
    over = Session.objects.filter(expire_date__lte=at)
    if over.exists():
        yield Task("sessions that were over forgotten", over.delete)


def guesses_to_forget(at: datetime.datetime) -> Iterator[Task]:
    if Guesses.objects.filter(last_at__lte=at - FORGOTTEN_AFTER).exists():
        yield Task("wrong tries of long ago forgotten", partial(keys.forget_guesses, by=CLOCK, at=at))


def lists_to_enter(at: datetime.datetime) -> Iterator[Task]:
    """Lists from a spreadsheet that somebody confirmed, or takes back: batch after batch, each a transaction."""
    under_way = Intake.objects.filter(state__in=[Intake.State.RUNNING, Intake.State.UNDOING]).defer("tables")
    for intake in under_way.select_related("confirmed_by__cooperative", "undone_by__cooperative"):
        yield Task(f"list worked off: {intake}", partial(_to_the_end, intake=intake, at=at))


def _to_the_end(*, intake: Intake, at: datetime.datetime) -> None:
    by = intake.undone_by or intake.confirmed_by
    while by is not None and lists.work_off(intake=intake, by=by, at=at):
        pass


def lists_to_forget(at: datetime.datetime) -> Iterator[Task]:
    """What nobody confirmed goes after a day; of the rest, what names people, once it can no longer be taken back."""
    old = at - FORGET_LISTS_AFTER
    unconfirmed = Q(state=Intake.State.READ, read_at__lte=old)
    over = Q(state__in=[Intake.State.DONE, Intake.State.UNDONE], confirmed_at__lte=old) & ~Q(tables=[])
    for intake in Intake.objects.filter(unconfirmed | over).defer("tables"):
        yield Task(f"list forgotten: {intake.pk}", partial(lists.forget, intake=intake, by=CLOCK, at=at))


def suspensions_to_become_final(at: datetime.datetime) -> Iterator[Task]:
    """Suspensions that nobody appealed in the days of the bylaws."""
    running = Standing.objects.filter(
        status=Standing.Status.SUSPENDED, struck_at=None, appealed_at=None, final_at=None
    )
    for standing in running.select_related("member__cooperative").order_by("pk"):
        cooperative = standing.member.cooperative
        day = cooperative.day_of(at)
        bylaws = Bylaws.in_force(cooperative, day)
        if not obstacles_to_becoming_final(standing, day=day, bylaws=bylaws):
            yield Task(
                f"suspension final: member {standing.member.number}",
                partial(members.let_suspension_become_final, standing=standing, at=at),
            )


def seats_to_empty(at: datetime.datetime) -> Iterator[Task]:
    """Mandates of people whose day of leaving, written down before, has come."""
    held = Mandate.objects.filter(Mandate.not_over(at))
    leaving = Standing.objects.filter(status__in=Standing.GONE, struck_at=None)
    found = Member.objects.filter(pk__in=held.values("member")).filter(pk__in=leaving.values("member"))
    for member in found.select_related("cooperative").order_by("pk"):
        standing = standing_on(member, member.cooperative.day_of(at))
        if standing is not None and standing.status in Standing.GONE:
            yield Task(
                f"seats empty: member {member.number} has gone",
                partial(members.empty_seats_of_the_gone, member=member, at=at),
            )


def seats_of_the_moved(at: datetime.datetime) -> Iterator[Task]:
    """Seats whose holder works elsewhere since a month that is over."""
    held = Mandate.objects.filter(Mandate.in_force(at) & Mandate.not_over(at), seat__alternate=False)
    moved = Posting.objects.filter(member=OuterRef("member"), struck_at=None, since__gt=OuterRef("since"))
    of_a_place = Q(seat__office__body__department__isnull=False)
    of_a_place |= Q(seat__department__isnull=False) | Q(seat__crew__isnull=False)
    found = (
        held.filter(of_a_place)
        .filter(Exists(moved))
        .select_related(
            "member__cooperative", "seat__office__body__department", "seat__department", "seat__crew"
        )
    )
    for mandate in found.order_by("pk"):
        if not obstacles_to_moving_away(mandate, at=at):
            yield Task(
                f"seat empty: member {mandate.member.number} works elsewhere",
                partial(elections.empty_seat_of_the_moved, mandate=mandate, at=at),
            )


def petitions_out_of_time(at: datetime.datetime) -> Iterator[Task]:
    """Whose days to collect are over, or whose mandate is."""
    running = Petition.objects.filter(state__in=Petition.PENDING)
    over = Q(state=Petition.State.COLLECTING, collect_until__lte=at)
    over |= ~Q(Mandate.not_over(at, "mandate__"))
    for petition in running.filter(over).order_by("pk"):
        yield Task(f"petition: {petition}", partial(elections.let_time_pass, petition=petition, at=at))


def resignations_that_waited(at: datetime.datetime) -> Iterator[Task]:
    """One that still waits is asked again at the next tick."""
    waiting = Resignation.objects.filter(Mandate.not_over(at, "mandate__"), counts_from=None)
    for resignation in waiting.order_by("pk"):
        yield Task(f"resigned: {resignation}", partial(elections.let_go, resignation=resignation, at=at))


def choices_to_pass(at: datetime.datetime) -> Iterator[Task]:
    """Whoever was elected to two posts that exclude each other and has not chosen in time: the second is void."""
    for cooperative in Cooperative.objects.order_by("pk"):
        for choice in choices_waiting(cooperative, at):
            if choice_is_over(choice, at):
                yield Task(
                    f"post void: {choice.second}",
                    partial(elections.let_choice_pass, first=choice.first, second=choice.second, at=at),
                )


DUE = (
    votes_to_close,
    decisions_to_settle,
    registers_to_draw,
    turns_of_series,
    lists_of_problems_to_take_up,
    registers_to_make_final,
    proposals_to_fall,
    suspensions_to_become_final,
    seats_to_empty,
    seats_of_the_moved,
    petitions_out_of_time,
    resignations_that_waited,
    choices_to_pass,
    sessions_to_forget,
    guesses_to_forget,
    lists_to_enter,
    lists_to_forget,
)


def finders() -> tuple[Callable[[datetime.datetime], Iterator[Task]], ...]:
    """What looks for tasks, of this stage and of those below it (settings.DONE_BY_THE_CLOCK)."""
    return tuple(find for name in settings.DONE_BY_THE_CLOCK for find in import_string(name))
