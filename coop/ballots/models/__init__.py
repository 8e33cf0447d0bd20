"""Registers, ballots, rolls, votes, boxes, tellers, the sealed urn, and tallies."""

from .ballots import Ballot, Lot, Option, Question, ReservedSeat, Withdrawal
from .registers import Claim, Register, RegisterEntry
from .sealed import Envelope, FinalEnvelope, SealedKey, SealedUrn, Trustee
from .tallies import CountedPlace, Tally, TallyLine
from .tellers import AgreedSheet, Clash, CountDemand, Teller, TellerSheet
from .urns import Urn, UrnEntry
from .votes import NamedVote, RollEntry

__all__ = [
    "AgreedSheet",
    "Ballot",
    "Claim",
    "Clash",
    "CountDemand",
    "CountedPlace",
    "Envelope",
    "FinalEnvelope",
    "Lot",
    "NamedVote",
    "Option",
    "Question",
    "Register",
    "RegisterEntry",
    "ReservedSeat",
    "RollEntry",
    "SealedKey",
    "SealedUrn",
    "Tally",
    "TallyLine",
    "Teller",
    "TellerSheet",
    "Trustee",
    "Urn",
    "UrnEntry",
    "Withdrawal",
]
