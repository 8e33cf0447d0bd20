"""The desk of a council: what a department told its delegates, and a seat that falls empty by absence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.charter.articles import BY_KEY
from coop.charter.wording import value_in_words
from coop.meetings import actions
from coop.meetings import councils as rules
from coop.meetings.models import AgendaItem, Instruction
from coop.members.alternates import next_alternate
from coop.members.models import Department
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..sheets import DayField, Sheet, WordsField


def _choices() -> list[tuple[str, str]]:
    return [(choice.value, capfirst(str(choice.label))) for choice in Instruction.Choice]


def _figure(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=99_999)


class InstructionSheet(Sheet):
    """What was told, by whom, when; and the figures where the department has voted."""

    department = forms.ModelChoiceField(
        Department.objects.none(), label=gettext_lazy("Department"), to_field_name="code", empty_label=None
    )
    choice = forms.ChoiceField(
        label=gettext_lazy("Its delegates are to"), choices=_choices, widget=forms.RadioSelect
    )
    source = WordsField(
        label=gettext_lazy("Where it was told"),
        max_length=200,
        help_text=gettext_lazy("Such as “Shift change of crew B” or “Meeting of the department”."),
    )
    given_on = DayField(label=gettext_lazy("On which day"))
    votes_for = _figure(gettext_lazy("Votes for, where it was counted"))
    votes_against = _figure(gettext_lazy("Votes against"))
    text = WordsField(
        label=gettext_lazy("In the words of the department"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, departments: list[Department], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["department"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Department.objects.filter(pk__in=[one.pk for one in departments])

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if (answers.get("votes_for") is None) != (answers.get("votes_against") is None):
            self.add_error("votes_against", _("Give both figures, or none."))
        return answers


@require_http_methods(["GET", "POST"])
def instruct(request: HttpRequest, coop: str, key: int, place: str) -> HttpResponse:
    """What a department tells its delegates on an item, before they vote."""
    here = enter(request, coop)
    item = access.item(here, key, place)
    if not _may_instruct(here, item):
        raise Http404
    departments = rules.senders(item.meeting.body)
    data = request.POST if request.method == "POST" else None
    form = InstructionSheet(data, departments=departments, initial={"given_on": here.day})
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            made = actions.instruct(item=item, by=acting(here), at=here.at, **form.cleaned_data)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("%(name)s has told its delegates.") % {"name": made.department.name})
            return redirect("council", coop, item.meeting.body.code)
    elif data is None:
        reasons = rules.obstacles_to_entering_instructions(item, by=acting(here), at=here.at)
    context = {
        "item": item,
        "meeting": item.meeting,
        "body": item.meeting.body,
        "form": form,
        "reasons": reasons,
        "attempted": data is not None,
        "told": Instruction.objects.filter(item=item).select_related("department", "entered_by"),
    }
    status = 200 if data is None else 409 if reasons else 422
    return render(request, "councils/instruct.html", context, status=status)


def _may_instruct(here: Here, item: AgendaItem) -> bool:
    """The council's desk and its delegates; for everybody else there is nothing to fill in."""
    body = item.meeting.body
    if not rules.is_council(body):
        return False
    mine = rules.mandates_of(body, here.at).filter(member=acting(here))
    return here.powers.any_of(rules.DESK, body) or mine.exists()


@require_http_methods(["GET", "POST"])
def vacate(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Says which meetings were missed and who moves up; then the seat is empty, and taken."""
    here = enter(request, coop)
    mandate = access.mandate(here, key)
    body = mandate.seat.office.body
    body.cooperative = here.cooperative
    if not rules.is_council(body) or not here.powers.any_of(rules.DESK, body):
        raise Http404
    if request.method == "POST":
        seats = set(
            rules.mandates_of(body, here.at).filter(member=mandate.member_id).values_list("seat", flat=True)
        )
        moved = actions.vacate_seat(mandate=mandate, by=acting(here), at=here.at)
        if empty := sorted(seats - {one.seat_id for one in moved}):
            messages.success(
                request, _("The seat is empty, and no alternate is left. Here is how it is filled.")
            )
            return redirect("empty-seat", coop, empty[0]) if len(empty) == 1 else redirect("vacancies", coop)
        if moved:
            names = ", ".join(one.member.name for one in moved)
            messages.success(request, _("The seat is empty, and %(names)s moves up.") % {"names": names})
        return redirect("council", coop, body.code)
    reasons = rules.obstacles_to_vacating(mandate, by=acting(here), at=here.at, bylaws=here.bylaws)
    found = [one for one in rules.delegates(body, here.at) if one.member.pk == mandate.member_id]
    held = rules.mandates_of(body, here.at).filter(member=mandate.member_id)
    context = {
        "mandate": mandate,
        "body": body,
        "delegate": rules.with_absences(found, here.at)[0] if found else None,
        "limit": here.bylaws.absences_limit,
        "held": [(one, next_alternate(one.seat, here.at)) for one in held],
        "ways": value_in_words(BY_KEY["vacancy_filled_by"], here.bylaws.vacancy_filled_by),
        "reasons": reasons,
    }
    return render(request, "councils/vacate.html", context)
