"""What the journal tells of votes. That somebody voted is never written."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

SENTENCES: dict[str, Any] = {
    "ballot-drawn-up": _("%(who)s drew up the ballot %(what)s."),
    "ballot-redrawn": _("%(who)s drew the ballot %(what)s up anew; the draft before it was thrown away."),
    "ballot-opened": _("%(who)s opened the vote %(what)s, with %(roll)s on the register."),
    "ballot-closed": _("The vote %(what)s was closed by %(who)s; %(voted)s had voted."),
    "ballot-counted": _("The vote %(what)s was counted. Entered by %(who)s."),
    "boxes-made": _("%(who)s entered the boxes of the vote %(what)s: %(boxes)s."),
    "box-recorded": _("%(who)s wrote in the record of %(box)s for the vote %(what)s: %(step)s."),
    "tellers-named": _("%(who)s named tellers for the vote %(what)s: members %(members)s."),
    "sheet-entered": _(
        "%(who)s counted for the vote %(what)s and handed in a sheet: %(place)s, count %(attempt)s."
    ),
    "sheets-confirmed": _("%(who)s confirmed two equal sheets for the vote %(what)s: %(place)s."),
    "moved-to-hands": ngettext_lazy(
        "%(who)s had those who had not voted yet, %(people)s person, raise their hands for: %(what)s.",
        "%(who)s had those who had not voted yet, %(people)s people, raise their hands for: %(what)s.",
        "people",
    ),
    "ballot-rests": _(
        "Sitting %(sitting)s has voted on %(what)s: %(voted)s of %(present)s present."
        " It is counted after the last sitting. By %(who)s."
    ),
    "count-demanded": _("%(who)s asked for a count of the vote %(what)s."),
    "carried-by-acclamation": _(
        "%(what)s was carried by acclamation before %(present)s with a vote; nobody asked for a count. By %(who)s."
    ),
    "part-from-paper": _(
        "%(who)s typed in that sitting %(sitting)s voted on %(what)s on paper, from: %(source)s."
    ),
    "vote-from-paper": _("%(who)s typed in that %(what)s was voted on paper, from: %(source)s."),
    "tie-decided": _("%(what)s was a tie; %(who)s, who chairs, decided: %(choice)s."),
    "candidate-withdrew": _("%(name)s stepped back from the vote %(what)s. Entered by %(who)s."),
    "lot-drawn": _(
        "%(who)s drew a lot for the vote %(what)s before members %(witnesses)s; what fell: %(seed)s."
    ),
    "ballot-annulled": _("%(who)s annulled the vote %(what)s: %(because)s"),
}
