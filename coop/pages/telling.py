"""One entry of the journal as one sentence. The record itself is language-neutral (ruling 14); here it is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from coop.ballots.models import SealedUrn, UrnEntry
from coop.budget.models import Amendment as BudgetAmendment
from coop.decisions.models import Decision
from coop.elections.models import Petition
from coop.in_office.models import UrgentDecision
from coop.journal.models import CLOCK, Entry
from coop.meetings.models import Instruction, NoticeGiven
from coop.members.models import Mandate, Standing
from coop.production.models import Problem
from coop.proposals.models import AgreementArticle, Amendment

from .told import Told
from .verbs import SENTENCES

# What the register says of a person, as the journal and the page of the person name it.
PERSON_FIELDS: dict[str, Any] = {
    "name": _("name"),
    "born": _("date of birth"),
    "joined": _("day of joining"),
    "founder": _("founder"),
    "job": _("work"),
    "area": _("place of work"),
    "language": _("language"),
    "contact": _("how to reach"),
    "phone": _("telephone"),
    "support": _("needs"),
}

_DAYS = {
    "begins_on",
    "day",
    "due_on",
    "ends_on",
    "first_on",
    "joined",
    "since",
    "valid_from",
    "closes_on",
    "until",
    "vote_on",
}
_LABELS: dict[str, Mapping[str, Any]] = {
    "status": dict(Standing.Status.choices),
    "outcome": dict(Decision.Outcome.choices),
    "because": dict(Amendment.Because.choices),
    "became": dict(UrgentDecision.State.choices),
    "fell": dict(BudgetAmendment.Because.choices),
    "stands": dict(AgreementArticle.State.choices),
    "channel": dict(NoticeGiven.Channel.choices),
    "ended": dict(Mandate.Ended.choices),
    "ending": dict(Petition.Ending.choices),
    "instruction": dict(Instruction.Choice.choices),
    "step": dict(UrnEntry.Kind.choices),
    "made_by": dict(SealedUrn.MadeBy.choices),
    "priority": dict(Problem.Priority.choices),
    "level": dict(Problem.Level.choices),
}


class _Facts(dict[str, Told]):
    """A fact an old entry does not carry is left open instead of breaking the page."""

    def __missing__(self, key: str) -> Told:
        return Told("…")


def tell(entry: Entry, *, address: str = "") -> SafeString:
    """One entry as one sentence, the thing it is about linked where it has a page. An unknown verb is not hidden."""
    sentence = SENTENCES.get(entry.verb, "%(who)s: " + escape(entry.verb).replace("%", "%%") + ", %(what)s.")
    values = _Facts((key, Told(escape(_read(key, value)), value)) for key, value in entry.facts.items())
    what = _what(entry)
    values["who"], values["what"] = Told(escape(_who(entry))), Told(escape(what))
    if address:
        values["what"] = Told(format_html('<a href="{}">{}</a>', address, what))
    return mark_safe(sentence % values)  # noqa: S308 every part is escaped above, the sentences are our own


def _who(entry: Entry) -> str:
    return gettext("the clock") if entry.actor_id == CLOCK.id else entry.actor_name


def _what(entry: Entry) -> str:
    """The label as it was written. A register of voters has its day in it, and the day is told as days are here."""
    body, comma, day = entry.subject_label.rpartition(", ")
    return f"{body}{comma}{_day(day)}" if entry.subject_kind == "register" else entry.subject_label


def _read(key: str, value: Any) -> str:
    reader = _READERS.get(key)
    if reader:
        return reader(value)
    if key in _LABELS:
        return str(_LABELS[key].get(value, value))
    if key in _DAYS:
        return _day(value)
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return str(value)


def _day(value: Any) -> str:
    day = parse_date(str(value)[:10])
    return date_format(day, "DATE_FORMAT") if day else str(value)


def _people(value: Any) -> str:
    number = int(value)
    return ngettext("%(number)d person", "%(number)d people", number) % {"number": number}


def _fields(value: Any) -> str:
    return ", ".join(str(PERSON_FIELDS.get(one, one)) for one in value)


_READERS: dict[str, Callable[[Any], str]] = {"support_needed": _people, "fields": _fields}
