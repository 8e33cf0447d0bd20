"""Every way of voting, explained in three sentences to whoever holds the paper."""

from __future__ import annotations

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.ballots.acta.sentences import say_base, say_majority, say_rule
from coop.ballots.models import Ballot, Question, ReservedSeat
from coop.ballots.rules.answers import most_marks

Method = Question.Method


def explain(ballot: Ballot, question: Question) -> list[str]:
    """How to mark the paper, how it is counted, and what else holds."""
    return [*_EXPLAINED[question.method](ballot, question), *_reserved(question)]


def say_money(ballot: Ballot, amount: Decimal) -> str:
    """An amount in the money of the house."""
    house = ballot.cooperative
    return f"{number_format(amount, house.currency_decimals, force_grouping=True)} {house.currency_code}"


def _motion(ballot: Ballot, question: Question) -> list[str]:
    return [say_rule(ballot.majority, ballot.base)]


def _plurality(ballot: Ballot, question: Question) -> list[str]:
    most = most_marks(question.method, question.seats, question.marks) or question.seats
    if question.seats > 1 or most > 1:
        marks = ngettext("Mark one name.", "Mark up to %(most)s names, each of them once.", most)
        seats = ngettext(
            "Whoever has most votes is elected.", "The %(seats)s with most votes are elected.", question.seats
        )
        return [marks % {"most": most}, seats % {"seats": question.seats}, _blank()]
    if ballot.round > 1:
        return [
            _("Mark one name."),
            _("This is a further round: whoever has most votes is elected."),
            _blank(),
        ]
    wins = _(
        "Elected is who has %(majority)s of %(base)s. If nobody has, those who lead go into a second round."
    )
    rule = {"majority": say_majority(ballot.majority), "base": say_base(ballot.base)}
    return [_("Mark one name."), wins % rule, _blank()]


def _approval(ballot: Ballot, question: Question) -> list[str]:
    marks = _("Mark every name you agree with, as many as you like.")
    if question.marks is not None:
        marks = ngettext("Mark one name.", "Mark up to %(most)s names, each of them once.", question.marks)
        marks %= {"most": question.marks}
    seats = ngettext(
        "Whoever has most marks is elected.", "The %(seats)s with most marks are elected.", question.seats
    )
    return [marks, seats % {"seats": question.seats}, _blank()]


def _ranking() -> str:
    return _(
        "Put the names in your order: 1 for the one you want most, then 2, and so on, as far as you like."
    )


def _runoff(ballot: Ballot, question: Question) -> list[str]:
    how = _(
        "If nobody is first on more than half of the papers, the last one goes out and those papers count for the next"
        " name on them, until somebody has more than half."
    )
    return [_ranking(), how, _blank()]


def _schulze(ballot: Ballot, question: Question) -> list[str]:
    marks = _(
        "Put them in your order: 1 for what you want most, then 2, and so on; the same number for those you"
        " hold equal. No number is left out: after 1 and 1 comes 2."
    )
    how = _(
        "Each is compared with every other: the one that more people prefer wins the pair, and what wins against all"
        " wins."
    )
    return [marks, how, _blank()]


def _stv(ballot: Ballot, question: Question) -> list[str]:
    how = ngettext(
        "Whoever has enough votes for the seat is elected; if nobody has, the last one goes out and those papers pass"
        " on.",
        "Whoever has enough votes for one of the %(seats)s seats is elected, and what is over passes on to the next"
        " names; when nobody has enough, the last one goes out and those papers pass on.",
        question.seats,
    )
    return [_ranking(), how % {"seats": question.seats}, _blank()]


def _projects(ballot: Ballot, question: Question) -> list[str]:
    marks = _("Mark every project you want, as many as you like.")
    if question.marks is not None:
        marks = ngettext(
            "Mark one project.", "Mark up to %(most)s projects, each of them once.", question.marks
        )
        marks %= {"most": question.marks}
    if question.method == Method.SHARES:
        how = _(
            "Every voter has an equal share of %(money)s; those who want a project pay it together, so that everybody's"
            " share goes to something they want."
        )
    else:
        how = _(
            "Those with most marks are paid first, as far as %(money)s go; a project that costs more than what is left"
            " is passed over."
        )
    return [marks, how % {"money": say_money(ballot, question.money or Decimal())}, _blank()]


def _blank() -> str:
    return _("To vote and choose nobody and nothing, mark the blank paper.")


def reserved_in(question: Question) -> list[ReservedSeat]:
    """Only one method can keep seats."""
    return list(question.reserved.all()) if question.method == Method.PLURALITY else []


def _reserved(question: Question) -> list[str]:
    kept = reserved_in(question)
    if not kept:
        return []
    groups = ", ".join(f"{one.group}: {one.seats}" for one in kept)
    return [_("Seats that go first to the best of their own: %(groups)s.") % {"groups": groups}]


_EXPLAINED = {
    Method.MOTION.value: _motion,
    Method.PLURALITY.value: _plurality,
    Method.APPROVAL.value: _approval,
    Method.RUNOFF.value: _runoff,
    Method.SCHULZE.value: _schulze,
    Method.STV.value: _stv,
    Method.GREEDY.value: _projects,
    Method.SHARES.value: _projects,
}
