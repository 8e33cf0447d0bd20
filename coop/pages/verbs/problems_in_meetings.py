"""What the journal tells of problems in meetings."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "problem-called": _("%(what)s, sitting %(sitting)s: %(problem)s is spoken about."),
    "problem-left": _("%(what)s, sitting %(sitting)s: the problem is left for today."),
    "problem-measured": _("%(who)s measured again what was done about %(what)s."),
    "problems-on-agenda": _("The list of problems stands on the agenda of %(what)s, as item %(item)s."),
}
