"""The words of a choice of projects as it is put to the vote, in the language of the co-operative.

Made from what was put forward and checked, so that the paper and the list are one.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.ballots.asked import Asked, Choice
from coop.budget.models import Fund, Project
from coop.budget.money import exact
from coop.proposals.budget_words import amount_in_words


def asked_of(fund: Fund, projects: list[Project]) -> Asked:
    """One question: every feasible project with its cost, and the money of the fund."""
    return Asked(
        wording=str(fund),
        method=fund.method,
        choices=[Choice(one.code, one.title, cost=exact(one.cost)) for one in projects],
        money=exact(fund.amount),
        threshold=fund.threshold,
    )


def text_of(fund: Fund, projects: list[Project]) -> str:
    with translation.override(fund.year.cooperative.language):
        return "\n\n".join([*_head(fund), *(_project(fund, one) for one in projects)])


def _head(fund: Fund) -> Iterator[str]:
    yield fund.words
    said = {
        "amount": _money(fund, fund.amount),
        "line": f"{fund.line.code} {fund.line.title}",
        "budget": fund.year.label,
    }
    yield _("There are %(amount)s, set aside on the line %(line)s of %(budget)s.") % said
    yield say_method(fund)


def say_method(fund: Fund) -> str:
    """How the papers are counted, and what settles a tie."""
    if fund.method == Fund.Method.SHARES:
        return _(
            "Counted by equal shares: everybody has the same part of the money and pays with it, together with the"
            " others who marked a project, what it costs. Of projects that stand equal the cheaper goes first, then"
            " the one with more votes, then a lot drawn in public."
        )
    words = _(
        "Counted by votes: the project with most votes is paid first, then the next; what costs more than is left is"
        " passed over. Where not all with the same votes fit, the cheaper goes first, then a lot drawn in public."
    )
    if not fund.threshold:
        return words
    least = ngettext(
        "A project needs at least %(count)s vote.",
        "A project needs at least %(count)s votes.",
        fund.threshold,
    )
    return f"{words} {least % {'count': fund.threshold}}"


def _project(fund: Fund, one: Project) -> str:
    told = [
        _("Project %(number)s: %(title)s, %(cost)s")
        % {"number": one.number, "title": one.title, "cost": _money(fund, one.cost)},
        one.words,
        _("Where: %(place)s") % {"place": one.place},
        _("Cost shown by: %(proof)s") % {"proof": one.proof},
        _("Answers for it: %(name)s") % {"name": one.answers.name},
    ]
    if one.on_behalf_of is not None:
        told.append(_("Put forward by %(body)s") % {"body": one.on_behalf_of.name})
    return "\n".join(told)


def _money(fund: Fund, amount: Decimal) -> str:
    return f"{amount_in_words(amount)} {fund.year.cooperative.currency_code}"
