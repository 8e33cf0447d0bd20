"""Registers, ballots, rolls, votes and tallies."""

from .ballots import Ballot, Option, Question
from .registers import Claim, Register, RegisterEntry
from .tallies import Tally, TallyLine
from .votes import NamedVote, RollEntry

__all__ = [
    "Ballot",
    "Claim",
    "NamedVote",
    "Option",
    "Question",
    "Register",
    "RegisterEntry",
    "RollEntry",
    "Tally",
    "TallyLine",
]
