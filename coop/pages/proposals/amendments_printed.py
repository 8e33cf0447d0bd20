"""One amendment on paper, for the board or the hand: what it asks for, marked, and whose it is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from coop.meetings.minutes_blocks import plain
from coop.proposals.amended_text import AmendedText

from .. import access
from ..access import enter
from ..paper import to_print
from .amendments_told import ending_of, in_words, state_of
from .amendments_voted import marked_of


@require_safe
def printed(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Printed again it is the same sheet, until something becomes of the amendment."""
    here = enter(request, coop)
    found = access.amendment(here, key)
    text = AmendedText.of(found.proposal)
    found = text.amendments[found.pk]
    moved = date_format(localtime(found.submitted_at), "DATE_FORMAT")
    whose = [
        _("Moved by %(name)s, No. %(number)s") % {"name": found.author.name, "number": found.author.number}
    ]
    if found.on_behalf_of:
        whose.append(found.on_behalf_of.name)
    else:
        signed = found.supports.count()
        whose.append(ngettext("%(count)s signature", "%(count)s signatures", signed) % {"count": signed})
    data = {
        "title": f"{capfirst(str(found.get_kind_display()))} {found.short}",
        "under": str(found.proposal),
        "house": here.cooperative.legal_name,
        "date": localtime(found.submitted_at).date().isoformat(),
        "foot": found.label,
        "facts": [*whose, moved, capfirst(state_of(found)), *filter(None, [ending_of(found)])],
        "clauses": [
            {
                "number": str(clause.origin or "+"),
                "runs": [{"text": run.text, "mark": str(run.mark)} for run in clause.runs],
            }
            for clause in marked_of(text, found)
        ],
        "words": _("In words"),
        "told": in_words(text, found),
        "reasons": _("Reasons") if found.reasons else "",
        "because": plain(found.reasons).split("\n") if found.reasons else [],
        "legend": _("Struck out: what goes. Underlined: what comes."),
    }
    return to_print("amendment", data, name=found.label)
