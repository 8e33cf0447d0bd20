"""The register carried out of the house: as a file for a spreadsheet, and printed to be kept with the books."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.paginator import Page
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from coop.intake import actions, writing
from coop.members.models import Member, Power, Standing
from coop.members.search import Wanted, found
from coop.refusals import Refused

from ..access import Here, acting, enter, page_of, reads_private
from ..columns import COLUMNS
from ..errors import refused as told_no
from ..files import KINDS
from ..paper import to_print
from ..read_by_audit import What, note
from ..sheets import Sheet
from .people_list import people_of

FIELDS = (
    "number", "name", "born", "joined", "department", "crew", "kind", "status", "until", "reason", "job", "phone",
    "contact", "language",
)  # fmt: skip
PART = 2_000  # rows read from the database at a time
IN_A_VOLUME = 1_000  # people of one PDF: two seconds; ten thousand in one would take a gigabyte


class ExportSheet(Sheet):
    form = forms.ChoiceField(
        label=gettext_lazy("As what"),
        choices=[
            ("xlsx", gettext_lazy("a workbook (.xlsx)")),
            ("csv", gettext_lazy("a text file (.csv)")),
        ],
        widget=forms.RadioSelect,
        initial="xlsx",
    )


@require_http_methods(["GET", "POST"])
def export(request: HttpRequest, coop: str) -> HttpResponse:
    """Of the people the address means, as in the list. It is a POST, because the journal says who took it along."""
    here, people, search = _meant(request, coop)
    sheet = ExportSheet(request.POST) if request.method == "POST" else ExportSheet()
    if request.method == "GET" or not sheet.is_valid():
        volumes = range(
            1, -(-found(here.cooperative, Wanted(on=here.day), at=here.at).count() // IN_A_VOLUME) + 1
        )
        context = {"form": sheet, "count": people.count(), "search": search, "volumes": volumes}
        return render(request, "people/exports/export.html", context, status=422 if sheet.is_bound else 200)
    kind = sheet.cleaned_data["form"]
    note(here, What.FILE, otherwise=here.may(Power.KEEP_REGISTER))
    rows = list(_rows(people))
    try:
        actions.carry_out(
            cooperative=here.cooperative, form=kind, people=len(rows), by=acting(here), at=here.at
        )
    except Refused as no:
        return told_no(request, no.reasons)
    heads = [str(COLUMNS[name]) for name in FIELDS]
    content = writing.as_csv(heads, rows) if kind == "csv" else writing.as_xlsx(_("People"), heads, rows)
    answer = HttpResponse(content, content_type=KINDS[kind])
    name = get_valid_filename(f"{here.cooperative.slug}-{here.day.isoformat()}.{kind}")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _meant(request: HttpRequest, coop: str) -> tuple[Here, QuerySet[Member], Any]:
    here = enter(request, coop)
    if not reads_private(here):
        raise Http404
    search, people = people_of(here, request.GET)
    if people is None:
        raise Http404
    return here, people, search


def _rows(people: QuerySet[Member]) -> Iterator[list[writing.Value]]:
    """One row for each, places and fixed choices in the words an import recognises."""
    kinds, statuses = dict(Standing.Kind.choices), dict(Standing.Status.choices)
    contacts = dict(Member.Contact.choices)
    told = people.annotate(until=F("stands__expected_until"), reason=F("stands__reason"))
    for one in told.iterator(chunk_size=PART):
        row: Any = one  # with what `found` annotates
        yield [
            one.number,
            one.name,
            one.born,
            one.joined,
            row.department_code,
            row.crew_code,
            str(kinds.get(row.kind, row.kind)),
            str(statuses.get(row.status, row.status)),
            row.until,
            row.reason,
            one.job,
            one.phone,
            str(contacts[one.contact]),
            one.language,
        ]


@require_safe
def printed(request: HttpRequest, coop: str) -> HttpResponse:
    """Everybody of the house today, by name, in volumes to be kept with the books, and the fingerprint of it all."""
    here = enter(request, coop)
    if not reads_private(here):
        raise Http404
    people = found(here.cooperative, Wanted(on=here.day), at=here.at)
    columns = ("number", "name", "department_name", "crew_name", "joined", "kind")
    lines = [[str(cell or "—") for cell in line] for line in people.values_list(*columns)]
    mark = hashlib.sha256(json.dumps(lines, ensure_ascii=False).encode()).hexdigest()
    volume = page_of(request, lines, IN_A_VOLUME)
    kinds = {str(code): str(words) for code, words in Standing.Kind.choices}
    rows = [[*line[:5], kinds.get(line[5], line[5])] for line in volume]
    day = date_format(here.day, "DATE_FORMAT")
    told = ngettext("%(number)d person", "%(number)d people", len(rows)) % {"number": len(lines)}
    data = {
        "title": _title(volume),
        "house": here.cooperative.legal_name,
        "date": here.day.isoformat(),
        "under": _("%(people)s on %(day)s") % {"people": told, "day": day},
        "foot": f"{here.cooperative.short_name} · {day} · {' '.join(mark[at : at + 4] for at in range(0, 32, 4))}",
        "notes": [_("The groups of letters at the foot are the fingerprint of the whole list.")],
        "columns": [
            {"words": _("No."), "width": "auto", "number": True},
            {"words": _("Name"), "width": "wide"},
            {"words": _("Department"), "width": "fr"},
            {"words": _("Crew"), "width": "fr"},
            {"words": _("Joined"), "width": "auto"},
            {"words": _("Standing"), "width": "auto"},
        ],
        "rows": rows,
    }
    return to_print("list", data, name=f"register-{here.day.isoformat()}-{volume.number}")


def _title(volume: Page[Any]) -> str:
    if volume.paginator.num_pages == 1:
        return _("Register of members")
    told = {"number": volume.number, "total": volume.paginator.num_pages}
    return _("Register of members, volume %(number)d of %(total)d") % told
