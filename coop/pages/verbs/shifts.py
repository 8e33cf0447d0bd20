"""What the journal tells of what one shift hands to the next."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "handover-asks": _("The sheet of %(what)s asks from now on: %(question)s Entered by %(who)s."),
    "handover-asks-no-more": _("The sheet of %(what)s asks no more: %(question)s Entered by %(who)s."),
    "shift-handed-over": _("%(who)s handed over %(what)s after the shift %(shift)s of %(day)s."),
    "shift-left-to-nobody": _(
        "%(who)s left the sheet of %(what)s after the shift %(shift)s of %(day)s; nobody came to take over."
    ),
    "shift-taken-over": _("%(who)s took over %(what)s after the shift %(shift)s of %(day)s."),
}
