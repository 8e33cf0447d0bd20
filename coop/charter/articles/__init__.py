"""The one table of the numbers of the bylaws.

The columns of `Bylaws`, its CHECK constraints, the page of rules, the form that changes them and the
documentation follow this table; a test compares it with the columns. A new article is a row in the module
of its subject, a column there, and a migration.
No Django here: the words are marked for translation, and translated by whoever shows them.

Shares: "1/2" means more than half of its base, every other share means at least that much.
A row reads: key, default, lowest, highest, unit, where it comes from, and what it means in one sentence.
"""

from coop.charter.kinds import Article
from coop.charter.kinds import gettext_noop as _

from .assemblies import ASSEMBLIES
from .offices import OFFICES
from .work import WORK

SECTIONS = {
    "register": _("The register of voters"),
    "calling": _("Calling a meeting"),
    "quorum": _("Quorum"),
    "majorities": _("Majorities"),
    "voting": _("Ways of voting"),
    "proposals": _("Proposals"),
    "debate": _("The debate"),
    "minutes": _("Minutes and objections"),
    "offices": _("Councils and offices"),
    "elections": _("Elections"),
    "recall": _("Recall"),
    "answering": _("Reports and questions"),
    "production": _("Production problems"),
    "work": _("Pay and work"),
    "money": _("Budget, surplus and prices"),
}

ARTICLES: tuple[Article, ...] = (*ASSEMBLIES, *OFFICES, *WORK)
BY_KEY = {article.key: article for article in ARTICLES}

# What a proposal can be about (each has majority_<matter> and base_<matter>), and what else takes a majority.
MATTERS = ("ordinary", "bylaws", "statute", "purpose", "merger", "dissolution", "independence")
PROCEDURES = ("late", "closure", "election", "recall")
