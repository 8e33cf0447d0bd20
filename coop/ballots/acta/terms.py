"""The rules copied onto a ballot, in the form in which a question is counted under them."""

from __future__ import annotations

from ..models import Ballot, Lot, Option, Question
from .outcomes import Terms


def terms_of(ballot: Ballot, question: Question, *, chair: str = "") -> Terms:
    """Of a closed ballot. `chair`: what the chair decided at a tie. A handful of queries a question."""
    options = [
        option
        for option in question.options.select_related("withdrawal").order_by("number")
        if option.code != Option.BLANK
    ]
    lot = Lot.objects.filter(ballot=ballot).first()
    return Terms(
        method=question.method,
        options=tuple(option.code for option in options),
        seats=question.seats,
        marks=question.marks,
        persons=any(option.member_id for option in options),
        groups={option.code: option.group for option in options if option.group},
        reserved={seat.group: seat.seats for seat in question.reserved.all()},
        withdrawn=frozenset(option.code for option in options if hasattr(option, "withdrawal")),
        costs={option.code: option.cost for option in options if option.cost is not None},
        money=question.money,
        threshold=question.threshold,
        majority=ballot.majority,
        base=ballot.base,
        tie_rule=ballot.tie_rule,
        round=ballot.round,
        present=ballot.present or 0,
        register=ballot.roll_size or 0,
        lot=lot.seed if lot else "",
        chair=chair,
    )
