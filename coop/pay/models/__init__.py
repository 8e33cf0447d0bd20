from .months import GradeInMonth, PayMonth, Slip, SlipSupplement
from .scales import Grade, PayScale, Supplement

__all__ = ["Grade", "GradeInMonth", "PayMonth", "PayScale", "Slip", "SlipSupplement", "Supplement"]
