"""Who holds two posts that exclude each other, and has to choose. Reads, writes nothing."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Count, Q

from coop.charter.models import Bylaws, Cooperative
from coop.members.models import Mandate, Member

from .incompatible import Post, exclude_each_other
from .models import Contest

# What makes somebody choose; what stood in the founding act or the book was known when it was confirmed.
GIVEN_SINCE = (Mandate.Begun.ELECTED, Mandate.Begun.MOVED_UP, Mandate.Begun.COUNTED_BACK)


@dataclass(frozen=True)
class Choice:
    """`first` was given before `second`, which is void when nothing is chosen by the end of `until`."""

    member: Member
    first: Mandate
    second: Mandate
    until: datetime.date


def post_of(mandate: Mandate) -> Post:
    office = mandate.seat.office
    return Post(office.pk, office.body_id, office.body.kind)


def choices_waiting(
    cooperative: Cooperative, at: datetime.datetime, *, member: Member | None = None
) -> list[Choice]:
    """Of everybody, or of one. Two queries, and one for each set of bylaws that was in force when a post was given."""
    held = Mandate.objects.filter(
        Mandate.not_over(at),
        confirmed_at__isnull=False,
        member__cooperative=cooperative,
        seat__alternate=False,
    )
    if member is not None:
        held = held.filter(member=member)
    several = held.order_by().values("member").annotate(many=Count("pk")).filter(many__gt=1).values("member")
    of: dict[int, list[Mandate]] = {}
    for mandate in (
        held.filter(member__in=several)
        .select_related("member__cooperative__chain", "seat__office__body", "seat__crew", "seat__department")
        .order_by("confirmed_at", "pk")
    ):
        of.setdefault(mandate.member_id, []).append(mandate)
    rules: dict[datetime.date, Bylaws] = {}
    found = []
    for mandates in of.values():
        for first, second in combinations(mandates, 2):
            if second.begun not in GIVEN_SINCE or not _overlap(first, second):
                continue
            assert second.confirmed_at is not None
            given = cooperative.day_of(second.confirmed_at)
            bylaws = rules.setdefault(given, Bylaws.in_force(cooperative, given))
            if exclude_each_other(post_of(first), post_of(second), bylaws.chosen("incompatible_posts")):
                until = given + datetime.timedelta(days=bylaws.incompatible_choice_days)
                found.append(Choice(second.member, first, second, until))
    return found


def excluded_by(member: Member, at: datetime.datetime, post: Post, bylaws: Bylaws) -> list[Mandate]:
    """What the member holds, or is to hold, that excludes this post."""
    held = Mandate.objects.filter(Mandate.not_over(at), member=member, seat__alternate=False)
    chosen = bylaws.chosen("incompatible_posts")
    return [
        one
        for one in held.filter(Q(confirmed_at__isnull=False)).select_related("seat__office__body", "member")
        if exclude_each_other(post_of(one), post, chosen)
    ]


def chooses_if_elected(
    contest: Contest, member: Member, *, at: datetime.datetime, bylaws: Bylaws
) -> list[Mandate]:
    """What a candidate would still hold when those elected begin, and could not keep beside this post. Nobody is kept
    from standing for it."""
    office, day = contest.office, contest.election.begins_on
    day_of = contest.election.cooperative.day_of
    post = Post(office.pk, office.body_id, office.body.kind)
    return [
        one
        for one in excluded_by(member, at, post, bylaws)
        if one.seat.office_id != office.pk and (one.until is None or day_of(one.until) > day)
    ]


def _overlap(first: Mandate, second: Mandate) -> bool:
    return (first.until is None or second.since < first.until) and (
        second.until is None or first.since < second.until
    )
