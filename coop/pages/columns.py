"""The words for the columns of the register, in lists that come in and files that go out."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

# In the order of coop.intake.columns.FIELDS; the English words are among those an import recognises.
COLUMNS: dict[str, Any] = {
    "number": _("Number"),
    "name": _("Name"),
    "surname": _("Surname"),
    "born": _("Born on"),
    "joined": _("Joined on"),
    "department": _("Department"),
    "crew": _("Crew"),
    "kind": _("Kind"),
    "status": _("Status"),
    "until": _("Until"),
    "reason": _("Reason"),
    "job": _("Job"),
    "phone": _("Telephone"),
    "contact": _("Reached by"),
    "language": _("Language"),
}
