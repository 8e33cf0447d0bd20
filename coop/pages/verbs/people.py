"""What the journal tells of people: who comes, who goes, and what is written of them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "member-admitted": _("%(who)s entered %(what)s in the register, from %(joined)s."),
    "standing-changed": _("%(who)s wrote a new standing of %(what)s, from %(since)s."),
    "standing-noted": _("%(who)s noted something in the record of %(what)s."),
    "member-gone": _("%(what)s is no longer of the house from %(since)s: %(status)s. Entered by %(who)s."),
    "member-posted": _("%(who)s moved %(what)s to department %(department)s from %(since)s."),
    "view-kept": _("%(who)s kept a view of the register for the office."),
    "view-dropped": _("%(who)s threw a view of the register away."),
    "member-corrected": _("%(who)s corrected the record of %(what)s: %(fields)s."),
    "entry-struck": _("%(who)s struck an entry in the record of %(what)s, the one from %(since)s."),
    # applications; the journal is never cleared, so it does not name who asked
    "application-made": _("An application for membership came in, number %(what)s. Entered by %(who)s."),
    "application-admitted": _(
        "Application number %(what)s was granted: member %(number)s, by: %(document)s. Entered by %(who)s."
    ),
    "application-refused": _(
        "Application number %(what)s was refused, by: %(document)s. Entered by %(who)s."
    ),
    "refusal-appealed": _("The refusal of application number %(what)s was appealed. Entered by %(who)s."),
    "application-withdrawn": _("Application number %(what)s was withdrawn. Entered by %(who)s."),
    "consent-given": _("%(who)s has asked the register office for an entry that waits for their own yes."),
}
