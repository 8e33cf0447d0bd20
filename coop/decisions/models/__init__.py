"""Decisions, those copied from the book, and what comes after: ended by a later one, looked at again, contradicted."""

from .afterwards import Ending, MinorityStatement, Review
from .decisions import Backing, CarriedDecision, Decision

__all__ = ["Backing", "CarriedDecision", "Decision", "Ending", "MinorityStatement", "Review"]
