"""What the journal tells of minutes and the book they stand in."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "last-number-entered": _(
        "%(who)s entered that the book ends with %(what)s: %(source)s. It waits to be confirmed."
    ),
    "last-number-confirmed": _("%(who)s confirmed that the book ends with %(what)s: %(source)s."),
    "last-number-turned-down": _("%(who)s turned down that the book ends with %(what)s: %(because)s"),
    "note-written": _("%(who)s wrote in the minutes of %(what)s, item %(item)s."),
    "minutes-closed": _("%(who)s circulated the minutes of %(what)s; their text is fixed."),
    "minutes-objection": _("%(who)s objected to the minutes of %(what)s (entry %(entry)s)."),
    "minutes-dissent": _("%(who)s wrote a dissent under the minutes of %(what)s (entry %(entry)s)."),
    "minutes-finding": _("%(who)s answered an objection to the minutes of %(what)s (entry %(entry)s)."),
    "minutes-correction": _("%(who)s entered a correction to the minutes of %(what)s (entry %(entry)s)."),
    "minutes-signed": _("%(who)s signed the minutes of %(what)s."),
    "minutes-approved": _("The minutes of %(what)s were approved in %(in)s. Entered by %(who)s."),
    "minutes-not-approved": _("The minutes of %(what)s were not approved in %(in)s. Entered by %(who)s."),
    "minutes-sealed": _("%(who)s sealed the minutes of %(what)s, number %(book_number)s of the book."),
    "minutes-copied": _(
        "%(who)s noted that the minutes of %(what)s were copied into the stamped book (entry %(entry)s)."
    ),
    "minutes-sent": _(
        "%(who)s noted that the minutes of %(what)s were sent to the public authority (entry %(entry)s)."
    ),
    "minutes-challenged": _("%(who)s noted that the minutes of %(what)s are challenged (entry %(entry)s)."),
    "phrase-added": _("%(who)s added a phrase for minutes: %(title)s."),
    "phrase-retired": _("%(who)s retired a phrase for minutes: %(title)s."),
}
