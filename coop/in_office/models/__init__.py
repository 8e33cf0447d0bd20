"""What is done in an office and answered for: questions, decisions that could not wait, signatures, handing over; and
case files of who tried to get rid of somebody in office."""

from .attempts import Attempt
from .commitments import Commitment
from .handover import HandedOver
from .questions import Answer, Question
from .urgent import UrgentDecision

__all__ = ["Answer", "Attempt", "Commitment", "HandedOver", "Question", "UrgentDecision"]
