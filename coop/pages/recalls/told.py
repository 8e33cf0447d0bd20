"""Where a recall stands on its way, what the count of its vote says, and what followed from it, in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from coop.ballots.models import Ballot, Tally
from coop.elections.models import Petition
from coop.elections.rules.recalls import protected_until
from coop.members.electorate import Facts
from coop.members.models import Mandate

from ..access import Here
from ..outcomes.results import rows_of
from ..timetable import Step, say_day

State = Petition.State


def steps(here: Here, found: Petition) -> list[Step]:
    """Asked for, signed, verified, voted: what is done, what is now. One that is over shows what was done of it."""

    def day(moment: Any) -> str:
        return say_day(here.cooperative.day_of(moment)) if moment else ""

    by = {State.COLLECTING: 1, State.HANDED_IN: 2, State.ADMITTED: 3, State.VOTING: 3}
    until = day(found.collect_until)
    last = say_day(found.vote_until) if found.vote_until else ""
    ways = [
        (_("Asked for"), day(found.filed_at), ""),
        (_("Signatures"), day(found.handed_in_at), _("until %(day)s") % {"day": until}),
        (_("Verified by the commission"), day(found.verified_at), ""),
        (
            _("Secret vote of the electors"),
            day(found.ended_at) if found.ballot_id and found.state != State.LAPSED else "",
            _("by %(day)s") % {"day": last} if last else "",
        ),
    ]
    if found.state not in by:
        return [Step(words, "done", done) for words, done, _plan in ways if done]
    now = by[State(found.state)]
    return [
        Step(words, "done", done) if place < now else Step(words, "now" if place == now else "next", plan)
        for place, (words, done, plan) in enumerate(ways)
    ]


def vote(found: Petition) -> dict[str, Any] | None:
    """The vote on it, and what its count says."""
    ballot = found.ballot
    if ballot is None:
        return None
    tally = Tally.objects.prefetch_related("lines__option").filter(question__ballot=ballot).first()
    counted: dict[str, Any] = {}
    if tally is not None:
        counted = {"voted": tally.voted, "electors": tally.register, "rows": rows_of(tally)}
    return {"ballot": ballot, "draft": ballot.state == Ballot.State.DRAFT, **counted}


def what_followed(here: Here, found: Petition) -> list[str]:
    """The consequences, each in a sentence."""
    mandate, day_of = found.mandate, here.cooperative.day_of
    told = {"name": mandate.member.name, "office": mandate.seat.office.title}
    if found.state == State.FAILED:
        said = [_("%(name)s stays in office: %(office)s.") % told]
        if found.ending == Petition.Ending.TURNOUT:
            said.insert(0, _("Too few of the electors took part, so the vote ends nothing."))
        until = protected_until(mandate, here.bylaws)
        if until is not None and until > here.day:
            said.append(_("No recall may be asked for before %(day)s.") % {"day": say_day(until)})
        return said
    if found.state == State.NOT_ADMITTED:
        return [_("Too few signatures count, so no vote follows. It may be asked for again.")]
    if found.state == State.LAPSED:
        return [_("Without object: %(ending)s.") % {"ending": found.get_ending_display()}]
    if found.state != State.PASSED or mandate.until is None:
        return []
    said = [
        _("The mandate ended in the moment of the count, on %(day)s.")
        % {"day": say_day(day_of(mandate.until))}
    ]
    after = Mandate.objects.filter(seat=mandate.seat, since=mandate.until).select_related("member").first()
    if after is not None:
        said.append(
            _("%(name)s, alternate, has held the office since that moment.") % {"name": after.member.name}
        )
    else:
        said.append(_("There was no alternate: the seat is empty."))
    barred = Facts(mandate.member, here.day, here.bylaws).barred_until(mandate.seat.office.body)
    if barred is not None and barred > here.day:
        told |= {"body": mandate.seat.office.body.name, "day": say_day(barred)}
        said.append(_("%(name)s may not be elected to %(body)s before %(day)s.") % told)
    return said
