"""A ballot file counted, and told in the keys in which counts are published."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from coop.ballots.ballot_files import BadFile

from .marks import told_approval, told_plurality
from .projects import told_greedy, told_shares
from .rankings import told_runoff, told_schulze, told_stv
from .wish import Told, Wish

__all__ = ["WAYS", "Told", "Wish", "counted"]

WAYS: dict[str, tuple[str, Callable[[Path, Wish], Told]]] = {
    "plurality": (".csv", told_plurality),
    "approval": (".csv", told_approval),
    "instant_runoff": (".blt", told_runoff),
    "schulze": (".blt", told_schulze),
    "scottish_stv": (".blt", told_stv),
    "budget_greedy": (".pb", told_greedy),
    "equal_shares": (".pb", told_shares),
}


def counted(file: Path, method: str, wish: Wish) -> Told:
    """Counts a file. Raises BadFile on a file that cannot be counted so, ValueError on a wish that cannot be."""
    suffix, count = WAYS[method]
    if file.suffix.lower() != suffix:
        raise BadFile(f"{method} is counted from a {suffix} file")
    return {"method": method, "input": file.name, "format": suffix[1:]} | count(file, wish)
