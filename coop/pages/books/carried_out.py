"""The books carried out of the house for an outside auditor, and what was carried out before."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.text import get_valid_filename
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.oversight import actions
from coop.oversight.export import pieces
from coop.oversight.models import Export
from coop.refusals import Reason, Refused

from .. import access
from ..access import acting, enter, page_of
from ..sheets import Sheet, WordsField

PAGE = 20


class ExportForm(Sheet):
    for_whom = WordsField(
        label=gettext_lazy("For whom"),
        max_length=160,
        help_text=gettext_lazy(
            "Such as “external auditor Perez, yearly audit”. Everybody reads it in the journal."
        ),
    )


@require_http_methods(["GET", "POST"])
def export(request: HttpRequest, coop: str) -> HttpResponseBase:
    """It is a POST, and answered with the file itself: the journal says who took it along, before a byte leaves."""
    here = enter(request, coop)
    access.audits(here)
    form = ExportForm(request.POST if request.method == "POST" else None)
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            made = actions.carry_books_out(
                for_whom=form.cleaned_data["for_whom"], by=acting(here), at=here.at
            )
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            made.cooperative = here.cooperative
            answer = StreamingHttpResponse(pieces(made), content_type="application/zip")
            name = get_valid_filename(f"{here.cooperative.slug}-{here.day.isoformat()}.zip")
            answer["Content-Disposition"] = f'attachment; filename="{name}"'
            answer["X-Content-Type-Options"] = "nosniff"
            return answer
    found = Export.objects.filter(cooperative=here.cooperative).select_related("by")
    context = {"form": form, "reasons": reasons, "page": page_of(request, found, PAGE)}
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "books/verified/export.html", context, status=status)
