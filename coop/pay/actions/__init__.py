"""The only writers of pay scales and months."""

from .months import enter_month
from .scales import confirm_scale, enter_scale, turn_down_scale

__all__ = ["confirm_scale", "enter_month", "enter_scale", "turn_down_scale"]
