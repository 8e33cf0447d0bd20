"""The versions of a text that can be read: computed from its amendments, stored nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from .amended_text import AmendedText
from .amending import Amending, applied
from .conflicts import standing
from .models import Amendment


class Stage(StrEnum):
    PUBLISHED = "published"
    TAKEN_IN = "taken-in"  # with what the mover took in
    LEFT = "left"  # as the meeting left it
    DECIDED = "decided"  # as it was put to the last vote; known downstream


@dataclass(frozen=True)
class Version:
    stage: Stage
    clauses: Sequence[str]
    amendments: Sequence[Amendment] = ()  # that are in it


def versions(text: AmendedText) -> list[Version]:
    """In the order in which they came to be; one that is no other than the one before it is left out. No query."""
    found = [Version(Stage.PUBLISHED, text.clauses)]
    accepted = [text.amending(one) for one in text.those(Amendment.State.ACCEPTED)]
    taken_in, _set_aside = standing(text.clauses, taken_in=accepted, carried=())
    if taken_in:
        found.append(_version(text, Stage.TAKEN_IN, taken_in))
    if text.those(Amendment.State.CARRIED):
        found.append(_version(text, Stage.LEFT, text.in_force))
    return found


def _version(text: AmendedText, stage: Stage, amendings: list[Amending]) -> Version:
    clauses = applied(text.clauses, amendings)
    return Version(stage, clauses, [text.amendments[one.key] for one in amendings])
