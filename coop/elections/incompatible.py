"""Which posts exclude each other, by the bylaws (practice 1D; Spain, Ley 27/1999, art. 41). Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

WITHOUT_POWER = "working_table"  # a seat there is work, not an office


@dataclass(frozen=True)
class Post:
    """A full seat: which office of which body it is of, and what kind of body that is."""

    office: int
    body: int
    kind: str


def exclude_each_other(first: Post, second: Post, chosen: Collection[str]) -> bool:
    """Two seats of one office always; seats of two bodies as `chosen` in the article "incompatible_posts" says.

    >>> audits, coordinates = Post(1, 1, "oversight"), Post(2, 2, "coordinators")
    >>> exclude_each_other(audits, coordinates, {"oversight"}), exclude_each_other(audits, coordinates, {"commission"})
    (True, False)
    >>> president, delegate = Post(3, 3, "administrative_council"), Post(4, 3, "administrative_council")
    >>> exclude_each_other(president, delegate, {"coordinators"}), exclude_each_other(delegate, delegate, ())
    (False, True)
    """
    if first.office == second.office:
        return True
    kinds = {first.kind, second.kind}
    if first.body == second.body or WITHOUT_POWER in kinds:
        return False
    return (
        ("oversight" in chosen and "oversight" in kinds)
        or ("commission" in chosen and "electoral_commission" in kinds)
        or ("coordinators" in chosen and kinds == {"coordinators", "administrative_council"})
    )
