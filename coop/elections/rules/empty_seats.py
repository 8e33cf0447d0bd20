"""What stands in the way of filling an empty seat, and of choosing between two posts (practice C09, 1D). No writes."""

from __future__ import annotations

import datetime

from coop.charter.models import Bylaws
from coop.members.alternates import next_alternate
from coop.members.models import Mandate, Member, Power, Seat
from coop.members.powers import obstacles_without
from coop.refusals import Reason

from ..choices import Choice, choices_waiting, excluded_by
from ..incompatible import Post
from ..models import Challenge, Petition
from ..vacant import CountedBack, against_holding, count_back_for, elected_to, vacancy_of


def obstacles_in_seat(seat: Seat, way: str, at: datetime.datetime, bylaws: Bylaws) -> list[Reason]:
    """Somebody holds it or is to, an alternate is there, or the bylaws do not know this way."""
    found = [] if way in bylaws.chosen("vacancy_filled_by") else [Reason("way-not-in-bylaws", {"way": way})]
    if seat.alternate:
        found.append(Reason("seat-of-an-alternate"))
    one = vacancy_of(seat, at)
    taken = one.coming or one.named or one.stands_in
    if taken is None and one.last is not None and (one.last.until is None or one.last.until > at):
        taken = one.last
    if taken is not None:
        found.append(Reason("seat-taken", {"name": taken.member.name}))
    elif next_alternate(seat, at) is not None:
        found.append(Reason("alternate-waits"))
    return found


def obstacles_to_counting_back(
    seat: Seat,
    *,
    by: Member,
    at: datetime.datetime,
    bylaws: Bylaws,
    counted: CountedBack | None = None,
) -> list[Reason]:
    """By the commission, where the papers name one person. `counted`: what they say, where it was asked already."""
    found = obstacles_without(Power.RUN_ELECTIONS, by=by, at=at)
    if by.cooperative_id != seat.office.body.cooperative_id:
        found.append(Reason("not-of-this-cooperative", {"name": by.name}))
    found += obstacles_in_seat(seat, "count_back", at, bylaws)
    elected = elected_to(seat)
    if elected is not None:
        waiting = Challenge.objects.filter(
            election=elected.contest.election_id, state__in=(Challenge.State.OPEN, Challenge.State.APPEALED)
        )
        found += [Reason("challenge-waits")] if waiting.exists() else []
    counted = counted or count_back_for(seat, at, bylaws)
    return [*found, *counted.against]


def obstacles_to_naming(
    seat: Seat,
    member: Member | None,
    because: str,
    *,
    by: Member,
    at: datetime.datetime,
    bylaws: Bylaws,
) -> list[Reason]:
    """By the auditor, somebody who could be elected, and whom nothing they hold excludes (INAES, art. 56)."""
    found = obstacles_without(Power.AUDIT, by=by, at=at)
    body = seat.office.body
    if by.cooperative_id != body.cooperative_id:
        found.append(Reason("not-of-this-cooperative", {"name": by.name}))
    found += obstacles_in_seat(seat, "named", at, bylaws)
    if not because.strip():
        found.append(Reason("no-reason-given"))
    if member is None:
        return found
    if member.cooperative_id != body.cooperative_id:
        return [*found, Reason("not-of-this-cooperative", {"name": member.name})]
    if member.pk == by.pk:
        found.append(Reason("names-oneself"))
    found += against_holding(member, seat, at, bylaws)
    post = Post(seat.office_id, body.pk, body.kind)
    for held in excluded_by(member, at, post, bylaws):
        found.append(Reason("post-excludes", {"name": member.name, "office": held.seat.office.title}))
    return found


# --- Choosing between two posts -------------------------------------------------------------------------------------


def choice_between(keep: Mandate, give_up: Mandate, at: datetime.datetime) -> Choice | None:
    """The choice that waits between these two, as it stands; none where nothing has to be chosen any more."""
    pair = {keep.pk, give_up.pk}
    waiting = choices_waiting(keep.member.cooperative, at, member=keep.member)
    return next((one for one in waiting if {one.first.pk, one.second.pk} == pair), None)


def obstacles_to_choosing(
    keep: Mandate, give_up: Mandate, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """One's own posts, until the last day. A post whose recall is asked for is given up by resigning, so that the bar
    holds."""
    found = [] if by.pk == keep.member_id == give_up.member_id else [Reason("not-your-office")]
    waiting = choice_between(keep, give_up, at)
    if waiting is None:
        return [*found, Reason("nothing-to-choose")]
    if by.cooperative.day_of(at) > waiting.until:
        found.append(Reason("choice-days-over", {"day": waiting.until.isoformat()}))
    asked = Petition.objects.filter(mandate=give_up, state__in=Petition.PENDING).first()
    if asked is not None:
        found.append(Reason("recall-asked-for", {"label": asked.label}))
    return found


def choice_is_over(choice: Choice, at: datetime.datetime) -> bool:
    return choice.member.cooperative.day_of(at) > choice.until
