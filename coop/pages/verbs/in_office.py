"""What the journal tells of those in office: what they hand over, decide, answer and sign."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    # what goes with an office; the lines are read by the two and who audits
    "handover-begun": _("%(who)s began to hand over: %(what)s. Lines: %(lines)s."),
    "handover-added": _("%(who)s added to what is handed over: %(what)s."),
    "handed-over": _("%(who)s signed as handed over: %(what)s. Lines: %(lines)s."),
    "handover-received": _("%(who)s signed as received: %(what)s. Lines: %(lines)s."),
    # what an office decided because it could not wait
    "decided-urgently": _(
        "%(who)s decided %(what)s, as %(office)s. It comes before: %(body)s, by %(due_on)s."
    ),
    "urgent-settled": _("%(what)s: %(became)s, %(meeting)s. Entered by %(who)s."),
    # questions to offices; who put a personal one is told nowhere
    "question-put": _("%(who)s put a question, %(what)s, to be answered by %(due_on)s."),
    "personal-question-put": _("A personal question was put, %(what)s, to be answered by %(due_on)s."),
    "question-answered": _("%(who)s answered the question %(what)s."),
    "answer-added": _("%(who)s added to the answer of the question %(what)s."),
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
