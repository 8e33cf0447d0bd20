"""Elections of this co-operative, what is filled in them, who stands and what is objected, or 404."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from coop.elections.models import Candidature, Contest, Election, Kinship, Objection
from coop.members.models import Power

from .entering import Here, acting, one


def elections(here: Here) -> QuerySet[Election]:
    """One that is only drawn up is read by the commission, and by who audits."""
    found = Election.objects.filter(cooperative=here.cooperative).select_related("called_by", "register")
    if here.may(Power.RUN_ELECTIONS) or here.may(Power.AUDIT):
        return found
    return found.exclude(state=Election.State.DRAWN_UP)


def election(here: Here, key: int) -> Election:
    thing: Election = one(elections(here), pk=key)
    thing.cooperative = here.cooperative
    return thing


def contest(here: Here, key: int) -> Contest:
    found = Contest.objects.select_related("election", "office__body")
    thing: Contest = one(found.filter(election__in=elections(here)), pk=key)
    thing.election.cooperative = here.cooperative
    return thing


def candidatures(here: Here) -> QuerySet[Candidature]:
    found = Candidature.objects.select_related(
        "contest__election", "contest__office__body", "member", "nominated_by", "decided_by"
    )
    return found.filter(contest__election__cooperative=here.cooperative)


def candidature(here: Here, key: int) -> Candidature:
    thing: Candidature = one(candidatures(here), pk=key)
    thing.contest.election.cooperative = thing.member.cooperative = here.cooperative
    return thing


def objection(here: Here, key: int) -> Objection:
    found = Objection.objects.select_related(
        "candidature__contest__election", "candidature__contest__office", "candidature__member", "member"
    )
    thing: Objection = one(found.filter(member__cooperative=here.cooperative), pk=key)
    thing.candidature.contest.election.cooperative = here.cooperative
    return thing


def kinship(here: Here, key: int) -> Kinship:
    """Of the reader themselves; of others there is none to be found."""
    me = acting(here)
    thing: Kinship = one(Kinship.objects.filter(Q(first=me) | Q(second=me)), pk=key)
    return thing
