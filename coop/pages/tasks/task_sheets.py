"""What becomes of an action: noted, done, moved, handed over, opened again, dropped. One sheet each, with a note."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from coop.meetings import actions
from coop.meetings.tasks import OFFICES
from coop.members.models import Power
from coop.refusals import Reason, Refused

from ..access import acting, enter
from ..act_sheets import Act
from ..people_found import PeopleForm, PersonField
from ..sheets import DayField, WordsField
from .tasks import line, one_seen


def note_field(label: Any) -> WordsField:
    return WordsField(label=label, max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class NoteSheet(PeopleForm):
    note = note_field(gettext_lazy("Where it stands"))


class DoneSheet(PeopleForm):
    note = note_field(gettext_lazy("What was done"))


class MovedSheet(PeopleForm):
    due_on = DayField(label=gettext_lazy("New day"))
    note = note_field(gettext_lazy("Why it takes longer, or less"))


class HandedOverSheet(PeopleForm):
    who = PersonField(label=gettext_lazy("Who takes it on now"))
    note = note_field(gettext_lazy("Why somebody else"))

    def clean(self) -> dict[str, Any]:
        return super().clean() | {"owner": self.member("who")}


class WhySheet(PeopleForm):
    note = note_field(gettext_lazy("Why"))


ACTS = {
    "note": Act(
        NoteSheet, actions.note_on_action, gettext_lazy("Where it stands"),
        gettext_lazy("Everybody who may read the action reads it."),
        gettext_lazy("Write it down"), gettext_lazy("Written down."), ("note",),
    ),
    "done": Act(
        DoneSheet, actions.finish_action, gettext_lazy("It is done"),
        gettext_lazy("One sentence for those who agreed it. It stands in the minutes of the next meeting."),
        gettext_lazy("It is done"), gettext_lazy("Done. The next meeting hears of it."), ("note",),
    ),
    "move": Act(
        MovedSheet, actions.move_action, gettext_lazy("Another day"),
        gettext_lazy("The first day stays on record, and so does the reason."),
        pgettext_lazy("to another day", "Move it"), gettext_lazy("Moved to another day."), ("due_on", "note"),
    ),
    "hand-over": Act(
        HandedOverSheet, actions.hand_action_over, gettext_lazy("Somebody else takes it on"),
        gettext_lazy("Ask first: from now on it stands on that person's front page."),
        gettext_lazy("Hand it over"), gettext_lazy("Handed over."), ("owner", "note"),
    ),
    "reopen": Act(
        WhySheet, actions.reopen_action, gettext_lazy("It is not done after all"),
        gettext_lazy("It stands open again, with its owner and its day."),
        gettext_lazy("Open it again"), gettext_lazy("Open again."), ("note",),
    ),
    "drop": Act(
        WhySheet, actions.drop_action, gettext_lazy("It is not wanted any more"),
        gettext_lazy("It stays legible with the reason, and is never opened again. Who wants it agrees it anew."),
        gettext_lazy("Drop it"), gettext_lazy("Dropped."), ("note",),
    ),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, coop: str, key: int, act: str) -> HttpResponse:
    """GET shows the sheet, POST acts and goes back to the action; a refusal keeps what was typed.

    For everybody but its owner and the offices of the body there is no such sheet.
    """
    here = enter(request, coop)
    found, page = one_seen(here, key), ACTS[act]
    if act == "drop":
        writes = here.may(Power.RECORD_MINUTES, found.body)
    else:
        writes = found.owner_id == acting(here).pk or here.powers.any_of(OFFICES, found.body)
    if not writes:
        raise Http404
    form = page.sheet(request.POST if request.method == "POST" else None, here=here)
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            page.carry_out(form, action=found, by=acting(here), at=here.at)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, str(page.said))
            return redirect("action", coop, key)
    context = {
        "action": found,
        "line": line(found, here.day),
        "page": page,
        "form": form,
        "reasons": reasons,
    }
    return render(
        request, "tasks/sheet.html", context, status=409 if reasons else 422 if form.errors else 200
    )
