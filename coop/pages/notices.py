"""The notice on paper, the papers of a meeting as one sheaf, and the proof that every crew was told."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from coop.meetings import actions
from coop.meetings.minutes_blocks import blocks
from coop.meetings.models import AgendaItem, Meeting, NoticeGiven
from coop.meetings.notices import ENTERING, told_by_crew
from coop.meetings.quorum import NO_SECOND_CALL
from coop.meetings.rules import last_day_for_notice
from coop.members.models import Crew
from coop.refusals import Reason, Refused

from . import access, agenda, timetable
from .access import Here, acting, enter
from .calling_draft import late_form
from .calling_forms import HourField
from .paper import to_print
from .people_found import PeopleForm, PersonField
from .sheets import WordsField
from .timetable import say_day

State = Meeting.State


# --- On paper -------------------------------------------------------------------------------------------------------


@require_safe
def printed(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The sheet A4 for the boards."""
    here = enter(request, coop)
    meeting = access.meeting(here, key)
    return to_print("notice", _sheet(here, meeting), name=f"{_('Notice')} {meeting.label or meeting.title}")


@require_safe
def papers(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Notice, agenda and every text that will be voted or approved, one after the other."""
    here = enter(request, coop)
    meeting = access.meeting(here, key)
    data = _sheet(here, meeting) | {"papers": _papers(meeting)}
    return to_print("notice", data, name=f"{_('Papers')} {meeting.label or meeting.title}")


def _sheet(here: Here, meeting: Meeting) -> dict[str, Any]:
    """What stands on the notice; the same meeting prints the same sheet."""
    prefetch_related_objects([meeting], "sittings")
    zone = here.cooperative.zone
    made = meeting.convened_at or meeting.prepared_at
    starts = [sitting.starts_at.astimezone(zone) for sitting in meeting.sittings.all()]
    kind = capfirst(str(meeting.get_kind_display()))
    draft = [_("Draft: not posted yet.")] if meeting.convened_at is None else []
    cancelled = [f"{_('Cancelled.')} {meeting.cancelled_because}"] if meeting.state == State.CANCELLED else []
    called = {"title": meeting.title, "body": meeting.body.name}
    return {
        "title": _("Notice of meeting"),
        "under": f"{kind} {meeting.label}".strip(),
        "house": here.cooperative.legal_name,
        "lang": (get_language() or "en").partition("-")[0],
        "date": made.astimezone(zone).date().isoformat(),
        "foot": f"{meeting.label} {meeting.title}".strip(),
        "marks": draft + cancelled,
        "place": meeting.place,
        "sittings": [
            {
                "day": date_format(hour, pgettext("day on a notice; Django date format", "l j F")),
                "hour": _("at %(hour)s") % {"hour": date_format(hour, "TIME_FORMAT")},
                "more": " · ".join(filter(None, [sitting.for_whom, sitting.place])),
            }
            for hour, sitting in zip(starts, meeting.sittings.all(), strict=True)
        ],
        "called": _("%(title)s. %(body)s is called to decide on this agenda, and on nothing else:") % called,
        "items": _items(meeting, starts),
        "facts": _facts(here, meeting),
        "signed": _signed(meeting),
        "lines": [_("Chair"), _("Secretary")] if meeting.convened_at else [],
        "papers": [],
    }


def _items(meeting: Meeting, starts: list[datetime.datetime]) -> list[dict[str, Any]]:
    """Each item with its hour in every sitting, as planned."""
    found = []
    gone = datetime.timedelta()
    for line in agenda.lines(meeting):
        item = line.item
        hours = ", ".join(date_format(hour + gone, "TIME_FORMAT") for hour in starts)
        more = [_("about %(hour)s") % {"hour": hours}] if starts else []
        minutes = ngettext("%(many)d minute", "%(many)d minutes", item.planned_minutes)
        more.append(minutes % {"many": item.planned_minutes})
        if item.proposal is not None:
            more.append(_("put forward by %(name)s") % {"name": item.proposal.author.name})
        if item.openness != AgendaItem.Openness.MEMBERS:
            more.append(str(item.get_openness_display()))
        found.append({"number": item.number, "title": item.heading, "more": " · ".join(more)})
        gone += datetime.timedelta(minutes=item.planned_minutes)
    return found


def _facts(here: Here, meeting: Meeting) -> list[list[str]]:
    rules = timetable.quorum_rules(meeting, here.bylaws)
    size = meeting.register.people if meeting.register else None
    found = [[_("Quorum on first call"), timetable.say_first_call(rules, size)]]
    if rules.second.rule != NO_SECOND_CALL:
        wait = int(rules.second.wait.total_seconds() // 60)
        words = ngettext("On second call, %(m)d minute later", "On second call, %(m)d minutes later", wait)
        found.append([words % {"m": wait}, timetable.say_second_call(rules, size)])
    if meeting.universal:
        everybody = _("called late: it opens only when everybody on the register is there; who comes accepts")
        found.append([_("Everybody"), everybody])
    closes_on = timetable.register_closes_on(meeting, here.bylaws)
    if closes_on is not None:
        words = _("Closing day %(day)s. Who joins later has a voice, and no vote.")
        found.append([_("Register of voters"), words % {"day": say_day(closes_on)}])
    return found


def _signed(meeting: Meeting) -> str:
    if meeting.convened_at is None or meeting.convened_by is None:
        return ""
    day = meeting.cooperative.day_of(meeting.convened_at)
    facts = {"day": say_day(day), "name": meeting.convened_by.name}
    return _("Called by %(name)s. Posted on %(day)s.") % facts


def _papers(meeting: Meeting) -> list[dict[str, Any]]:
    """The texts behind the items: of proposals, of minutes to approve, of what members ask. Closed items have none."""
    items = meeting.items.exclude(openness=AgendaItem.Openness.CLOSED)
    items = items.select_related("proposal__author", "minutes__meeting__body", "request")
    found = []
    for item in items.prefetch_related("proposal__clauses").order_by("number"):
        head = {"number": item.number, "title": item.heading}
        if item.proposal is not None:
            clauses = [f"{clause.number}. {clause.text}" for clause in item.proposal.clauses.all()]
            reasons = [item.proposal.reasons] if item.proposal.reasons else []
            found.append({**head, "blocks": [_plain(words) for words in clauses + reasons]})
        elif item.minutes is not None:
            parts = [block._asdict() for block in blocks(item.minutes.text)]
            for part in parts:
                part["runs"] = [run._asdict() for run in part["runs"]]
            found.append({**head, "blocks": parts})
        elif item.request is not None:
            found.append({**head, "blocks": [_plain(words) for words in item.request.text.split("\n\n")]})
    return found


def _plain(words: str) -> dict[str, Any]:
    run = {"words": words, "strong": False, "em": False}
    return {"level": 0, "depth": 0, "marker": "", "quoted": False, "rule": False, "runs": [run]}


# --- Proof ----------------------------------------------------------------------------------------------------------


class GivenForm(PeopleForm):
    channel = forms.ChoiceField(
        label=gettext_lazy("How"),
        choices=[(one.value, capfirst(str(one.label))) for one in NoticeGiven.Channel],
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
        "copies": access.calls(here, meeting) and meeting.state in (State.CLOSED, State.CANCELLED),
        **(_proofs(here, meeting) if prove else {}),
        **(late_form(here, meeting) if meeting.state == State.CONVENED else {}),
    }
