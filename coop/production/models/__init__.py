"""Facts of the shop floor. What happened stays; what stands now is a column beside it."""

from .buyers import BuyerBar, Pledge, PriceMove, Refusal
from .figures import CostSheet, Output, OutputSigned, PlanChange, PlanLine, Product
from .handovers import Handover, HandoverAnswer, HandoverLine
from .places import Area
from .problems import MeetingHeld, MeToo, Problem, ProblemEvent, ProblemPhoto, Stop
from .selling import BuyerKind, Gift, KinContract, Price, PriceList, Sale, SaleSlip

__all__ = [
    "Area",
    "BuyerBar",
    "BuyerKind",
    "CostSheet",
    "Gift",
    "Handover",
    "HandoverAnswer",
    "HandoverLine",
    "KinContract",
    "MeToo",
    "MeetingHeld",
    "Output",
    "OutputSigned",
    "PlanChange",
    "PlanLine",
    "Pledge",
    "Price",
    "PriceList",
    "PriceMove",
    "Problem",
    "ProblemEvent",
    "ProblemPhoto",
    "Product",
    "Refusal",
    "Sale",
    "SaleSlip",
    "Stop",
]
