"""What the journal tells of the auditor's work."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "finding-written": _("%(who)s wrote the finding %(what)s, to %(to)s, to be answered by %(until)s."),
    "finding-answered": _("%(who)s answered the finding %(what)s."),
    "finding-remarked": _("%(who)s added a remark to the finding %(what)s."),
    "finding-settled": _("%(who)s closed the finding %(what)s as settled."),
    "finding-not-settled": _(
        "%(who)s closed the finding %(what)s as not settled: it goes before the assembly."
    ),
    "finding-unanswered": _(
        "Nobody answered the finding %(what)s for %(to)s in time: it goes before the assembly."
    ),
    "journal-verified": _("%(who)s verified the journal up to entry %(sequence)s: nothing found."),
    "journal-faulty": _("%(who)s verified the journal up to entry %(sequence)s; faults found: %(faults)s."),
    "books-carried-out": _(
        "%(who)s carried the books out for %(what)s, the journal up to entry %(sequence)s."
    ),
    "cash-counted": _(
        "%(who)s counted the cash, %(what)s: %(counted)s, difference to the book %(difference)s."
    ),
    "stock-counted": _(
        "%(who)s counted the stock, %(what)s: %(many)s things, %(different)s not as the book says."
    ),
    "count-signed": _("%(who)s signed the count %(what)s."),
    "count-contradicted": _("%(who)s contradicted the count %(what)s."),
    "audit-report-written": _("%(who)s wrote a report for the assembly: %(what)s."),
    "appeal-made": _("An appeal against a sanction came in: %(what)s. Entered by %(who)s."),
    "appeal-granted": _("The assembly granted the appeal %(what)s: %(decision)s. Entered by %(who)s."),
    "appeal-turned-down": _(
        "The assembly turned the appeal %(what)s down: %(decision)s. Entered by %(who)s."
    ),
}
