"""A choice of machines or of a technique is a proposal like any other; these headings remind of what it has to say."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _


def headings(request: HttpRequest) -> dict[str, str]:
    """What stands in the box for reasons when somebody begins such a proposal; nothing otherwise."""
    if request.GET.get("for") != "technique":
        return {}
    parts = (
        _("Options"),
        _("What each costs, and where the money comes from"),
        _("Jobs: what changes for whom"),
        _("Safety and health"),
        _("Training"),
        _("Who took part in the study, operators among them"),
    )
    return {"reasons": "\n\n".join(f"### {words}\n" for words in parts)}
