"""The words of a recall on the paper: who asks for what, why, and what the holder says to it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from .models import Petition


def title_of(petition: Petition) -> str:
    mandate = petition.mandate
    told = {"name": mandate.member.name, "office": mandate.seat.office.title}
    return _("Recall of %(name)s, %(office)s") % told


def paper_of(petition: Petition) -> tuple[str, str]:
    """Title (200 characters at most) and text, in the language spoken now. Reasons of joined petitions follow."""
    told = {"name": petition.mandate.member.name}
    joined = petition.joined.order_by("filed_at", "pk")
    parts = [f"{one.label}\n{one.reasons}" for one in [petition, *joined]]
    parts.append(
        _("The answer of %(name)s:") % told + "\n" + petition.answer
        if petition.answer
        else _("%(name)s has given no answer.") % told
    )
    return title_of(petition)[:200], "\n\n".join(parts)
