"""The draft of a meeting and its agenda: items put on, put right, put in order and taken off."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from coop.ballots.models import Ballot
from coop.meetings import actions
from coop.meetings.drafts import (
    ballots_for,
    last_day_for_late_items,
    minutes_for,
    proposals_for,
    requests_for,
)
from coop.meetings.models import AgendaItem, Meeting, Minutes, Request
from coop.meetings.off_agenda import waiting_for_next
from coop.meetings.rules.calling import (
    is_assembly,
    last_day_for_notice,
    obstacles_in_time,
    obstacles_to_convening,
)
from coop.proposals.models import Proposal
from coop.refusals import Reason, Refused

from .. import access, timetable
from ..access import Here, acting, enter
from ..agenda import agenda
from ..errors import refused
from ..fields import minutes_field
from ..sheets import Sheet, WordsField
from . import timetable_plan
from .calling import called

POINTING = {"proposal": "proposal", "election": "ballot", "minutes": "minutes", "requested": "request"}
RAISED = 20  # of what earlier meetings wrote down, the oldest; the next come when these are taken up
ITEM_KINDS = ("signers", "proposal", "report", "election", "minutes", "actions", "requested")


class ItemForm(Sheet):
    """One item for the end of the agenda; which fields stand on it depends on its kind."""

    kind = forms.ChoiceField(choices=AgendaItem.Kind.choices, widget=forms.HiddenInput)
    title = WordsField(label=gettext_lazy("What will be reported"), max_length=200, required=False)
    proposal: forms.ModelChoiceField[Proposal] = forms.ModelChoiceField(
        None, label=gettext_lazy("Admitted proposal"), required=False, empty_label=None
    )
    ballot: forms.ModelChoiceField[Ballot] = forms.ModelChoiceField(
        None, label=gettext_lazy("Election or other vote"), required=False, empty_label=None
    )
    minutes: forms.ModelChoiceField[Minutes] = forms.ModelChoiceField(
        None, label=gettext_lazy("Minutes of"), required=False, empty_label=None
    )
    request: forms.ModelChoiceField[Request] = forms.ModelChoiceField(
        None, label=gettext_lazy("Asked for by members"), required=False, empty_label=None
    )
    planned_minutes = minutes_field()

    def __init__(self, data: Any = None, *, here: Here, meeting: Meeting, kind: str) -> None:
        super().__init__(data, initial={"kind": kind}, auto_id=f"{kind}_%s")
        self.address = reverse("item-add", args=[here.cooperative.slug, meeting.pk])
        wanted = "title" if kind == "report" else POINTING.get(kind)
        for name in {"title", *POINTING.values()} - {wanted}:
            del self.fields[name]
        if wanted is not None:
            self.fields[wanted].required = True
        waiting = {
            "proposal": lambda: proposals_for(meeting.body),
            "ballot": lambda: ballots_for(meeting),
            "minutes": lambda: minutes_for(meeting),
            "request": lambda: requests_for(meeting),
        }
        if wanted in waiting:
            field: Any = self.fields[wanted]
            field.queryset = waiting[wanted]()
            field.label_from_instance = _label


def _label(thing: Any) -> str:
    return str(thing.meeting) if isinstance(thing, Minutes) else str(thing)


def draft(
    request: HttpRequest,
    here: Here,
    meeting: Meeting,
    *,
    typed: ItemForm | None = None,
    reasons: list[Reason] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a meeting that is being prepared. A notice that is too late is told first of all."""
    prefetch_related_objects([meeting], "sittings")
    items = agenda.lines(meeting)
    act: dict[str, Any] = {"by": acting(here), "at": here.at, "bylaws": here.bylaws}
    late = obstacles_in_time(meeting, at=here.at, bylaws=here.bylaws)
    context: dict[str, Any] = {
        "meeting": meeting,
        "lines": items,
        "ends_at": agenda.ends_at(items),
        "forms": _forms(here, meeting, items, typed),
        "admitted": proposals_for(meeting.body).exists(),
        "of_assembly": is_assembly(meeting.body),
        "last_day": last_day_for_notice(meeting, here.bylaws),
        "steps": timetable.steps(meeting, here),
        "last_days": timetable_plan.last_days(meeting, here),
        "late": late,
        "against_convening": obstacles_to_convening(meeting, **act),
        "against_universal": obstacles_to_convening(meeting, **act, universal=True) if late else [],
        "reasons": reasons or [],
        "raised": waiting_for_next(meeting.body)[:RAISED],
    }
    return render(request, "meetings/draft.html", context, status=status)


