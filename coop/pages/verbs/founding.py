"""What the journal tells of the house itself: its founding, its rules, its departments, crews and hours."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "cooperative-founded": _("%(who)s founded %(what)s."),
    "bylaws-adopted": _(
        "%(who)s entered the rules, %(what)s, from %(valid_from)s, adopted by: %(adopted_by)s."
    ),
    "plant-laid-out": _("%(who)s entered the departments, shifts and crews of %(what)s."),
    "department-added": _("%(who)s entered the department %(what)s."),
    "crew-added": _("%(who)s entered the crew %(what)s."),
    "rota-changed": _("%(who)s changed the rota: from %(since)s a turn lasts %(every_days)s days."),
    "rota-withdrawn": _("%(who)s withdrew the rota planned from %(since)s."),
    "hours-entered": _(
        "%(who)s entered the hours of %(what)s: %(members)s of members, %(hired)s of others,"
        " %(outside)s of these outside the limit. From: %(source)s."
    ),
}
