"""The commission's work on a recall: the sheet to sign on paper, entering it, verifying."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coop.elections import actions
from coop.elections.models import Petition, PetitionSignature
from coop.elections.rules.recalls import obstacles_to_collecting, obstacles_to_the_commissions_work
from coop.elections.signatures import judged
from coop.elections.wording import title_of
from coop.members.models import Power
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..paper import to_print
from ..sheets import Sheet, WordsField
from ..timetable import say_day
from .recalls import show

Verdict = PetitionSignature.Verdict
MOST_LINES = 500  # of one sheet
LARGEST = 10_000_000  # no member number is longer than seven figures
ON_PAPER = 18  # lines of a printed sheet: one page, beside short reasons


def commission(request: HttpRequest, coop: str, key: int) -> tuple[Here, Petition]:
    here = enter(request, coop)
    found = access.petition(here, key)
    if not here.may(Power.RUN_ELECTIONS):
        raise Http404
    return here, found


# --- Sheets of paper ------------------------------------------------------------------------------------------------


@require_safe
def printed(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Reasons, and lines for number, name and signature. Whoever carries it round hands it to the commission."""
    here = enter(request, coop)
    found = access.petition(here, key)
    asked = [found, *found.joined.order_by("filed_at", "pk")]
    until = say_day(here.cooperative.day_of(found.collect_until))
    told = {"needed": found.needed, "electors": found.electors, "day": until}
    sheet = {
        "house": here.cooperative.legal_name,
        "date": here.day.isoformat(),
        "title": title_of(found)[:120],
        "under": found.label,
        "reasons": [{"label": one.label, "text": one.reasons} for one in asked],
        "notes": [
            _("Of %(electors)s electors, %(needed)s signatures are needed by %(day)s.") % told,
            _(
                "Who verifies and who audits read this sheet; the holder of the office never does. It goes from hand to"
                " hand and then to the electoral commission, and hangs on no board."
            ),
        ],
        "columns": [_("No."), _("Name"), _("Signature")],
        "lines": ON_PAPER,
        "foot": f"{found.label} · {here.cooperative.legal_name}",
    }
    return to_print("petition", sheet, name="_".join([_("Signatures"), found.label.replace(" ", "_")]))


class NumbersForm(Sheet):
    numbers = WordsField(
        label=gettext_lazy("The member numbers of the sheet, one a line"),
        max_length=6_000,
        widget=forms.Textarea(attrs={"rows": 10, "inputmode": "numeric", "autocomplete": "off"}),
        help_text=gettext_lazy(
            "As they were written, also those that will not count. At most 500 lines at once."
        ),
    )

    def clean_numbers(self) -> list[int]:
        lines = [line.strip() for line in self.cleaned_data["numbers"].splitlines()]
        written = [(place, line) for place, line in enumerate(lines, 1) if line]
        if len(written) > MOST_LINES:
            raise forms.ValidationError(_("These are more than %(most)s lines.") % {"most": MOST_LINES})
        wrong = [place for place, line in written if not _is_number(line)]
        if wrong:
            told = {"lines": ", ".join(str(place) for place in wrong[:10])}
            raise forms.ValidationError(_("No member number stands in line: %(lines)s.") % told)
        return [int(line) for _place, line in written]


def _is_number(line: str) -> bool:
    return line.isascii() and line.isdecimal() and len(line) < 8 and 0 < int(line) < LARGEST


@require_http_methods(["GET", "POST"])
def enter_sheet(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The first button only looks: what each line is worth is shown before anything is entered."""
    here, found = commission(request, coop, key)
    form = NumbersForm(request.POST if request.method == "POST" else None)
    reasons: list[Reason] = []
    looked = None
    if form.is_valid():
        numbers = form.cleaned_data["numbers"]
        if "look" in request.POST:
            looked = _looked_at(found, numbers, here.at)
        else:
            try:
                counted = actions.enter_sheet(petition=found, numbers=numbers, by=acting(here), at=here.at)
            except Refused as refusal:
                reasons = refusal.reasons
            else:
                told = {"lines": len(numbers), "counts": counted[Verdict.COUNTS]}
                messages.success(
                    request,
                    ngettext(
                        "%(lines)s line entered, of which %(counts)s counts.",
                        "%(lines)s lines entered, of which %(counts)s count.",
                        len(numbers),
                    )
                    % told,
                )
                return redirect("recall-names", coop, key)
    by = acting(here)
    against = obstacles_to_collecting(found, at=here.at)
    against += obstacles_to_the_commissions_work(found, by=by, at=here.at)
    context = {
        "found": found,
        "title": title_of(found),
        "form": form,
        "reasons": reasons,
        "against": [] if reasons else against,
        "looked": looked,
    }
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "recalls/enter.html", context, status=status)


def _looked_at(found: Petition, numbers: list[int], at: datetime.datetime) -> list[dict[str, Any]]:
    labels = dict(Verdict.choices)
    return [
        {"number": number, "member": member, "worth": labels[verdict], "counts": verdict == Verdict.COUNTS}
        for number, member, verdict in judged(found, numbers, at)
    ]


@require_POST
def verify(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here, found = commission(request, coop, key)
    try:
        done = actions.verify(petition=found, by=acting(here), at=here.at)
    except Refused as refusal:
        return show(request, here, found, reasons=refusal.reasons)
    told = {"valid": done.valid, "needed": done.needed}
    words = (
        _("Verified: %(valid)s signatures count, %(needed)s are needed. The vote can be called.")
        if done.state == Petition.State.ADMITTED
        else _("Verified: %(valid)s signatures count, %(needed)s are needed. No vote follows.")
    )
    messages.success(request, words % told)
    return redirect("recall", coop, key)
