"""What the journal tells of councils, working tables and of what meetings agreed shall be done."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "instruction-given": _(
        "%(department)s told its delegates on item %(item)s of %(what)s: %(instruction)s. Entered by %(who)s."
    ),
    "reported-back": _("%(who)s told those who sent them about %(what)s."),
    "table-begun": _("%(who)s set up a working table of %(body)s, %(what)s, until %(ends_on)s."),
    "table-ended": _("%(who)s handed in the report of the working table %(what)s; it is over."),
    # actions agreed
    "action-agreed": _("Agreed: %(what)s. Member %(member)s, by %(due_on)s. Entered by %(who)s."),
    "action-done": _("%(who)s entered that it is done: %(what)s."),
    "action-moved": _("%(who)s moved to another day, %(due_on)s: %(what)s."),
    "action-handed-over": _("%(who)s handed over to member %(member)s: %(what)s."),
    "action-reopened": _("%(who)s opened again: %(what)s."),
    "action-dropped": _("%(who)s dropped: %(what)s."),
}
