"""The archive: what holds on a day, one document with its versions, what a version changed, its file and its sheet."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from coop.documents.differences import differences
from coop.documents.models import Document, Version
from coop.documents.text import blocks, under_a_title
from coop.members.models.countersigned import waiting
from coop.members.rules.second_person import obstacles_to_keeping_the_archive
from coop.refusals import Reason

from .. import access
from ..access import Here, acting, enter
from ..files import SHUT
from ..paper import to_print
from ..second_person import beside
from ..sheets import DayField, Sheet


class OnForm(Sheet):
    on = DayField(label=gettext_lazy("What held on"), required=False)


@require_safe
def documents(request: HttpRequest, coop: str) -> HttpResponse:
    """What holds today, or held on the day asked for."""
    here = enter(request, coop)
    form = OnForm(request.GET if "on" in request.GET else None, initial={"on": here.day})
    day = (form.cleaned_data["on"] if form.is_bound and form.is_valid() else None) or here.day
    holding = Version.objects.filter(Version.holding_on(day)).order_by("-valid_from", "-number")
    found = Document.objects.filter(cooperative=here.cooperative).prefetch_related(
        Prefetch("versions", holding.defer("text"), to_attr="holding")
    )
    context = {
        "form": form,
        "day": day,
        "today": day == here.day,
        "documents": [(one, one.holding[0]) for one in sorted(found, key=_place) if one.holding],
        "waiting": access.versions(here).filter(waiting()).defer("text").order_by("entered_at", "pk"),
        "keeps": keeps_archive(here),
    }
    return render(request, "books/documents/documents.html", context, status=422 if form.errors else 200)


def _place(of: Document) -> tuple[int, int]:
    """The statute first, and the others in the order of their kinds."""
    return Document.Kind.values.index(of.kind), of.number


def keeps_archive(here: Here) -> bool:
    if not here.powers.held:
        return False
    me = acting(here)
    return not obstacles_to_keeping_the_archive(here.cooperative, by=me, at=here.at, powers=here.powers)


@require_safe
def document(request: HttpRequest, coop: str, number: int) -> HttpResponse:
    """The version that holds today; of a document that never held, the latest there is."""
    here = enter(request, coop)
    found = access.document(here, number)
    every = access.versions(here).filter(document=found).order_by("-valid_from", "-number")
    shown = every.filter(Version.holding_on(here.day)).first() or every.first()
    if shown is None:
        raise Http404
    return show(request, here, shown)


@require_safe
def version(request: HttpRequest, coop: str, number: int, version: int) -> HttpResponse:
    here = enter(request, coop)
    return show(request, here, access.version(here, number, version))


def show(
    request: HttpRequest, here: Here, shown: Version, *, refused: list[Reason] | None = None, typed: str = ""
) -> HttpResponse:
    versions = list(
        access.versions(here).filter(document=shown.document).defer("text").order_by("-valid_from", "-number")
    )
    holding = next((one for one in versions if one.confirmed_at and one.valid_from <= here.day), None)
    before = _before(shown)
    context = {
        "document": shown.document,
        "version": shown,
        "text": under_a_title(shown.text),
        "attachment": access.attachment(shown),
        "versions": [(one, _state(one, holding, here.day)) for one in versions],
        "state": _state(shown, holding, here.day),
        "before": before,
        "refused": refused,
        "typed": typed,
        **beside(here, shown),
        "keeps": keeps_archive(here),
    }
    return render(request, "books/documents/document.html", context, status=409 if refused else 200)


def _state(one: Version, holding: Version | None, day: datetime.date) -> tuple[str, str]:
    """In words, and as a shape."""
    if one.waits:
        return _("waits for a second person"), "waiting"
    if one.refused_at is not None:
        return _("turned down"), "stopped"
    if one == holding:
        return _("in force"), "yes"
    return (_("to come"), "draft") if one.valid_from > day else (_("no longer in force"), "done")


def _before(shown: Version) -> Version | None:
    """The confirmed version that held, or will hold, until this one."""
    earlier = Q(valid_from__lt=shown.valid_from) | Q(valid_from=shown.valid_from, number__lt=shown.number)
    others = Version.objects.filter(earlier, document=shown.document, confirmed_at__isnull=False)
    return others.order_by("-valid_from", "-number").first()


@require_safe
def changes(request: HttpRequest, coop: str, number: int, version: int) -> HttpResponse:
    """What a version changed, word by word."""
    here = enter(request, coop)
    shown = access.version(here, number, version)
    before = _before(shown)
    if before is None:
        raise Http404
    lines = differences(before.text, shown.text)
    context = {"document": shown.document, "version": shown, "before": before, "lines": lines}
    return render(request, "books/documents/changes.html", context)


@require_safe
def file(request: HttpRequest, coop: str, number: int, version: int) -> HttpResponse:
    """The file as it was kept, to be saved; it never runs inside this house."""
    here = enter(request, coop)
    found = access.attachment(access.version(here, number, version), with_content=True)
    if found is None:
        raise Http404
    kind = "text/plain; charset=utf-8" if found.media == "text/plain" else found.media
    answer = HttpResponse(bytes(found.content), content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    answer["Content-Security-Policy"] = SHUT
    return answer


@require_safe
def paper(request: HttpRequest, coop: str, number: int, version: int) -> HttpResponse:
    """The words as a sheet to hang up or to sign."""
    here = enter(request, coop)
    shown = access.version(here, number, version)
    if not shown.text:
        raise Http404
    return to_print("text", _sheet(here, shown), name=f"{shown.document.title} {shown.number}")


def _sheet(here: Here, shown: Version) -> dict[str, Any]:
    holds = _("Valid from %(day)s. Adopted by: %(act)s.")
    facts = {"day": date_format(shown.valid_from, "DATE_FORMAT"), "act": shown.adopted_by}
    notes = [] if shown.confirmed_at else [_("Copy: nobody has compared it with the original yet.")]
    if access.attachment(shown) is not None:
        notes.append(_("A file belongs to this version; it is kept beside it."))
    return {
        "title": shown.document.title,
        "under": holds % facts,
        "house": here.cooperative.legal_name,
        "date": shown.entered_on.isoformat(),
        "foot": _("Version %(number)s · fingerprint %(hash)s")
        % {"number": shown.number, "hash": shown.hash[:16]},
        "notes": notes,
        "blocks": [
            block._asdict() | {"runs": [run._asdict() for run in block.runs]} for block in blocks(shown.text)
        ],
    }
