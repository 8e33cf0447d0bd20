"""Facts about proposals: their words, who stands behind them, and what others want changed in them."""

from .agreements import Agreement, AgreementArticle, AgreementStep, ArticleComment, ArticleText
from .amendments import Amendment, AmendmentChange, AmendmentSupport, DeclaredContrary, OrderMove, PartOf
from .budgets import BudgetMotion
from .floor import PlanAsked, PriceAsked, TechnicalOption, TechnicalStudy
from .proposals import Clause, Proposal, Support
from .rule_changes import RuleChange

__all__ = [
    "Agreement",
    "AgreementArticle",
    "AgreementStep",
    "Amendment",
    "AmendmentChange",
    "AmendmentSupport",
    "ArticleComment",
    "ArticleText",
    "BudgetMotion",
    "Clause",
    "DeclaredContrary",
    "OrderMove",
    "PartOf",
    "PlanAsked",
    "PriceAsked",
    "Proposal",
    "RuleChange",
    "Support",
    "TechnicalOption",
    "TechnicalStudy",
]
