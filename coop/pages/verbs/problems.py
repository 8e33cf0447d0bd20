"""What the journal tells of the shop floor. A problem is named by its number only."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

SENTENCES: dict[str, Any] = {
    "area-added": _("%(who)s entered the place %(what)s of department %(department)s."),
    "area-closed": _("%(who)s entered that the place %(what)s of department %(department)s was given up."),
    "problem-raised": _("%(who)s raised the problem %(what)s in %(department)s, priority: %(priority)s."),
    "problem-raised-unnamed": _(
        "The problem %(what)s in %(department)s was raised without a name, priority: %(priority)s."
    ),
    "problem-photographed": _("%(who)s added a photo to %(what)s."),
    "problem-answered": _("%(who)s answered the problem %(what)s."),
    "problem-priority": _("%(who)s gave %(what)s another priority: %(priority)s."),
    "problem-taken-up": _("%(who)s took up the problem %(what)s."),
    "problem-solved": _("%(who)s said that %(what)s is solved; it waits to be confirmed."),
    "problem-not-solved": _("%(who)s said that %(what)s is not solved."),
    "problem-verified": _("%(who)s confirmed that %(what)s is solved."),
    "problem-reopened": _("%(who)s said that %(what)s came back."),
    "problem-sent-up": _("%(who)s sent %(what)s up, to: %(level)s."),
    "problem-came-down": _("%(who)s answered %(what)s, and sent it down to: %(level)s."),
    "problem-joined": _("%(who)s joined %(what)s to %(to)s: it is the same."),
    "problem-parted": _("%(who)s took %(what)s apart again from the other one."),
    "problem-to-conduct": _("%(who)s moved %(what)s from the list to the procedure on conduct."),
    "problems-gone-through": ngettext_lazy(
        "%(what)s met (%(meeting)s), with %(number)s problem before it. Left long enough to go up: %(risen)s.",
        "%(what)s met (%(meeting)s), with %(number)s problems before it. Left long enough to go up: %(risen)s.",
        "number",
    ),
    "line-stopped": _("%(who)s stopped the line because of %(what)s."),
    "line-stopped-unnamed": _("The line was stopped because of %(what)s, without a name."),
    "line-made-safe": _("%(who)s said that the line of %(what)s may run again; another person looks."),
    "line-lifted": _("%(who)s lifted the stop because of %(what)s."),
}