def _forms(
    here: Here, meeting: Meeting, items: list[agenda.Line], typed: ItemForm | None
) -> dict[str, ItemForm]:
    """A sheet for each kind of item that can be put on now; those that point to something, if something waits."""
    there = {line.item.kind for line in items}
    found = {}
    for kind in ITEM_KINDS:
        if kind in ("signers", "actions") and kind in there:
            continue
        form = ItemForm(here=here, meeting=meeting, kind=kind)
        if typed is not None and typed["kind"].value() == kind:
            form = typed
        elif kind in ("election", "minutes", "requested"):
            field: Any = form.fields[POINTING[kind]]
            if not field.queryset.exists():
                continue
        found[kind] = form
    return found


@require_POST
def add_item(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    meeting = called(here, access.meeting(here, key))
    kind = request.POST.get("kind", "")
    kind = kind if kind in ITEM_KINDS else "report"
    form = ItemForm(request.POST, here=here, meeting=meeting, kind=kind)
    if not form.is_valid():
        if meeting.state != Meeting.State.DRAFT:
            return refused(request, [Reason("agenda-closed", {"state": meeting.state})])
        return draft(request, here, meeting, typed=form, status=422)
    try:
        actions.add_item(meeting=meeting, by=acting(here), at=here.at, **form.cleaned_data)
    except Refused as refusal:
        if meeting.state != Meeting.State.DRAFT:
            raise
        return draft(request, here, meeting, typed=form, reasons=refusal.reasons, status=409)
    return redirect("meeting", coop, key)


@require_POST
def remove_item(request: HttpRequest, coop: str, key: int, place: str) -> HttpResponse:
    here = enter(request, coop)
    item = access.item(here, key, place)
    called(here, item.meeting)
    actions.remove_item(item=item, by=acting(here), at=here.at)
    messages.success(request, _("Taken off the agenda: %(title)s") % {"title": item.title})
    return redirect("meeting", coop, key)


@require_POST
def move_item(request: HttpRequest, coop: str, key: int, place: str) -> HttpResponse:
    """One place up or down: whichever button was pressed."""
    here = enter(request, coop)
    item = access.item(here, key, place)
    called(here, item.meeting)
    actions.move_item(item=item, up="up" in request.POST, by=acting(here), at=here.at)
    return redirect("meeting", coop, key)


class ChangeForm(Sheet):
    title = WordsField(label=gettext_lazy("Title"), max_length=200)
    planned_minutes = minutes_field()
    openness = forms.ChoiceField(
        label=gettext_lazy("Who may listen and read"),
        choices=AgendaItem.Openness.choices,
        widget=forms.RadioSelect,
    )


@require_http_methods(["GET", "POST"])
def change_item(request: HttpRequest, coop: str, key: int, place: str) -> HttpResponse:
    here = enter(request, coop)
    item = access.item(here, key, place)
    meeting = called(here, item.meeting)
    first = {name: getattr(item, name) for name in ("title", "planned_minutes", "openness")}
    form = ChangeForm(request.POST if request.method == "POST" else None, initial=first)
    if item.kind in (AgendaItem.Kind.SIGNERS, AgendaItem.Kind.PROPOSAL):
        del form.fields["title"]  # signers are called so in every language, a proposal by its own title
    reasons: list[Reason] = []
    if form.is_valid():
        given = {"title": item.title, **form.cleaned_data}
        try:
            actions.change_item(item=item, **given, by=acting(here), at=here.at)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            return redirect("meeting", coop, key)
    if meeting.state != Meeting.State.DRAFT and not reasons:
        raise Http404
    context = {"meeting": meeting, "item": item, "form": form, "reasons": reasons}
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "meetings/change_item.html", context, status=status)


def late_form(here: Here, meeting: Meeting) -> dict[str, Any]:
    """For the page of a meeting whose notice is out: an item that members asked for, as long as it comes in."""
    last = last_day_for_late_items(meeting, here.bylaws)
    if last is None or here.day > last or not access.calls(here, meeting):
        return {}
    if not requests_for(meeting).exists():
        return {"late_until": last}
    form = ItemForm(here=here, meeting=meeting, kind="requested")
    return {"late_until": last, "late_form": form}
