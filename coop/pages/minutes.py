"""The minutes: composed from the record, with the secretary's text per item, closed, printed and signed."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from itertools import pairwise

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from markdown_it import MarkdownIt

from coop.meetings import actions
from coop.meetings.minutes import chair, compose, language_of
from coop.meetings.models import AgendaItem, ItemNote, Meeting
from coop.meetings.notes import obstacles_in_note
from coop.meetings.rules import obstacles_to_closing_minutes, obstacles_to_writing_note
from coop.members.models import Power
from coop.refusals import Reason, Refused

from . import access
from .access import Here, acting, enter
from .reasons import say
from .sheets import Sheet, WordsField

LONGEST_NOTE = 50_000  # characters
WRITTEN = (Meeting.State.IN_SESSION, Meeting.State.CLOSED)


class NoteForm(Sheet):
    text = WordsField(
        label=gettext_lazy("What was said, asked and answered"),
        help_text=gettext_lazy(
            "Names, figures and votes are filled in by themselves. An empty line begins a new paragraph; "
            "**two stars** make words bold; a line that begins with - is a point of a list."
        ),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    revision = forms.IntegerField(min_value=0, max_value=2_000_000_000, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if reasons := obstacles_in_note(text):
            raise forms.ValidationError([say(reason) for reason in reasons])
        return text


@require_safe
def minutes(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The sheet: as it was closed, or as it would read now."""
    here = enter(request, coop)
    meeting = access.meeting(here, key)
    closed = access.minutes_of(meeting)
    writes = here.may(Power.RECORD_MINUTES, meeting.body)
    text = ""
    if closed:
        text = closed.text
    elif meeting.state in WRITTEN:
        text = compose(meeting, language=language_of(meeting))
    items = meeting.items.prefetch_related("notes") if writes and text and not closed else []
    context = {
        "meeting": meeting,
        "closed": closed,
        "text": text,
        "parts": parts_of(text),
        "writes": writes,
        "items": items,
        "true": closed is not None and hashlib.sha256(closed.text.encode()).hexdigest() == closed.hash,
        "chair": chair(meeting) if text else None,
        "signers": [signer.member.name for signer in meeting.signers.select_related("member")],
    }
    return render(request, "minutes/minutes.html", context)


@dataclass(frozen=True)
class Part:
    """A heading and what belongs to it; `number` stands in the margin when the heading is an item's."""

    number: str
    text: str


def parts_of(text: str) -> list[Part]:
    """The text cut before its headings of the second order, to be set like a book. Nothing is lost."""
    lines = _LINE_END.split(text)
    tokens = _blocks.parse(text)
    cuts = [
        one.map[0]
        for one in tokens
        if one.type == "heading_open" and one.tag == "h2" and not one.level and one.map
    ]
    edges = [0, *cuts, len(lines)]
    parts = []
    for begin, end in pairwise(edges):
        words = "\n".join(lines[begin:end])
        numbered = _NUMBERED.match(words)
        parts.append(Part(numbered[1], "## " + words[numbered.end() :]) if numbered else Part("", words))
    return parts


# The blocks that the page shows, without reading inside the lines.
_blocks = (
    MarkdownIt("zero", {"maxNesting": 12}).enable(["blockquote", "heading", "hr", "list"]).disable("inline")
)
_LINE_END = re.compile(r"\r\n?|\n")
_NUMBERED = re.compile(r"## ([0-9]+)\\\. ")


def _recorded(here: Here, meeting: Meeting) -> Meeting:
    """The meeting, for those who write its minutes; for everybody else there is nothing to write on."""
    if not here.may(Power.RECORD_MINUTES, meeting.body):
        raise Http404
    return meeting


@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, coop: str, key: int, number: int) -> HttpResponse:
    here = enter(request, coop)
    item = access.item(here, key, number)
    _recorded(here, item.meeting)
    stored = _note(item)
    revision = stored.revision if stored else 0
    if request.method != "POST":
        form = NoteForm(initial={"text": stored.text if stored else "", "revision": revision})
        reasons = obstacles_to_writing_note(item, revision=revision, by=acting(here), at=here.at)
        return _writing(request, item, form, reasons, status=200)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _writing(request, item, form, [], status=422)
    try:
        actions.write_note(item=item, by=acting(here), at=here.at, **form.cleaned_data)
    except Refused as refusal:
        fresh = _note(access.item(here, key, number))
        again = NoteForm(
            initial={"text": form.cleaned_data["text"], "revision": fresh.revision if fresh else 0}
        )
        return _writing(request, item, again, refusal.reasons, other=fresh, status=409)
    messages.success(request, _("Item %(number)s is saved.") % {"number": number})
    return redirect("minutes", coop, key)


def _note(item: AgendaItem) -> ItemNote | None:
    return item.note_of(None)


def _writing(
    request: HttpRequest,
    item: AgendaItem,
    form: NoteForm,
    reasons: list[Reason],
    *,
    other: ItemNote | None = None,
    status: int,
) -> HttpResponse:
    """The sheet to write on. `other`: what somebody else saved meanwhile, shown beside what was typed."""
    codes = {reason.code for reason in reasons}
    context = {
        "item": item,
        "meeting": item.meeting,
        "form": form,
        "reasons": reasons,
        "attempted": status == 409,
        "other": other if "changed-meanwhile" in codes else None,
        "may_save": codes <= {"changed-meanwhile"},
        "typed": form["text"].value() if codes - {"changed-meanwhile"} and status == 409 else "",
    }
    return render(request, "minutes/note.html", context, status=status)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Says what freezing means; then freezes."""
    here = enter(request, coop)
    meeting = _recorded(here, access.meeting(here, key))
    if request.method == "POST":
        actions.close_minutes(meeting=meeting, by=acting(here), at=here.at)
        messages.success(
            request, _("The minutes are closed. Print them, have them signed, and keep the sheet.")
        )
        return redirect("minutes", coop, key)
    reasons = obstacles_to_closing_minutes(meeting, by=acting(here), at=here.at)
    noted = meeting.items.prefetch_related("notes")
    empty = [item for item in noted if not any(note.text.strip() for note in item.notes.all())]
    context = {"meeting": meeting, "reasons": reasons, "empty": empty}
    return render(request, "minutes/close.html", context)
