"""What the journal tells of lists that are entered whole, and of the register that is taken along."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

SENTENCES: dict[str, Any] = {
    "member-struck": _("%(who)s struck every entry of %(what)s: a list had entered them wrongly."),
    "intake-started": _(
        "%(who)s confirmed the list %(what)s, from: %(document)s. New: %(new)s, changed: %(changed)s, left out:"
        " %(left_out)s."
    ),
    "intake-done": _(
        "The list %(what)s is entered. Rows done: %(done)s, failed: %(failed)s. Entered by %(who)s."
    ),
    "intake-taken-back": _("%(who)s takes the list %(what)s back; rows: %(rows)s."),
    "intake-undone": _(
        "The list %(what)s is taken back. Rows undone: %(undone)s, kept because something had followed: %(kept)s."
        " Entered by %(who)s."
    ),
    "register-carried-out": ngettext_lazy(
        "%(who)s took the register along as a %(form)s file, with %(people)s person.",
        "%(who)s took the register along as a %(form)s file, with %(people)s people.",
        "people",
    ),
}
