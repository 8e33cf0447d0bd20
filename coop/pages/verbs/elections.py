"""What the journal tells of elections."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

SENTENCES: dict[str, Any] = {
    "election-called": _(
        "%(who)s called %(what)s: %(contests)s offices, voted on %(vote_on)s. Candidates come forward until %(until)s."
    ),
    "candidate-came-forward": _("%(who)s stands: %(what)s."),
    "candidate-nominated": _("%(who)s put somebody forward: %(what)s."),
    "candidate-accepted": _("%(who)s accepted: %(what)s."),
    "candidate-sheet-entered": ngettext_lazy(
        "%(who)s entered a sheet of %(lines)s line, of which %(counts)s counts: %(what)s.",
        "%(who)s entered a sheet of %(lines)s lines, of which %(counts)s count: %(what)s.",
        "lines",
    ),
    "candidate-stepped-back": _("%(who)s stands no longer: %(what)s."),
    "candidate-admitted": _("%(who)s put on the list, with %(signatures)s signatures: %(what)s."),
    "candidate-refused": _("%(who)s refused to list %(what)s: %(because)s"),
    "candidate-objected-to": _("%(who)s objected to %(what)s."),
    "objection-upheld": _("%(who)s upheld an objection; off the list: %(what)s. %(because)s"),
    "objection-dismissed": _("%(who)s dismissed an objection to %(what)s: %(because)s"),
    "candidates-posted": _("%(who)s posted the list of %(what)s: %(listed)s candidates."),
    "candidates-final": ngettext_lazy(
        "The list of %(what)s is final; %(papers)s paper is drawn up. Entered by %(who)s.",
        "The list of %(what)s is final; %(papers)s papers are drawn up. Entered by %(who)s.",
        "papers",
    ),
    "election-paper-again": _("%(who)s drew up again the papers of %(what)s: %(papers)s."),
    "election-proclaimed": _("%(who)s proclaimed %(what)s. Elected are the members number %(elected)s."),
    "election-annulled": _("%(who)s annulled %(what)s: %(because)s"),
    "election-challenged": _("%(who)s challenged what was proclaimed, %(what)s. To be decided by %(until)s."),
    "challenge-upheld": _("%(who)s upheld the challenge %(what)s; it is repeated. %(because)s"),
    "challenge-dismissed": _("%(who)s dismissed the challenge %(what)s: %(because)s"),
    "challenge-appealed": _("%(who)s took the challenge %(what)s before the assembly."),
    "challenge-appeal-upheld": _(
        "The assembly upheld the challenge %(what)s, %(decision)s; it is repeated. Entered by %(who)s."
    ),
    "challenge-appeal-dismissed": _(
        "The assembly dismissed the challenge %(what)s, %(decision)s. Entered by %(who)s."
    ),
    "post-chosen": _(
        "Of two posts that exclude each other, %(what)s is kept; given up: %(given_up)s. By %(who)s."
    ),
}
