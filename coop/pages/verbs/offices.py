"""What the journal tells of documents, bodies, offices and mandates, and of who stands in for whom."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "version-entered": _(
        "%(who)s entered the document %(what)s, adopted by: %(adopted_by)s. It waits to be confirmed."
    ),
    "version-confirmed": _("%(who)s compared the document %(what)s with the original, and confirmed it."),
    "version-turned-down": _("%(who)s turned down the document %(what)s: %(because)s"),
    "body-created": _("%(who)s entered the body %(what)s."),
    "office-created": _("%(who)s entered the office %(what)s."),
    "mandate-entered": _(
        "%(who)s entered the mandate %(what)s from: %(document)s. It waits to be confirmed."
    ),
    "mandate-begun": _("A mandate began, %(what)s, by: %(document)s. Entered by %(who)s."),
    "mandate-confirmed": _("%(who)s confirmed the mandate %(what)s."),
    "mandate-turned-down": _("%(who)s turned down the mandate %(what)s: %(because)s"),
    "mandate-ended": _("The mandate %(what)s ended: %(ended)s. Entered by %(who)s."),
    # who stands in for whom; why somebody is away is told nowhere
    "deputy-named": _("%(who)s named a deputy, %(what)s, from %(since)s until %(until)s."),
    "deputy-ended": _("%(who)s ended that somebody stands in: %(what)s."),
}
