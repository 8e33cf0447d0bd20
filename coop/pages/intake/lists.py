"""A list from a spreadsheet: chosen, looked at row by row, confirmed, entered while one watches, taken back."""

from __future__ import annotations

import hashlib
import time
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, OperationalError
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coop.intake import actions, columns, sheets
from coop.intake.models import Intake, IntakeRow
from coop.intake.rules import obstacles_to_taking_back
from coop.letters import one_line
from coop.members.models import Power
from coop.refusals import Reason, Refused

from ..access import Here, acting, enter, page_of, wants_fragment
from ..columns import COLUMNS
from ..errors import file_too_large
from ..looking import Look
from ..sheets import Sheet
from .forms import ColumnSheet, ConfirmSheet, FileSheet, TakeBackSheet
from .rows import came_of, columns_left_out, counted, letters_of, line_of, passed_over, rows_to_show

LINES = 25
LISTS = 20
AT_ONCE = 3  # seconds that the person who confirms waits; the clock enters the rest


def _office(request: HttpRequest, coop: str) -> Here:
    """For whoever keeps the register; nobody else learns what lists there are."""
    here = enter(request, coop)
    if not here.may(Power.KEEP_REGISTER):
        raise Http404
    return here


def _list(here: Here, key: int) -> Intake:
    lists = Intake.objects.select_related("by", "confirmed_by", "undone_by")
    found = lists.filter(cooperative=here.cooperative, pk=key).first()
    if found is None:
        raise Http404
    found.cooperative = here.cooperative
    return found


@require_http_methods(["GET", "POST"])
def lists(request: HttpRequest, coop: str) -> HttpResponse:
    """Choosing a file reads it and judges every row; nothing of it enters the register yet."""
    here = _office(request, coop)
    if request.method == "GET":
        return _desk(request, here, FileSheet())
    form = FileSheet(request.POST, request.FILES)
    if not form.is_valid():
        return _desk(request, here, form, status=422)
    file: UploadedFile = form.cleaned_data["file"]
    if (file.size or 0) > sheets.MOST_BYTES:
        return file_too_large(request)
    content = file.read()
    try:
        read = actions.read_in(
            cooperative=here.cooperative,
            file_name=one_line(file.name or "")[-120:] or "—",
            digest=hashlib.sha256(content).hexdigest(),
            text_file=not content.startswith(b"PK"),
            tables=sheets.read(content, letters=form.cleaned_data["letters"]),
            by=acting(here),
            at=here.at,
        )
    except Refused as refused:
        return _desk(request, here, form, refused=refused.reasons, status=422)
    return redirect("import-list", coop, read.pk)


