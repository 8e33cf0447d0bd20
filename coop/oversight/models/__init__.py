"""What the auditor wrote, and what was answered."""

from .appeals import Appeal
from .checks import Export, JournalCheck
from .counts import CountLine, CountSheet
from .findings import Finding, FindingWord
from .readings import Reading
from .reports import AuditReport

__all__ = [
    "Appeal",
    "AuditReport",
    "CountLine",
    "CountSheet",
    "Export",
    "Finding",
    "FindingWord",
    "JournalCheck",
    "Reading",
]
