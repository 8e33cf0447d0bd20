"""Facts about the budget: years and their lines, what is to be changed in them, and what became of the money."""

from .amendments import Amendment, AmendmentMove, AmendmentSupport, InBloc, OrderMove, PartOf
from .challenges import Challenge
from .funds import Fund, Project, ProjectCheck, Spending
from .running import Actual, Movement, Unmet
from .years import Ceiling, Line, Year

__all__ = [
    "Actual",
    "Amendment",
    "AmendmentMove",
    "AmendmentSupport",
    "Ceiling",
    "Challenge",
    "Fund",
    "InBloc",
    "Line",
    "Movement",
    "OrderMove",
    "PartOf",
    "Project",
    "ProjectCheck",
    "Spending",
    "Unmet",
    "Year",
]
