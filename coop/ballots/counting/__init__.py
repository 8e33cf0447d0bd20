"""Arithmetic only: figures in, result or named tie out. Exact, no database, no Django."""

from .motion import Base, Motion, Outcome, count_motion, needed

__all__ = ["Base", "Motion", "Outcome", "count_motion", "needed"]
