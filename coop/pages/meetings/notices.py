"""The proof that every crew was told of a meeting."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.meetings import actions
from coop.meetings.models import Meeting, NoticeGiven
from coop.meetings.notices import ENTERING, told_by_crew
from coop.meetings.rules.calling import last_day_for_notice
from coop.members.models import Crew
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..fields import HourField
from ..people_found import PeopleForm, PersonField
from ..sheets import WordsField
from .calling_draft import late_form

State = Meeting.State


class GivenForm(PeopleForm):
    channel = forms.ChoiceField(
        label=gettext_lazy("How"),
        choices=lambda: [(one.value, capfirst(str(one.label))) for one in NoticeGiven.Channel],
        widget=forms.RadioSelect,
    )
    crew: forms.ModelChoiceField[Crew] = forms.ModelChoiceField(
        None, label=gettext_lazy("To which crew"), required=False, empty_label=gettext_lazy("Everybody")
    )
    where = WordsField(
        label=gettext_lazy("Where"),
        max_length=160,
        help_text=gettext_lazy("Such as “board at the east gate”."),
    )
    given_at = HourField(label=gettext_lazy("Day and hour"))
    given_by = PersonField(label=gettext_lazy("Who did it"))
    remark = WordsField(label=gettext_lazy("Remark"), max_length=300, required=False)

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, here=here, **more)
        field: Any = self.fields["crew"]
        field.queryset = _crews(here)
        field.to_field_name = "code"
        field.depends = True  # "Everybody" is an answer

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        return answers | {"given_by": self.member("given_by")}


def _crews(here: Here) -> QuerySet[Crew]:
    return Crew.objects.filter(cooperative=here.cooperative).order_by("code")


@require_http_methods(["GET", "POST"])
def given(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Where the notice hangs and was read, and which crews nobody has told yet."""
    here = enter(request, coop)
    meeting = access.meeting(here, key)
    if not here.powers.any_of(ENTERING, meeting.body):
        raise Http404
    local = here.at.astimezone(here.cooperative.zone)
    first = {"given_at": local.strftime("%Y-%m-%dT%H:%M"), "given_by": acting(here).number}
    form = GivenForm(request.POST if request.method == "POST" else None, here=here, initial=first)
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            actions.enter_notice(meeting=meeting, **form.cleaned_data, by=acting(here), at=here.at)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Entered."))
            return redirect("meeting-notice-given", coop, key)
    context = {"meeting": meeting, "form": form, "reasons": reasons, **_proofs(here, meeting)}
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "meetings/given.html", context, status=status)


def _proofs(here: Here, meeting: Meeting) -> dict[str, Any]:
    """Two questions, however many crews and proofs there are."""
    proofs = list(meeting.notices_given.select_related("crew", "given_by", "entered_by"))
    last = None if meeting.universal else last_day_for_notice(meeting, here.bylaws)
    told = told_by_crew(_crews(here), proofs, last=last, zone=here.cooperative.zone)
    return {
        "given": proofs,
        "told": told,
        "untold": [one for one in told if one.day is None],
        "told_late": [one for one in told if one.day is not None and not one.in_time],
        "last_day": last,
        "too_late": last is not None and here.day > last,
    }


def of_meeting(here: Here, meeting: Meeting) -> dict[str, Any]:
    """What the page of a meeting tells of its calling."""
    prove = meeting.convened_at is not None and here.powers.any_of(ENTERING, meeting.body)
    prove = prove and meeting.state in (State.CONVENED, State.IN_SESSION)
    return {
        "proves": prove,
        "without_quorum": meeting.state == State.CLOSED
        and all(sitting.opened_at is None for sitting in meeting.sittings.all()),
        "copies": access.calls(here, meeting) and meeting.state in (State.CLOSED, State.CANCELLED),
        **(_proofs(here, meeting) if prove else {}),
        **(late_form(here, meeting) if meeting.state == State.CONVENED else {}),
    }
