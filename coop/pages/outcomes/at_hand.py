"""The vote that a page is about: shut when its hour is over, where it comes from, the shape of its state."""

from __future__ import annotations

from coop import unchanged
from coop.asked_often import Often, given
from coop.ballots import actions
from coop.ballots.models import Ballot
from coop.decisions.models import Decision
from coop.meetings.models import AgendaItem
from coop.meetings.rules.leading import obstacles_to_chairing
from coop.members.models import Power

from ..access import Here, acting

State = Ballot.State
SHAPES: dict[str, str] = {
    State.OPEN: "live",
    State.CLOSED: "waiting",
    State.COUNTED: "done",
    State.ANNULLED: "stopped",
}

ITEM = Often(
    lambda: AgendaItem.objects.select_related("meeting__body", "decision__body", "decision__proposal").filter(
        decision__ballot_id=given("ballot")
    )[:1],
    told=True,
)
DECISION = Often(
    lambda: Decision.objects.select_related("body", "proposal").filter(ballot_id=given("ballot"))[:1],
    told=True,
)


def latched(here: Here, found: Ballot) -> Ballot:
    """Whoever looks first after the hour shuts the box; the only thing a GET ever changes."""
    if not found.is_over(here.at):
        return found
    unchanged.moved_on()  # somebody else may have been first: what is asked from here on is not older than their line
    return actions.latch(ballot=found, at=here.at)


def chairs(here: Here, found: Ballot) -> bool:
    """Whether the reader may decide a tie of this vote: chair of the body, or for the day where it is held."""
    item, _decision = where_from(found)
    if item is None:
        return here.may(Power.CHAIR, found.body)
    return not obstacles_to_chairing(item.meeting, by=acting(here), at=here.at)


def where_from(found: Ballot) -> tuple[AgendaItem | None, Decision | None]:
    """The item of an agenda and the decision that this vote belongs to, where there are any."""
    item = ITEM.first(ballot=found.pk)
    if item is not None:
        return item, item.decision
    return None, DECISION.first(ballot=found.pk)
