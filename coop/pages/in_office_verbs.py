"""What the journal tells of signatures for the house."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "case-file-opened": _(
        "What %(who)s tried to write about somebody in office was refused, and is on file: %(what)s."
    ),
    "commitment-entered": _(
        "%(who)s signed %(what)s as %(office)s: %(amount)s, to %(party)s. It waits for the second signature."
    ),
    "commitment-signed": _("%(who)s signed %(what)s as %(office)s: %(amount)s, to %(party)s."),
    "commitment-countersigned": _("%(who)s signed %(what)s as the second, as %(office)s."),
    "question-unanswered": _("A question was not answered in time, %(what)s: it goes before %(body)s."),
    "commitment-turned-down": _("%(who)s turned %(what)s down: %(because)s"),
}
