"""An agreement that a commission writes: Fay calls the commission, Fay, Gus and Hal sit in it."""

from __future__ import annotations

import datetime
from typing import Any

from coop.members import actions as members
from coop.members.models import Body, Member, Power
from coop.proposals import actions as proposals
from coop.proposals.actions import agreements
from coop.proposals.models import Agreement, AgreementArticle, Proposal
from tests import make
from tests.kept_steps import kept


@kept
def commission(
    plant: make.Plant,
    code: str = "AGR",
    people: str = "fay gus hal",
    *,
    name: str = "Drafting commission",
    seat: str = "member",
) -> Body:
    """Whoever is named first calls it, unless it is one alone."""
    founding: dict[str, Any] = {"by": make.FOUNDING, "at": make.FOUNDED}
    holders = [plant.people[name] for name in people.split()]
    body = members.create_body(
        cooperative=plant.cooperative,
        code=code,
        name=name,
        kind=Body.Kind.COMMISSION,
        composition=Body.Composition.MANDATE,
        **founding,
    )
    seats = members.create_office(
        body=body, title=seat, seats=[(False, None, None)] * len(holders), **founding
    )
    for number, who in enumerate(holders, 1):
        members.begin_mandate(
            seat=seats.seats.get(number=number),
            member=who,
            since=make.FOUNDED,
            until=None,
            begun="founding",
            document="Founding act",
            **founding,
        )
    if len(holders) > 1:
        make.office(plant, body, "convener", holders[0], [(Power.CONVENE, body)])
    return body


@kept
def agreement(plant: make.Plant, *, code: str = "LA-2", body: Body | None = None, **more: Any) -> Agreement:
    """Begun today by the secretary; to hold from in 40 days, for two years."""
    today = plant.cooperative.day_of(make.now())
    facts: dict[str, Any] = {
        "title": "Labour agreement",
        "mandate": "D GA 2026-1",
        "starts_on": today + datetime.timedelta(days=40),
        "expires_on": today + datetime.timedelta(days=770),
    }
    return agreements.begin_agreement(
        code=code,
        commission=body or commission(plant),
        by=plant.ana,
        at=make.now(),
        **(facts | more),
    )


@kept
def article(
    plant: make.Plant,
    of: Agreement,
    title: str = "Night work",
    *,
    writer: Member | None = None,
    texts: tuple[str, ...] = ("Nobody works more than six nights.",),
) -> AgreementArticle:
    """Written by Gus, or by another of the commission, in so many versions."""
    who = writer or plant.gus
    made = agreements.add_article(agreement=of, title=title, writer=who, by=plant.fay, at=make.now())
    for version, text in enumerate(texts):
        agreements.write_article(article=made, title=title, text=text, version=version, by=who, at=make.now())
    made.refresh_from_db()
    return made


@kept
def laid_before(plant: make.Plant, of: Agreement) -> Proposal:
    """Before the assembly: published by Fay and signed by enough."""
    text = agreements.lay_before_assembly(agreement=of, by=plant.fay, at=make.now())
    proposals.publish(proposal=text, by=plant.fay, at=make.now())
    for who in (plant.ida, plant.jo):
        proposals.support(proposal=text, by=who, at=make.now())
    text.refresh_from_db()
    return text


def for_the_doors(plant: make.Plant) -> dict[str, dict[str, Any]]:
    """Eve sits alone in a commission and writes its only article."""
    body = commission(plant, "ΣΥΜ", "eve", name="Επιτροπή", seat="μέλος")
    text = agreement(plant, code="Σ-1", title="Συλλογική σύμβαση", mandate="Απόφαση 1", body=body)
    one = agreements.add_article(
        agreement=text, title="Νυχτερινή εργασία", writer=plant.eve, by=plant.eve, at=make.now()
    )
    facts: dict[str, Any] = {"article": one, "by": plant.eve, "at": make.now()}
    agreements.write_article(title="Νυχτερινή εργασία", text="Έξι νύχτες.", version=0, **facts)
    agreements.write_article(title="Νυχτερινή εργασία", text="Πέντε νύχτες.", version=1, **facts)
    agreements.comment_on_article(text="Λίγες.", **facts)
    day = plant.cooperative.day_of(make.now())
    step = agreements.add_step(agreement=text, day=day, what="Τέλος", by=plant.eve, at=make.now())
    of_it = ("agreement", "agreement-text", "agreement-printed", "agreement-set", "agreement-step")
    of_article = ("article", "article-write", "article-state", "article-hand-on", "article-comment")
    return {
        **{name: {"key": text.pk} for name in (*of_it, "agreement-lay-before", "article-add")},
        **{name: {"key": one.pk} for name in of_article},
        "agreement-step-done": {"key": step.pk},
    }
