from .recalls import Petition, PetitionSignature
from .vacancies import Resignation

__all__ = ["Petition", "PetitionSignature", "Resignation"]
