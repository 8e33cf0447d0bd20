"""The words of every reason. Stages give codes and parameters; here they become sentences in the reader's language.

A test walks over every `Reason("...")` of the code and asks for its sentence here.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.ballots.models import Ballot, UrnEntry
from coop.ballots.models.ballots import Channel
from coop.budget.models import Amendment as BudgetAmendment
from coop.charter.articles.choices import VACANCY
from coop.decisions.models import Decision
from coop.elections.models import Candidature, Challenge, Election, Petition
from coop.in_office.models import Commitment
from coop.meetings.models import Meeting
from coop.members.models import Application, Power, Standing
from coop.production.models import Problem
from coop.proposals.models import Amendment, Proposal
from coop.refusals import Reason

from .box_words import BOX_STAGES
from .budget_columns import BUDGET_COLUMNS
from .columns import COLUMNS
from .sentences import SENTENCES
from .told import Told

# Parameters that are codes of the stages, and where their words are.
_LABELS: dict[str, dict[str, Any]] = {
    "power": dict(Power.choices),
    "status": dict(Standing.Status.choices),
    "channel": dict(Channel.choices),
    "column": COLUMNS,
    "step": dict(UrnEntry.Kind.choices),
    "of_column": BUDGET_COLUMNS,
    "of_fall": dict(BudgetAmendment.Because.choices),
    "of_kind": dict(Proposal.Kind.choices),
    "stage": BOX_STAGES,
    "petition": dict(Petition.State.choices),
    "election": dict(Election.State.choices),
    "candidature": dict(Candidature.State.choices),
    "standing": dict(Problem.State.choices),
    "level": dict(Problem.Level.choices),
    "challenge": dict(Challenge.State.choices),
    "commitment": dict(Commitment.State.choices),
    "way": {one.code: gettext_lazy(one.words) for one in VACANCY},
}
_STATES: dict[str, Any] = {
    **dict(Amendment.State.choices),
    **dict(Decision.Outcome.choices),
    **dict(Ballot.State.choices),
    **dict(Meeting.State.choices),
    **dict(Proposal.State.choices),
    **{
        state: words
        for state, words in Application.State.choices
        if state not in ("open", "admitted", "withdrawn")
    },
}


def _day(value: Any) -> str:
    day = parse_date(str(value))
    return date_format(day, "DATE_FORMAT") if day else str(value)


def _hour(value: Any) -> str:
    moment = parse_datetime(str(value))
    return date_format(localtime(moment), "DATETIME_FORMAT") if moment else str(value)


def _money(value: Any) -> str:
    """Grouped as people read it, with the decimals that it has."""
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    places = len(str(value).partition(".")[2])
    return str(number_format(amount, decimal_pos=places, force_grouping=True))


def _several(value: Any) -> str:
    return ", ".join(str(one) for one in value) or _("none")


_READERS: dict[str, Callable[[Any], str]] = {
    "amount": _money,
    "income": _money,
    "expense": _money,
    "short": _money,
    "day": _day,
    "last": _day,
    "since": _day,
    "hour": _hour,
    "near": _several,
    "lines": _several,
}


def say(reason: Reason) -> str:
    """One sentence for one reason. What has no words yet is shown as it is rather than hidden."""
    sentence = SENTENCES.get(reason.code)
    if sentence is None:
        return str(reason)
    return str(sentence % {key: Told(_read(key, value), value) for key, value in reason.params.items()})


def _read(key: str, value: Any) -> str:
    if key in _LABELS:
        return str(_LABELS[key].get(value, value))
    if key in ("state", "outcome"):
        return str(_STATES.get(value, value))
    return _READERS[key](value) if key in _READERS else str(value)
