from .challenges import Challenge
from .elections import (
    Candidature,
    CandidatureSignature,
    Contest,
    ContestSeat,
    Elected,
    Election,
    ElectionVote,
    Objection,
)
from .kinship import Kinship
from .paper_yes import PaperAcceptance
from .recalls import Petition, PetitionSignature
from .vacancies import Resignation

__all__ = [
    "Candidature",
    "CandidatureSignature",
    "Challenge",
    "Contest",
    "ContestSeat",
    "Elected",
    "Election",
    "ElectionVote",
    "Kinship",
    "Objection",
    "PaperAcceptance",
    "Petition",
    "PetitionSignature",
    "Resignation",
]
