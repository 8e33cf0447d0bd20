"""What the journal tells of funds and their projects."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "fund-set-up": _(
        "%(who)s set up %(what)s: %(amount)s on the line %(line)s, for projects put forward until %(until)s."
    ),
    "fund-list-closed": _("%(who)s closed the list of %(what)s. Projects to be voted: %(projects)s."),
    "fund-put": _("%(who)s drew up the vote on %(what)s."),
    "fund-chosen": _("The projects of %(what)s are chosen: %(chosen)s. Left over: %(left)s."),
    "fund-given-up": _("%(who)s entered that %(what)s is given up: %(because)s"),
    "project-put-forward": _("%(who)s put forward %(what)s. It costs %(cost)s."),
    "project-rewritten": _("%(who)s wrote %(what)s anew. It costs %(cost)s."),
    "project-answered-for": _("%(who)s answers for %(what)s."),
    "project-withdrawn": _("%(who)s withdrew %(what)s."),
    "project-feasible": _("%(who)s found %(what)s feasible: %(because)s"),
    "project-not-feasible": _("%(who)s found %(what)s not feasible: %(because)s"),
    "project-paid": _("%(who)s entered a payment of %(amount)s for %(what)s: %(proof)s."),
}
