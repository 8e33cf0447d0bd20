"""Proposals, amendments, agreements, decisions and documents of this co-operative, or 404."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from coop.asked_often import Often, Said, given
from coop.decisions.models import CarriedDecision, Decision, Ending
from coop.documents.models import Attachment, Document, Version
from coop.proposals.models import (
    Agreement,
    AgreementArticle,
    AgreementStep,
    Amendment,
    PartOf,
    Proposal,
)
from coop.proposals.rules import rejected_ones

from .entering import Here, one

PROPOSAL = Often(
    lambda: (
        Proposal.objects.select_related("author", "on_behalf_of", "taken_over_by", "cooperative", "again")
        .filter(pk=given("key"), cooperative_id=given("cooperative"))
        .order_by()
    ),
    told=True,
)


def proposal(here: Here, key: int) -> Proposal:
    """A proposal; what was never published is its author's alone, thrown away too."""
    return proposal_and_said(here, key)[0]


def proposal_and_said(here: Here, key: int) -> tuple[Proposal, Said]:
    """And everything that the database says of it, for what is drawn from it."""
    answer = PROPOSAL.answer(key=key, cooperative=here.cooperative.pk)
    thing = next(iter(answer.read()), None)
    if thing is None:
        raise Http404
    if thing.published_at is None and thing.author_id != (here.member.pk if here.member else None):
        raise Http404
    return thing, answer.said


def rejected(here: Here, key: str) -> Proposal:
    """The rejected proposal that an address names, to be brought back."""
    if not (key.isascii() and key.isdigit() and len(key) <= 18):
        raise Http404
    thing: Proposal = one(rejected_ones(here.cooperative), pk=int(key))
    return thing


def amendment(here: Here, key: int) -> Amendment:
    """An amendment; only what has been published is amended."""
    thing: Amendment = one(
        Amendment.objects.select_related(
            *(f"proposal__{name}" for name in ("author", "on_behalf_of", "taken_over_by", "cooperative")),
            *("amends__author", "author", "on_behalf_of", "through__amends"),
        ).filter(proposal__cooperative=here.cooperative),
        pk=key,
    )
    thing.proposal.cooperative = here.cooperative
    return thing


def agreements(here: Here) -> QuerySet[Agreement]:
    found = Agreement.objects.select_related("commission", "proposal", "replaces", "begun_by")
    return found.filter(cooperative=here.cooperative)


def agreement(here: Here, key: int) -> Agreement:
    thing: Agreement = one(agreements(here), pk=key)
    thing.cooperative = here.cooperative
    return thing


def article(here: Here, key: int) -> AgreementArticle:
    """An article of an agreement."""
    found = AgreementArticle.objects.select_related(
        "agreement__commission", "agreement__proposal", "writer", "waits_for"
    )
    thing: AgreementArticle = one(found.filter(agreement__cooperative=here.cooperative), pk=key)
    thing.agreement.cooperative = here.cooperative
    return thing


def agreement_step(here: Here, key: int) -> AgreementStep:
    found = AgreementStep.objects.select_related("agreement__commission")
    thing: AgreementStep = one(found.filter(agreement__cooperative=here.cooperative), pk=key)
    thing.agreement.cooperative = here.cooperative
    return thing


def part_of(here: Here, key: int) -> PartOf:
    """An amendment as part of a common text."""
    found = PartOf.objects.select_related("part", "whole")
    thing: PartOf = one(found.filter(whole__proposal__cooperative=here.cooperative), pk=key)
    return thing


def decision(here: Here, key: int) -> Decision:
    found = Decision.objects.select_related(
        "body", "proposal__author", "amendment__amends", "ballot", "cooperative"
    ).filter(cooperative=here.cooperative)
    thing: Decision = one(found, pk=key)
    return thing


def ending(here: Here, key: int) -> Ending:
    """What a proposal says of an earlier decision; of a draft only its author reads it."""
    found = Ending.objects.select_related("proposal__cooperative", "made__body", "old__body")
    thing: Ending = one(found.filter(proposal__cooperative=here.cooperative), pk=key)
    proposal(here, thing.proposal_id)
    return thing


def carried_decision(here: Here, key: int) -> CarriedDecision:
    """A decision copied from the book, whether it counts, waits or was turned down."""
    found = CarriedDecision.objects.select_related(
        "body", "cooperative", "corrects__body", "entered_by", "confirmed_by", "refused_by"
    )
    thing: CarriedDecision = one(found.filter(cooperative=here.cooperative), pk=key)
    return thing


def document(here: Here, number: int) -> Document:
    thing: Document = one(Document.objects.filter(cooperative=here.cooperative), number=number)
    thing.cooperative = here.cooperative
    return thing


def versions(here: Here) -> QuerySet[Version]:
    """Every version of every document, also what waits and what was turned down."""
    found = Version.objects.select_related(
        "document", "cooperative", "entered_by", "confirmed_by", "refused_by"
    )
    return found.filter(cooperative=here.cooperative)


def version(here: Here, document: int, number: int) -> Version:
    thing: Version = one(versions(here), document__number=document, number=number)
    return thing


def attachment(of: Version, *, with_content: bool = False) -> Attachment | None:
    """The file of a version; its bytes, up to 10 MB, only for whoever saves it."""
    found = Attachment.objects.filter(version=of)
    return (found if with_content else found.defer("content")).first()
