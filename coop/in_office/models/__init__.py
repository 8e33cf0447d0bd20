"""What is done in an office and answered for: questions, decisions that could not wait, signatures, handing over."""

from .commitments import Commitment
from .handover import HandedOver
from .questions import Answer, Question
from .urgent import UrgentDecision

__all__ = ["Answer", "Commitment", "HandedOver", "Question", "UrgentDecision"]
