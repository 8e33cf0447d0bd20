"""What the journal tells of decisions: put to the vote, entered, copied, looked at again."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "earlier-named": _("%(who)s wrote that %(what)s ends %(earlier)s, if it is carried."),
    "earlier-struck": _("%(who)s wrote that %(what)s leaves %(earlier)s alone."),
    "decision-ended": _("%(what)s is in force no longer, by %(through)s. Entered by %(who)s."),
    "decision-review-set": _("%(who)s set the day on which %(what)s is looked at again: %(due_on)s."),
    "decision-reviewed": _("%(who)s wrote what was found when %(what)s was looked at again: %(found)s"),
    "minority-stated": _("%(who)s wrote a minority statement beside %(what)s."),
    "put-to-the-vote": _("%(who)s put %(what)s to the vote."),
    "decided": _("Decided: %(what)s. %(outcome)s. Entered by %(who)s."),
    "decision-copied": _("%(who)s copied the decision %(what)s from: %(source)s. It waits to be confirmed."),
    "decision-copy-confirmed": _(
        "%(who)s compared the decision %(what)s with: %(source)s, and confirmed it."
    ),
    "decision-copy-turned-down": _("%(who)s turned down the copy of the decision %(what)s: %(because)s"),
    "vote-annulled": _("The vote on %(what)s was annulled by %(who)s: %(because)s"),
}
