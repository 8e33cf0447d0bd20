"""What the journal tells of recalls and resignations. Who signed a petition is told nowhere."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

SENTENCES: dict[str, Any] = {
    "petition-filed": _(
        "%(who)s asked for a recall: %(what)s. Of %(electors)s electors, %(needed)s signatures are needed."
    ),
    "petition-joined": _("%(who)s asked for the same recall, %(what)s; it is joined to %(to)s."),
    "petition-sheet-entered": ngettext_lazy(
        "%(who)s entered a sheet of %(lines)s line for %(what)s.",
        "%(who)s entered a sheet of %(lines)s lines for %(what)s.",
        "lines",
    ),
    "petition-handed-in": ngettext_lazy(
        "%(what)s was handed in with %(lines)s line. Entered by %(who)s.",
        "%(what)s was handed in with %(lines)s lines. Entered by %(who)s.",
        "lines",
    ),
    "petition-verified": _(
        "%(who)s verified %(what)s: %(counts)s signatures count, %(needed)s were needed. Do not count: %(twice)s twice,"
        " %(elsewhere)s of others, %(no_vote)s without a vote, %(unknown)s unknown."
    ),
    "petition-answered": _("%(who)s answered %(what)s."),
    "petition-lapsed": _("%(what)s is without object: %(ending)s. Entered by %(who)s."),
    "recall-put-to-the-vote": _("%(who)s drew up the vote on %(what)s."),
    "recall-vote-annulled": _("The vote on %(what)s was annulled; another follows. Entered by %(who)s."),
    "recalled": _("%(what)s: recalled. %(voted)s of %(electors)s electors voted. Counted by %(who)s."),
    "not-recalled": _(
        "%(what)s: not recalled. %(voted)s of %(electors)s electors voted. Counted by %(who)s."
    ),
    "resigned": _("%(who)s resigned: %(what)s."),
}
