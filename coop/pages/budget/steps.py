"""Where a budget stands on its way through the year, and the step that whoever keeps it can take next."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.budget import actions
from coop.budget.models import Amendment, Year
from coop.budget.rules import years as rules
from coop.budget.rules.amendments import obstacles_in_time, obstacles_to_having_a_voice
from coop.meetings.budgets import whole_of
from coop.members.models import Power
from coop.proposals.actions import lay_before
from coop.refusals import Reason

from ..access import Here, acting

State = Year.State


@dataclass(frozen=True)
class Act:
    """A step that is taken with one button. `rule` says what stands in its way."""

    code: str
    state: Year.State
    button: Any
    told: Any
    done: Any
    rule: Callable[..., list[Reason]]
    action: Callable[..., Any]


ACTS = {
    one.code: one
    for one in (
        Act(
            "conciliation",
            State.OPEN,
            gettext_lazy("Close the amendments"),
            gettext_lazy("Nothing new is asked for then; those that clash are brought to one table."),
            gettext_lazy("Closed. Conciliation begins."),
            rules.obstacles_to_closing_amendments,
            actions.close_amendments,
        ),
        Act(
            "put",
            State.CONCILIATION,
            gettext_lazy("Put it before the assembly"),
            gettext_lazy("The text and the order of voting are out. What found nobody behind it is not put."),
            gettext_lazy("It is before the assembly."),
            rules.obstacles_to_putting,
            lay_before,
        ),
        Act(
            "next-text",
            State.REJECTED,
            gettext_lazy("Begin the next text"),
            gettext_lazy(
                "It begins with these lines. What was carried before is put again when it is published."
            ),
            gettext_lazy("The next text is begun. Change its lines, then publish it."),
            rules.obstacles_to_the_next_text,
            actions.next_text,
        ),
        Act(
            "start",
            State.ADOPTED,
            gettext_lazy("The year has begun"),
            gettext_lazy("From then on what comes in and goes out is entered month by month."),
            gettext_lazy("The year runs."),
            rules.obstacles_to_starting,
            actions.start,
        ),
        Act(
            "close",
            State.RUNNING,
            gettext_lazy("Close the books of the year"),
            gettext_lazy("Neither months nor movements are entered any more. This cannot be taken back."),
            gettext_lazy("The books of the year are closed."),
            rules.obstacles_to_closing,
            actions.close,
        ),
    )
}


def round_of(here: Here, year: Year) -> dict[str, Any]:
    """For the page of a year. For whoever keeps it with the next step, and what stands in its way."""
    keeps = here.may(Power.KEEP_BUDGET)
    act = next((one for one in ACTS.values() if one.state == year.state), None)
    me = acting(here)
    in_time = year.takes_amendments(here.day)
    return {
        "steps": steps(here, year),
        "keeps": keeps,
        "act": act if keeps else None,
        "against": act.rule(year, by=me, at=here.at) if keeps and act is not None else [],
        "unpublished": rules.obstacles_to_publishing(year, by=me, at=here.at, bylaws=here.bylaws)
        if keeps and year.state == State.DRAFT
        else None,
        "may_amend": in_time
        and not obstacles_in_time(year, Amendment.Kind.OWN, here.day)
        and not obstacles_to_having_a_voice(year, on_behalf_of=None, by=me, at=here.at, bylaws=here.bylaws),
        "published": year.state != State.DRAFT,
        "before_the_assembly": year.state == State.PUT and whole_of(year) is not None,
    }


def steps(here: Here, year: Year) -> list[dict[str, str]]:
    """Every station with its day: the one it was done, or the last one for it."""

    def on(at: datetime.datetime | None) -> str:
        return date_format(here.cooperative.day_of(at), "DATE_FORMAT") if at is not None else ""

    def until(day: datetime.date | None) -> str:
        return _("until %(day)s") % {"day": date_format(day, "DATE_FORMAT")} if day is not None else ""

    vote = date_format(year.vote_on, "DATE_FORMAT") if year.vote_on is not None else ""
    settled = _("Turned down") if year.state == State.REJECTED else _("Voted by the assembly")
    stations = [
        (_("Drawn up"), year.published_at, on(year.published_at)),
        (
            _("Departments amend it"),
            year.conciliation_at,
            on(year.conciliation_at) or until(year.amendments_until),
        ),
        (_("Conciliation"), year.put_at, on(year.put_at) or until(year.conciliation_until)),
        (settled, year.settled_at, on(year.settled_at) or vote),
    ]
    if year.state != State.REJECTED:
        stations += [
            (_("The year begins"), year.running_at, on(year.running_at)),
            (_("The year runs"), year.closed_at, on(year.closed_at)),
        ]
    first = next((place for place, (_label, at, _when) in enumerate(stations) if at is None), len(stations))
    return [
        {
            "label": label,
            "state": "done" if place < first else "now" if place == first else "next",
            "when": when,
        }
        for place, (label, _at, when) in enumerate(stations)
    ]
