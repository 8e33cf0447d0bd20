"""Facts about proposals: their words, who stands behind them, and what others want changed in them."""

from .amendments import Amendment, AmendmentChange, AmendmentSupport, DeclaredContrary, OrderMove, PartOf
from .proposals import Clause, Proposal, Support

__all__ = [
    "Amendment",
    "AmendmentChange",
    "AmendmentSupport",
    "Clause",
    "DeclaredContrary",
    "OrderMove",
    "PartOf",
    "Proposal",
    "Support",
]
