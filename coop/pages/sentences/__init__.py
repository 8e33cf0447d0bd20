"""The words of every reason, by what they are about. `pages.reasons` says them."""

from typing import Any

from . import (
    applications,
    calling,
    councils,
    counts,
    debate,
    door,
    hall,
    lists,
    meetings,
    minutes,
    offices,
    people,
    plant,
    proposals,
    records,
    running,
    tasks,
    tellers,
    urns,
    votes,
)

SENTENCES: dict[str, Any] = {
    **applications.SENTENCES,
    **calling.SENTENCES,
    **councils.SENTENCES,
    **counts.SENTENCES,
    **debate.SENTENCES,
    **door.SENTENCES,
    **hall.SENTENCES,
    **lists.SENTENCES,
    **meetings.SENTENCES,
    **minutes.SENTENCES,
    **offices.SENTENCES,
    **people.SENTENCES,
    **plant.SENTENCES,
    **proposals.SENTENCES,
    **records.SENTENCES,
    **running.SENTENCES,
    **tasks.SENTENCES,
    **tellers.SENTENCES,
    **urns.SENTENCES,
    **votes.SENTENCES,
}
