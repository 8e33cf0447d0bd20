"""The sheet of paper on which a candidature is signed: what they stand for, and lines; one page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from .. import access
from ..access import enter
from ..paper import to_print
from ..timetable import say_day
from .printed import frame

LINES = 20  # without a statement
SHORT = 600  # characters of a statement; the whole of it is on the page of the candidate


@require_safe
def sheet(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Whoever carries it round hands it to the commission."""
    here = enter(request, coop)
    found = access.candidature(here, key)
    election, office = found.contest.election, found.contest.office
    told = {"needed": found.contest.signatures, "day": say_day(election.candidates_until)}
    needed = ngettext(
        "%(needed)s signature of those who elect is needed. The commission takes sheets until %(day)s.",
        "%(needed)s signatures of those who elect are needed. The commission takes sheets until %(day)s.",
        found.contest.signatures,
    )
    said = " ".join(found.statement.split())
    said = said if len(said) <= SHORT else said[: SHORT - 1] + "…"
    title = _("Candidature of %(name)s") % {"name": found.member.name}
    data = {
        **frame(here, election, title, found.nominated_at),
        "under": f"{capfirst(office.title)}, {office.body.name} · {election.label}",
        "reasons": [{"label": _("What they stand for"), "text": said}] if said else [],
        "notes": [needed % told, _("Everybody reads who has signed. One may sign for several.")],
        "columns": [pgettext("member number", "No."), _("Name"), _("Signature")],
        "lines": LINES - (2 + len(said) // 150 if said else 0),
    }
    return to_print("petition", data, name=f"{_('Signatures')} {election.label} {found.member.number}")
