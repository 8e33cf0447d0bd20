"""The only writers of what the auditor finds, and of what is answered."""

from .appeals import decide_appeal, make_appeal
from .checks import carry_books_out, verify_journal
from .counts import file_cash_count, file_stock_count, sign_count
from .findings import answer_finding, close_finding, lay_before_assembly, remark, write_finding
from .readings import note_reading
from .reports import write_report

__all__ = [
    "answer_finding",
    "carry_books_out",
    "close_finding",
    "decide_appeal",
    "file_cash_count",
    "file_stock_count",
    "lay_before_assembly",
    "make_appeal",
    "note_reading",
    "remark",
    "sign_count",
    "verify_journal",
    "write_finding",
    "write_report",
]
