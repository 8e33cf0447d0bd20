"""What the sheets of a place ask, kept by whoever answers for it; and the pad of paper for the day without power."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_POST, require_safe

from coop.production import actions
from coop.production.models import Area
from coop.production.rules.answering import answers_for
from coop.production.rules.handovers import lines_of
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..paper import to_print
from ..sheets import Sheet, WordsField


class LineSheet(Sheet):
    question = WordsField(
        label=gettext_lazy("What every sheet asks from now on"),
        max_length=160,
        help_text=gettext_lazy("One question, such as “Which alarms are bridged?”"),
    )


def _keeps(here: Here, area: Area) -> bool:
    return answers_for(acting(here), area.department, here.at)


@require_safe
def lines(request: HttpRequest, coop: str, area: int) -> HttpResponse:
    here = enter(request, coop)
    return _lines(request, here, access.handover_area(here, area), LineSheet(), [])


def _lines(
    request: HttpRequest,
    here: Here,
    area: Area,
    form: LineSheet,
    reasons: list[Reason],
    status: int = 200,
) -> HttpResponse:
    context = {
        "area": area,
        "lines": lines_of(area, here.at),
        "keeps": _keeps(here, area),
        "form": form,
        "reasons": reasons,
    }
    return render(request, "shifts/shift_sheets/lines.html", context, status=status)


@require_POST
def add(request: HttpRequest, coop: str, area: int) -> HttpResponse:
    here = enter(request, coop)
    place = access.handover_area(here, area)
    if not _keeps(here, place):
        raise Http404
    form = LineSheet(request.POST)
    if not form.is_valid():
        return _lines(request, here, place, form, [], status=422)
    question = form.cleaned_data["question"]
    try:
        actions.ask_in_handover(area=place, question=question, by=acting(here), at=here.at)
    except Refused as refusal:
        return _lines(request, here, place, form, refusal.reasons, status=409)
    messages.success(request, _("Every sheet of this place asks it from now on."))
    return redirect("shift-lines", coop, area)


@require_POST
def drop(request: HttpRequest, coop: str, area: int, line: int) -> HttpResponse:
    here = enter(request, coop)
    place = access.handover_area(here, area)
    if not _keeps(here, place):
        raise Http404
    found = access.handover_line(here, place, line)
    actions.drop_from_handover(line=found, by=acting(here), at=here.at)
    messages.success(request, _("It is asked no more. The sheets that asked it stay as they are."))
    return redirect("shift-lines", coop, area)


@require_safe
def pad(request: HttpRequest, coop: str, area: int) -> HttpResponse:
    """The same lines on paper, with room to write and two signatures: for the day without power."""
    here = enter(request, coop)
    place = access.handover_area(here, area)
    asked = [line.question for line in lines_of(place, here.at)]
    rows = [[words, ""] for words in [*asked, _("Anything else"), _("What the next shift sees otherwise")]]
    signed = [
        [_("Handed over by: name, number, hour"), ""],
        [_("Taken over by: name, number, hour"), ""],
    ]
    data = {
        "title": _("Handover of the shift"),
        "under": f"{place.name}, {place.department.name}",
        "house": here.cooperative.legal_name,
        "date": here.day.isoformat(),
        "foot": _("When there is power again, whoever has this sheet types it in and keeps the paper."),
        "notes": [
            _("Day: ____________________     Shift: ____________________"),
            _("Every line is answered: in words, or with “nothing”."),
        ],
        "columns": [
            {"words": _("What is asked"), "width": "fr"},
            {"words": pgettext("what was answered", "Answer"), "width": "wide"},
        ],
        "rows": [*rows, *signed],
        "room": 7,
    }
    return to_print("list", data, name=f"{_('Handover of the shift')} {place.name}")
