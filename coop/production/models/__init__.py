"""Facts of the shop floor. What happened stays; what stands now is a column beside it."""

from .buyers import Pledge, Refusal
from .figures import CostSheet, Output, PlanChange, PlanLine, Product
from .handovers import Handover, HandoverAnswer, HandoverLine
from .places import Area
from .problems import MeetingHeld, MeToo, Problem, ProblemEvent, ProblemPhoto, Stop
from .selling import BuyerKind, Gift, KinContract, Price, PriceList, Sale, SaleSlip

__all__ = [
    "Area",
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
    "PlanChange",
    "PlanLine",
    "Pledge",
    "Price",
    "PriceList",
    "Problem",
    "ProblemEvent",
    "ProblemPhoto",
    "Product",
    "Refusal",
    "Sale",
    "SaleSlip",
    "Stop",
]
