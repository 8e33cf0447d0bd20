"""A budget is laid before the assembly: one proposal for each of its amendments, and one for the whole.

Whoever keeps the budget puts it with `lay_before`, never with `budget.put` alone: what is not laid cannot be voted.
"""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Max

from coop.budget import actions as budget
from coop.budget.actions.locks import locked as locked_year
from coop.budget.models import Amendment, Year
from coop.budget.tables import Table
from coop.charter.models import Cooperative
from coop.journal.actions import write as write_journal
from coop.journal.models import Actor
from coop.members.models import Member
from coop.refusals import refuse_if

from ..budget_words import clauses_of, title_of
from ..models import BudgetMotion, Clause, Proposal
from ..rules.budgets import obstacles_to_laying
from ..rules.life import words_hash
from ..wording import tidy_clause
from .proposals import locked, subject_of

State = Proposal.State


@transaction.atomic
def lay_before(*, year: Year, by: Member, at: datetime.datetime) -> list[Proposal]:
    """Puts the budget: its text and the order of voting are out, and the assembly has something to vote on.

    Returns the proposals, its amendments as they were numbered and then the whole. Nobody signs them: the amendments
    have found their support, and the whole is owed.
    """
    cooperative = Cooperative.objects.select_for_update(no_key=True).get(pk=year.cooperative_id)
    year = locked_year(year)
    if year.state == Year.State.CONCILIATION:
        budget.put(year=year, by=by, at=at)
        year = locked_year(year)
    refuse_if(obstacles_to_laying(year))
    asked = year.amendments.filter(state=Amendment.State.ADMITTED).select_related("author", "on_behalf_of")
    table = Table.of(year)
    day = cooperative.day_of(at)
    last = Proposal.objects.filter(cooperative=cooperative, year=day.year).aggregate(last=Max("number"))
    number = last["last"] or 0
    laid = []
    for amendment in [*asked.order_by("number"), None]:
        number += 1
        motion = BudgetMotion(year=year, amendment=amendment)
        laid.append(_laid(motion, table, number=number, day=day, by=by, at=at))
    return laid


def _laid(
    motion: BudgetMotion, table: Table, *, number: int, day: datetime.date, by: Member, at: datetime.datetime
) -> Proposal:
    """Written, published and admitted in one: it takes every step that a proposal takes."""
    amendment = motion.amendment
    if amendment is not None:
        amendment.year = motion.year
    words = [tidy_clause(clause) for clause in clauses_of(motion, table)]
    proposal = Proposal.objects.create(
        cooperative=motion.year.cooperative,
        kind=Proposal.Kind.BUDGET,
        title=title_of(motion),
        reasons=amendment.reasons if amendment else "",
        author=amendment.author if amendment else by,
        on_behalf_of=amendment.on_behalf_of if amendment else None,
        written_at=at,
    )
    Clause.objects.bulk_create(
        Clause(proposal=proposal, number=place, text=text) for place, text in enumerate(words, 1)
    )
    motion.proposal = proposal
    motion.save(force_insert=True)
    public = {"year": day.year, "number": number, "published_at": at, "support_needed": 0}
    step = Proposal.objects.filter(pk=proposal.pk)
    step.update(state=State.OPEN, support_until=at, words_hash=words_hash(words), **public)
    step.update(state=State.ADMITTED, admitted_at=at)
    proposal.refresh_from_db()
    write_journal(
        motion.year.cooperative.chain,
        verb="budget-laid-before",
        subject=subject_of(proposal),
        by=by.actor,
        at=at,
        facts={"budget": motion.year.label, "clauses": len(words)},
    )
    return proposal


@transaction.atomic
def settle_the_rest(*, year: Year, by: Actor, at: datetime.datetime) -> None:
    """The whole is decided. What fell or was withdrawn is not voted any more; its proposals end with it."""
    left = Proposal.objects.filter(
        pk__in=BudgetMotion.objects.filter(year=year).values("proposal"),
        state__in=[State.ADMITTED, State.TABLED],
    )
    for proposal in left.order_by("pk"):
        proposal = locked(proposal)
        Proposal.objects.filter(pk=proposal.pk).update(state=State.SETTLED, settled_at=at, carried=False)
        write_journal(
            proposal.cooperative.chain,
            verb="proposal-settled",
            subject=subject_of(proposal),
            by=by,
            at=at,
        )