def _desk(
    request: HttpRequest,
    here: Here,
    form: FileSheet,
    *,
    refused: list[Reason] | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = IntakeRow.objects.filter(intake=OuterRef("pk"))
    found = Intake.objects.filter(cooperative=here.cooperative).select_related("by").defer("tables")
    found = found.annotate(
        undone=Exists(rows.filter(state=IntakeRow.State.UNDONE)),
        kept=Exists(rows.filter(state=IntakeRow.State.KEPT)),
    )
    look = Look(request)
    page = page_of(request, look.among(found, "{file_name} {by__name}"), LISTS)
    for one in page:
        one.word, one.shape = came_of(one, undone=one.undone, kept=one.kept)
    context = {"form": form, "look": look, "page": page, "refused": refused or []}
    return render(request, "intake/lists.html", context, status=status)


@require_safe
def the_list(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Before it is confirmed: every row. While it is entered: how far. Afterwards: what came of it."""
    here = _office(request, coop)
    return _show(request, here, _list(here, key))


def _show(
    request: HttpRequest,
    here: Here,
    intake: Intake,
    *,
    form: Sheet | None = None,
    refused: list[Reason] | None = None,
    status: int = 200,
) -> HttpResponse:
    """`form` is the one that was refused, with what was typed."""
    counts = counted(intake)
    context: dict[str, Any] = {"intake": intake, "counts": counts, "refused": refused or []}
    context["word"], context["shape"] = came_of(
        intake, undone=bool(counts["got_undone"]), kept=bool(counts["got_kept"])
    )
    if wants_fragment(request) and request.method == "GET" and not request.GET:
        return render(request, "intake/done.html#progress", context)
    which, rows = rows_to_show(intake, request.GET.get("show", "wrong" if counts["is_wrong"] else "all"))
    page = page_of(request, rows, LINES)
    letters = letters_of(intake)
    context |= {
        "which": which,
        "page": page,
        "lines": [line_of(row, letters) for row in page],
        "query": f"show={which}&",
    }
    if intake.state != Intake.State.READ:
        obstacles = obstacles_to_taking_back(intake, because="…", by=acting(here), at=here.at)
        context |= {"obstacles": obstacles, "form": form or TakeBackSheet()}
        return render(request, "intake/done.html", context, status=status)
    context |= {
        "column_form": form if isinstance(form, ColumnSheet) else ColumnSheet(intake=intake),
        "confirm_form": form if isinstance(form, ConfirmSheet) else ConfirmSheet(),
        "missing": [COLUMNS[name] for name in intake.missing],
        "left_out": [head for head in columns_left_out(intake) if not columns.is_mail(head)],
        "mails": [head for head in columns_left_out(intake) if columns.is_mail(head)],
        "sheet": intake.tables[intake.sheet]["name"],
        "passed_over": passed_over(intake),
        "to_enter": counts["is_new"] + counts["is_changed"],
    }
    return render(request, "intake/preview.html", context, status=status)


@require_POST
def read_otherwise(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = _office(request, coop)
    intake = _list(here, key)
    if intake.state != Intake.State.READ:
        return _show(request, here, intake, refused=[Reason("intake-confirmed-already")], status=409)
    form = ColumnSheet(request.POST, intake=intake)
    if not form.is_valid():
        return _show(request, here, intake, form=form, status=422)
    typed = form.cleaned_data
    try:
        actions.read_again(
            intake=intake,
            sheet=int(typed.get("sheet", intake.sheet)),
            mapping={name: int(typed[name]) for name in columns.FIELDS if typed[name]},
            since=typed["since"],
            by=acting(here),
            at=here.at,
        )
    except Refused as refused:
        return _show(request, here, intake, form=form, refused=refused.reasons, status=409)
    return redirect("import-list", coop, key)


@require_POST
def confirm(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The first rows are entered at once, so that a short list is there when the next page shows."""
    here = _office(request, coop)
    intake, form = _list(here, key), ConfirmSheet(request.POST)
    if not form.is_valid():
        return _show(request, here, intake, form=form, status=422)
    try:
        intake = actions.confirm(intake=intake, by=acting(here), at=here.at, **form.cleaned_data)
    except Refused as refused:
        return _show(request, here, _list(here, key), form=form, refused=refused.reasons, status=409)
    _work(here, intake)
    return redirect("import-list", coop, key)


@require_POST
def take_back(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = _office(request, coop)
    intake, form = _list(here, key), TakeBackSheet(request.POST)
    if not form.is_valid():
        return _show(request, here, intake, form=form, status=422)
    try:
        intake = actions.take_back(intake=intake, by=acting(here), at=here.at, **form.cleaned_data)
    except Refused as refused:
        return _show(request, here, intake, form=form, refused=refused.reasons, status=409)
    _work(here, intake)
    return redirect("import-list", coop, key)


def _work(here: Here, intake: Intake) -> None:
    """A few seconds of it; what is left, or comes to grief, the clock goes on with."""
    last = time.monotonic() + AT_ONCE
    try:
        while actions.work_off(intake=intake, by=acting(here), at=here.at) and time.monotonic() < last:
            pass
    except (IntegrityError, OperationalError):  # somebody entered one of the numbers in this very moment
        return


@require_POST
def throw_away(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = _office(request, coop)
    intake = _list(here, key)
    try:
        actions.throw_away(intake=intake, by=acting(here), at=here.at)
    except Refused as refused:
        return _show(request, here, intake, refused=refused.reasons, status=409)
    messages.success(request, _("The list is thrown away. Nothing of it was entered."))
    return redirect("import", coop)
