"""Arithmetic only: figures in, result or named tie out. Exact, no database, no Django. One method a module.

`papers` are merged equal papers (`Paper` -> how many), `votes` how many each option has. Every result is
frozen and has `as_facts()`: language-neutral, ready for JSON; its `outcome` is one of OUTCOMES (a motion has
its own, `Outcome`). A tie is a named result where the tied can be left open (plurality, approval, Schulze);
where the count cannot go on it raises LotNeeded. Figures that cannot be raise ValueError. To ask yes or no
about one candidate, count a motion.
"""

from .approval import Approval, count_approval
from .greedy import Greedy, count_greedy
from .lots import Lot, LotNeeded, drawn_lot
from .motion import Base, Motion, Outcome, count_motion, needed
from .papers import Paper, Papers, read, written
from .plurality import Plurality, count_plurality
from .runoff import Runoff, count_runoff
from .schulze import Schulze, count_schulze
from .shares import Shares, count_shares
from .stages import Transferable
from .stv import count_stv

OUTCOMES = (
    "elected",
    "second_round",  # plurality: nobody has the majority
    "tie",  # plurality, approval, Schulze without a lot
    "kept",  # Schulze: nothing beats what is there
    "selected",  # projects
    "nothing_fits",  # projects: votes, but no money for any
    "no_votes",  # nobody, nothing has a vote
    "no_candidates",
)

__all__ = [
    "OUTCOMES",
    "Approval",
    "Base",
    "Greedy",
    "Lot",
    "LotNeeded",
    "Motion",
    "Outcome",
    "Paper",
    "Papers",
    "Plurality",
    "Runoff",
    "Schulze",
    "Shares",
    "Transferable",
    "count_approval",
    "count_greedy",
    "count_motion",
    "count_plurality",
    "count_runoff",
    "count_schulze",
    "count_shares",
    "count_stv",
    "drawn_lot",
    "needed",
    "read",
    "written",
]
