"""How the code says no: a list of reasons, and the one exception that carries it.

A rule (`obstacles_to_...`) returns a list of reasons and an empty list means "you may". A page shows the
reasons; an action calls the same rule again under its lock and hands the list to `refuse_if`. A reason is a
code with parameters, never a sentence: the words are found downstream, in the language of whoever reads.
"""

from typing import NamedTuple

from coop.letters import one_line


class Reason(NamedTuple):
    code: str
    params: dict[str, object] = {}

    def __hash__(self) -> int:
        return hash((self.code, tuple(sorted((key, str(value)) for key, value in self.params.items()))))

    def __str__(self) -> str:
        told = ", ".join(f"{key}={value}" for key, value in self.params.items())
        return f"{self.code} ({told})" if told else self.code


class Refused(Exception):
    """The act is well formed, but the state of things forbids it."""

    def __init__(self, reasons: list[Reason]) -> None:
        super().__init__(reasons)
        self.reasons = reasons

    def __str__(self) -> str:
        return "; ".join(str(reason) for reason in self.reasons)


def refuse_if(reasons: list[Reason]) -> None:
    """Raise `Refused` when anything stands in the way. A bare True or False is a fault of the caller."""
    if not isinstance(reasons, list) or not all(isinstance(reason, Reason) for reason in reasons):
        raise TypeError(f"expected a list of reasons, got {reasons!r}")
    if reasons:
        raise Refused(reasons)


def in_full(words: str, most: int) -> str:
    """What somebody typed, on one line: more than `most` letters are refused, never cut off. Raises `Refused`."""
    line = one_line(words)
    refuse_if([Reason("words-too-long", {"most": most})] if len(line) > most else [])
    return line
