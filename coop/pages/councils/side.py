"""What stands on the page of a council's meeting: what departments told, how delegates voted, who told what since."""

from __future__ import annotations

from typing import Any

from coop.meetings import councils as rules
from coop.meetings.models import Instruction, Meeting, ReportBack

from ..access import Here, acting
from ..agenda.agenda import Line
from .councils import due_in_words, votes_beside


def of_meeting(here: Here, meeting: Meeting, lines: list[Line]) -> dict[str, Any]:
    """Nothing, and no query, for bodies to which no department sends anybody."""
    if not rules.is_council(meeting.body):
        return {}
    me = acting(here)
    items = [line.item for line in lines]
    told: dict[int, list[Instruction]] = {}
    for one in rules.instructions_on(items):
        told.setdefault(one.item_id, []).append(one)
    votes = votes_beside(items, meeting.body)
    enters = here.powers.any_of(rules.DESK, meeting.body)
    enters = enters or rules.mandates_of(meeting.body, here.at).filter(member=me).exists()
    open_ = meeting.state in (Meeting.State.CONVENED, Meeting.State.IN_SESSION)
    over = meeting.state == Meeting.State.CLOSED
    rows = [
        {
            "item": line.item,
            "told": told.get(line.item.pk, []),
            "votes": votes.get(line.item.pk, []),
            "enters": enters and open_ and line.open_to_vote,
        }
        for line in lines
    ]
    return {
        "council_rows": [row for row in rows if row["told"] or row["votes"] or row["enters"]],
        "reports": list(ReportBack.objects.filter(meeting=meeting).select_related("member")) if over else [],
        "to_report": due_in_words(here, meeting)
        if over and not rules.obstacles_to_reporting_back(meeting, by=me, at=here.at)
        else None,
    }
