"""What stands in the way of challenging what was proclaimed, of deciding about it and appealing (C08). No writes."""

from __future__ import annotations

import datetime

from django.db.models import QuerySet

from coop.ballots.models import RegisterEntry, Urn
from coop.members.models import Mandate, Member
from coop.refusals import Reason

from ..models import Challenge, Contest, ContestSeat, Election
from .box_again import obstacles_in_box
from .calling import obstacles_to_running_elections
from .commission import obstacles_to_the_elections_work

State = Challenge.State
RUNNING = (Election.State.CANDIDATURES, Election.State.OBJECTIONS, Election.State.FINAL)


def challenge_until(election: Election) -> datetime.date | None:
    """The last day to challenge it; None before it is proclaimed."""
    if election.proclaimed_at is None:
        return None
    proclaimed = election.cooperative.day_of(election.proclaimed_at)
    return proclaimed + datetime.timedelta(days=election.challenge_days)


def obstacles_to_challenging(
    election: Election,
    contest: Contest | None,
    text: str,
    *,
    box: Urn | None = None,
    by: Member,
    at: datetime.datetime,
) -> list[Reason]:
    """Whoever is on the register of voters of the election, in the days after the proclamation, with reasons."""
    last = challenge_until(election)
    if election.state != Election.State.PROCLAIMED or last is None:
        return [Reason("election-not-there", {"election": election.state})]
    found = []
    if election.cooperative.day_of(at) > last:
        found.append(Reason("challenge-days-over", {"day": last.isoformat()}))
    listed = RegisterEntry.objects.filter(register__in=_registers(election), member=by, struck_by=None)
    if not listed.exists():
        found.append(Reason("not-on-its-register", {"label": election.label}))
    if contest is not None and contest.annulled_at is not None:
        found.append(Reason("annulled-already"))
    if box is not None:
        found += obstacles_in_box(election, box)
    return found if text.strip() else [*found, Reason("no-reason-given")]


def _registers(election: Election) -> list[int]:
    """Its own, and where it votes a box again, that of the first vote: whoever voted there is concerned."""
    first = Election.objects.filter(contests__again__election=election).values_list("register", flat=True)
    return [one for one in {election.register_id, *first} if one is not None]


def obstacles_to_deciding_challenge(
    challenge: Challenge, reasons: str, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """The commission; neither who stood in the election nor who challenges. Late is better than never."""
    found = obstacles_to_the_elections_work(challenge.election, by=by, at=at)
    if challenge.state != State.OPEN:
        found.append(Reason("challenge-decided", {"challenge": challenge.state}))
    if by.pk == challenge.member_id:
        found.append(Reason("concerned-yourself"))
    return found if reasons.strip() else [*found, Reason("no-reason-given")]


def obstacles_to_appealing_challenge(
    challenge: Challenge, text: str, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Whoever challenged, in the days after it was dismissed; whoever lost a seat by it, in those after it was upheld.
    Once: what the assembly then says is the last word."""
    found = [] if may_appeal(challenge, by) else [Reason("not-your-challenge")]
    if challenge.state not in (State.DISMISSED, State.UPHELD):
        found.append(Reason("challenge-not-dismissed", {"challenge": challenge.state}))
    elif (
        challenge.appeal_until is not None
        and challenge.election.cooperative.day_of(at) > challenge.appeal_until
    ):
        found.append(Reason("challenge-days-over", {"day": challenge.appeal_until.isoformat()}))
    return found if text.strip() else [*found, Reason("no-reason-given")]


def unseated(challenge: Challenge) -> QuerySet[Mandate]:
    """What was ended, or kept from beginning, by this challenge."""
    ended = Mandate.objects.filter(ended=Mandate.Ended.ANNULLED, end_document=challenge.label)
    ended = ended.filter(seat__office__body__cooperative=challenge.election.cooperative_id)
    return ended.select_related("member", "seat__office__body").order_by("seat__alternate", "pk")


def may_appeal(challenge: Challenge, by: Member) -> bool:
    """Whether it went against this person: dismissed, against who challenged; upheld, against who lost a seat."""
    if challenge.state == State.UPHELD:
        return unseated(challenge).filter(member=by).exists()
    return by.pk == challenge.member_id


def obstacles_to_settling_challenge(
    challenge: Challenge, *, upheld: bool = True, by: Member, at: datetime.datetime
) -> list[Reason]:
    """The commission writes down what the assembly has decided; not who challenged or appealed. Where those who lost
    their seats have them again, a repetition of these seats falls; one that fills others as well is annulled first."""
    found = obstacles_to_running_elections(challenge.election.cooperative, by=by, at=at)
    if challenge.state != State.APPEALED:
        found.append(Reason("challenge-not-appealed", {"challenge": challenge.state}))
    if by.pk in (challenge.member_id, challenge.appealed_by_id):
        found.append(Reason("concerned-yourself"))
    if not upheld:
        mixed = next((one for one in repetitions(challenge) if _fills_others(one, challenge)), None)
        if mixed is not None:
            found.append(Reason("repetition-fills-others", {"label": mixed.label}))
    return found


def repetitions(challenge: Challenge) -> list[Election]:
    """Elections on their way that fill again what this challenge has emptied."""
    seats = unseated(challenge).values("seat")
    held = Election.objects.filter(state__in=RUNNING, contests__seats__seat__in=seats).distinct()
    return list(held.order_by("pk"))


def _fills_others(election: Election, challenge: Challenge) -> bool:
    """Whether it fills full seats besides: those of nobody who lost one by the challenge, nor of their contests."""
    contests = Contest.objects.filter(elected__mandate__in=unseated(challenge))
    own = ContestSeat.objects.filter(contest__in=contests).values("seat")
    return ContestSeat.objects.filter(contest__election=election).exclude(seat__in=own).exists()
