"""Votes, registers of voters, claims and recalls of this co-operative, or 404."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from coop import unchanged
from coop.asked_often import Often, given
from coop.ballots.models import Ballot, Claim, Register
from coop.ballots.office import RUNNING
from coop.elections.models import Petition

from .entering import Here, one


def _opened() -> QuerySet[Ballot]:
    found = Ballot.objects.select_related("body", "register").exclude(state=Ballot.State.DRAFT)
    return found.filter(pk=given("key"), cooperative_id=given("cooperative"))


BALLOT = Often(_opened, told=True)


BALLOT_WITHOUT_TEXT = Often(lambda: _opened().defer("text"), told=True)


def petitions(here: Here) -> QuerySet[Petition]:
    """Recalls that were asked for, running and over."""
    found = Petition.objects.select_related(
        "mandate__member", "mandate__seat__office__body", "filed_by", "verified_by", "joined_to", "ballot"
    )
    return found.filter(cooperative=here.cooperative)


def petition(here: Here, key: int) -> Petition:
    thing: Petition = one(petitions(here), pk=key)
    thing.cooperative = thing.mandate.member.cooperative = here.cooperative
    return thing


def ballot(here: Here, key: int, *, with_text: bool = True) -> Ballot:
    """A ballot that has been opened; drafts are nobody's to read. The text is long, and not every page shows it."""
    asked = BALLOT if with_text else BALLOT_WITHOUT_TEXT
    thing = asked.first(key=key, cooperative=here.cooperative.pk)
    if thing is None:
        raise Http404
    thing.cooperative = here.cooperative
    return thing


def ballot_voted_in(here: Here, key: int) -> Ballot:
    """For whoever casts: which vote it is, and its paper, are fixed from its opening on. Whether it is still open the
    act asks under its lock."""
    with unchanged.as_told(here.cooperative.chain.head_hash):
        return ballot(here, key, with_text=False)


def any_ballot(here: Here, key: int) -> Ballot:
    """A ballot in whatever state; the page says who else may see a draft."""
    found = Ballot.objects.select_related("body", "register").filter(cooperative=here.cooperative)
    thing: Ballot = one(found, pk=key)
    thing.cooperative = here.cooperative
    return thing


def ballot_to_lead(here: Here, key: int) -> Ballot:
    """A ballot in whatever state, for those whose office leads it; for everybody else there is nothing here."""
    found = Ballot.objects.select_related("body", "register", "drawn_up_by", "parent")
    thing: Ballot = one(found.filter(cooperative=here.cooperative), pk=key)
    named = here.member is not None and here.member.pk in thing.leaders
    if not named and not here.powers.any_of(RUNNING, thing.body):
        raise Http404
    thing.cooperative = thing.register.cooperative = here.cooperative
    return thing


def register(here: Here, key: int) -> Register:
    found = Register.objects.select_related("body").filter(cooperative=here.cooperative)
    thing: Register = one(found, pk=key)
    thing.cooperative = thing.body.cooperative = here.cooperative
    return thing


def claim(here: Here, key: int) -> Claim:
    found = Claim.objects.select_related("register__body", "member", "claimed_by", "entered_by", "decided_by")
    thing: Claim = one(found.filter(register__cooperative=here.cooperative), pk=key)
    thing.register.cooperative = thing.register.body.cooperative = here.cooperative
    thing.member.cooperative = here.cooperative
    return thing
