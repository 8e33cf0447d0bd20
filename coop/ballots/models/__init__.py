"""Registers, ballots, rolls, votes and tallies."""

from .ballots import Ballot, Option, Question
from .registers import Register, RegisterEntry
from .tallies import Tally, TallyLine
from .votes import NamedVote, RollEntry

__all__ = [
    "Ballot",
    "NamedVote",
    "Option",
    "Question",
    "Register",
    "RegisterEntry",
    "RollEntry",
    "Tally",
    "TallyLine",
]
