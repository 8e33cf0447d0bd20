"""The words over the columns of a budget, on pages, in files and in refusals."""

from typing import Any

from django.utils.translation import gettext_lazy

BUDGET_COLUMNS: dict[str, Any] = {
    "code": gettext_lazy("Code"),
    "department": gettext_lazy("Department"),
    "side": gettext_lazy("Kind"),
    "title": gettext_lazy("Title"),
    "basis": gettext_lazy("Basis"),
    "last": gettext_lazy("Last year"),
    "current": gettext_lazy("Current year"),
    "proposed": gettext_lazy("Proposed"),
    "contingency": gettext_lazy("Contingency"),
    "amount": gettext_lazy("Amount"),
}
