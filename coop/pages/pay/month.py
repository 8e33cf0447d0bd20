"""Entering the pay of a month: typed, pasted from a spreadsheet, or as a file; and a list to fill in."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from coop.intake import writing
from coop.intake.sheets import MOST_BYTES
from coop.members.folding import fold
from coop.members.models import Posting
from coop.pay import actions
from coop.pay.ratio import due
from coop.pay.rules.scales import scale_on
from coop.refusals import Reason, Refused

from ..access import Here, acting, budget_keeper
from ..reasons import say
from ..sheets import Sheet, WordsField
from . import read
from .scale_entered import table

MONTHS = 24  # back from this one, for which pay may be entered
LONGEST = 400_000  # characters of a month that is typed: ten thousand lines


class MonthForm(Sheet):
    month = forms.ChoiceField(label=gettext_lazy("Month"))
    file = forms.FileField(
        label=gettext_lazy("A file"),
        help_text=gettext_lazy("A workbook (.xlsx) or text (.csv); the first line names the columns."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )
    lines = table(
        gettext_lazy("Or typed, a line for each person"),
        gettext_lazy(
            "The first line names the columns: Number; Grade; Pay; Share, and the codes of supplements. Share is "
            "how many per cent of the month were paid; empty is all of it."
        ),
        12,
        max_length=LONGEST,
        required=False,
    )
    because = WordsField(
        label=gettext_lazy("Why it is entered again"),
        help_text=gettext_lazy("Only where the month stands here already. Everybody reads it."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, **more)
        self.here = here
        self.fields["month"].choices = [  # type: ignore[attr-defined]
            (f"{first:%Y-%m}", date_format(first, "F Y")) for first in months_until(here.day)
        ]
        self.fields["month"].initial = f"{months_until(here.day)[1]:%Y-%m}"  # what is over is what is paid
        self.rows: list[Any] = []
        self.found: list[Any] = []

    @property
    def first(self) -> datetime.date:
        return datetime.date.fromisoformat(f"{self.cleaned_data['month']}-01")

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        file, lines = answers.get("file"), answers.get("lines", "")
        if file and lines.strip():
            self.add_error("lines", _("Give a file or type the lines, not both."))
        elif not file and not lines.strip():
            self.add_error("lines", _("Give a file, or type the lines."))
        elif "month" in answers and not self.errors:
            self._read(file, lines)
        return answers

    def _read(self, file: Any, lines: str) -> None:
        if file and file.size > MOST_BYTES:  # not read into memory at all
            self.add_error("file", say(Reason("list-too-large", {"most": MOST_BYTES // 1024**2})))
            return
        try:
            self.rows = read.rows_of(file.read() if file else lines.encode())
        except Refused as refusal:
            self.add_error("file" if file else "lines", [say(reason) for reason in refusal.reasons])
            return
        scale = scale_on(self.here.cooperative, self.first)
        codes = [one.code for one in scale.supplements.all()] if scale else []
        found = read.month(self.rows, codes, self.here.cooperative.currency_decimals)
        if found.faults:
            self.add_error("lines", found.faults[:50])
        self.found = found.lines

    def with_the_rows(self) -> None:
        """What a file said stands in the box for lines now: a browser does not keep the file."""
        if self.rows and self.files:
            told = QueryDict(mutable=True)
            told.update({name: self.data.get(name, "") for name in ("month", "because")})
            told["lines"] = read.as_typed(self.rows)
            self.data = told


def months_until(day: datetime.date) -> list[datetime.date]:
    """The first days of this month and of those before it, the newest first.

    >>> [f"{one:%Y-%m}" for one in months_until(datetime.date(2026, 2, 14))][:3]
    ['2026-02', '2026-01', '2025-12']
    """
    count = day.year * 12 + day.month - 1
    return [datetime.date(one // 12, one % 12 + 1, 1) for one in range(count, count - MONTHS, -1)]


@require_http_methods(["GET", "POST"])
def enter_month(request: HttpRequest, coop: str) -> HttpResponse:
    here = budget_keeper(request, coop)
    if request.method == "GET":
        return render(request, "pay/enter_month.html", {"form": MonthForm(here=here)})
    form = MonthForm(request.POST, request.FILES, here=here)
    if not form.is_valid():
        form.with_the_rows()
        return _month(request, form, 422)
    try:
        made = actions.enter_month(
            cooperative=here.cooperative,
            month=form.first,
            lines=form.found,
            because=form.cleaned_data["because"],
            by=acting(here),
            at=here.at,
        )
    except Refused as refusal:
        form.with_the_rows()
        return _month(
            request, form, 409, refused=refusal.reasons[:50], more=max(0, len(refusal.reasons) - 50)
        )
    told = {"month": date_format(made.month, "F Y"), "people": made.people}
    messages.success(
        request,
        ngettext(
            "Entered: %(month)s, %(people)s person.", "Entered: %(month)s, %(people)s people.", made.people
        )
        % told,
    )
    return redirect("pay-ratio", coop)


def _month(request: HttpRequest, form: MonthForm, status: int, **more: Any) -> HttpResponse:
    answer = render(request, "pay/enter_month.html", {"form": form, **more}, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
def to_fill_in(request: HttpRequest, coop: str) -> HttpResponse:
    """A list to fill in: everybody who works here, with the grade that names their job and what it comes to."""
    here = budget_keeper(request, coop)
    scale = scale_on(here.cooperative, here.day)
    if scale is None:
        raise Http404
    by_job = {fold(job): one for one in scale.grades.all() for job in one.jobs.splitlines()}
    codes = [one.code for one in scale.supplements.all()]
    told, decimals = read.heads(), here.cooperative.currency_decimals
    heads = [told["number"], _("Name"), told["grade"], told["paid"], told["share"], *codes]
    people = Posting.objects.filter(Posting.on(here.day), member__cooperative=here.cooperative)
    rows: list[list[writing.Value]] = []
    for one in people.select_related("member").order_by("member__number"):
        grade = by_job.get(fold(one.member.job))
        paid = f"{due(grade.amount, Decimal(100), decimals):f}" if grade else ""
        rows.append(
            [
                one.member.number,
                one.member.name,
                grade.code if grade else "",
                paid,
                "100",
                *("" for _code in codes),
            ]
        )
    answer = HttpResponse(writing.as_csv(heads, rows), content_type="text/csv; charset=utf-8")
    name = get_valid_filename(f"{here.cooperative.slug}-{here.day:%Y-%m}.csv")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
