"""What the journal tells of proposals. Drafts are their author's alone, so they are not named."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "proposal-written": _("%(who)s began a draft of a proposal."),
    "proposal-rewritten": _("%(who)s went on with a draft of a proposal."),
    "proposal-published": _("%(who)s published %(what)s; it needs the support of %(support_needed)s."),
    "proposal-supported": _("%(who)s signed %(what)s."),
    "proposal-admitted": _("%(what)s is admitted: it has the support it needs, %(supporters)s signatures."),
    "proposal-fallen": _("%(what)s did not find the support it needs in time and has fallen."),
    "proposal-tabled": _("%(who)s put %(what)s on an agenda."),
    "proposal-untabled": _("%(what)s is off the agenda and waits for another meeting. Entered by %(who)s."),
    "proposal-taken-over": _("%(who)s took %(what)s over."),
    "proposal-refused": _(
        "%(what)s does not go on an agenda: %(because)s. It had %(supporters)s of %(needed)s signatures."
        " Entered by %(who)s."
    ),
    "proposal-settled": _("%(what)s is decided. Entered by %(who)s."),
    "proposal-withdrawn": _("%(who)s withdrew %(what)s."),
}
