"""The secretary's text on an item, sitting by sitting: kept while it is typed, and never written over another's."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from coop.meetings import actions
from coop.meetings.joining import joined, side_by_side
from coop.meetings.models import AgendaItem, ItemNote, Phrase, Sitting, UnsavedNote
from coop.meetings.notes import obstacles_in_note, tidy
from coop.meetings.rules.minutes import obstacles_to_writing_note
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, doorstep, enter
from ..entrance import door
from ..entrance.kept_typed import LONGEST_NOTE, Kept, TypedForm, address_of, token_for, without_session
from ..reasons import say
from ..sheets import Sheet, WordsField
from .sheet import recorded


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


def _subject(request: HttpRequest, here: Here, key: int, place: str) -> tuple[AgendaItem, Sitting | None]:
    """The item, and the sitting of the address if it names one; for those who write these minutes."""
    item = access.item(here, key, place)
    recorded(here, item.meeting)
    wanted = request.GET.get("sitting")
    if wanted is None:
        return item, None
    found = [one for one in item.meeting.sittings.all() if str(one.number) == wanted]
    if not found:
        raise Http404
    return item, found[0]


def _at_the_door(request: HttpRequest, coop: str, key: int, place: str) -> HttpResponse:
    """The session has ended: the page to sign in carries what was typed along."""
    here = doorstep(request, coop)
    kept = Kept(
        request.POST.get("writer", ""), request.POST.get("text", ""), request.POST.get("revision", "0")
    )
    return door.asked_again(request, here, kept, onward=request.get_full_path())


def _say_signed_out(request: HttpRequest, coop: str, key: int, place: str) -> HttpResponse:
    """Keeping by itself stops without a session; the text stays in the box until it is saved."""
    doorstep(request, coop)
    return render(request, "minutes/typed.html", {"signed_out": True})


@without_session(_at_the_door)
@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, coop: str, key: int, place: str) -> HttpResponse:
    here = enter(request, coop)
    item, sitting = _subject(request, here, key, place)
    stored, by = item.note_of(sitting), acting(here)
    revision = stored.revision if stored else 0
    if request.method != "POST":
        kept = UnsavedNote.objects.filter(item=item, sitting=sitting, writer=by).first()
        if kept is not None and stored is not None and tidy(kept.text) == stored.text:
            kept = None
        first = kept or stored
        form = NoteForm(
            initial={"text": first.text if first else "", "revision": kept.revision if kept else revision}
        )
        begun = kept.revision if kept else revision
        reasons = obstacles_to_writing_note(item, sitting=sitting, revision=begun, by=by, at=here.at)
        other = stored if kept and kept.revision != revision else None
        return _writing(request, here, item, sitting, form, reasons, kept=kept, other=other)
    if "drop" in request.POST:
        actions.drop_typed(item=item, sitting=sitting, by=by, at=here.at)
        return redirect(address_of(here, item, sitting))
    if "phrase" in request.POST:
        return _with_phrase(request, here, item, sitting)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _writing(request, here, item, sitting, form, [], status=422)
    told = form.cleaned_data
    if "join" in request.POST and stored is not None:
        told = {"text": joined(stored.text, tidy(told["text"])), "revision": revision}
    try:
        actions.write_note(item=item, sitting=sitting, by=by, at=here.at, **told)
    except Refused as refusal:
        fresh = access.item(here, key, place).note_of(sitting)
        return _writing(request, here, item, sitting, form, refusal.reasons, other=fresh, status=409)
    if "join" in request.POST:
        messages.success(
            request, _("Both texts are saved, one after the other where they differed. Look them over.")
        )
        return redirect(address_of(here, item, sitting))
    messages.success(request, _("Item %(number)s is saved.") % {"number": place})
    return redirect("minutes", coop, key)


def _with_phrase(request: HttpRequest, here: Here, item: AgendaItem, sitting: Sitting | None) -> HttpResponse:
    """The phrase goes under what is typed, which is kept; the page comes back with both."""
    form = TypedForm(request.POST)
    phrases = Phrase.objects.filter(cooperative=here.cooperative, retired_at=None)
    wanted = request.POST["phrase"]
    phrase = phrases.filter(pk=int(wanted)).first() if wanted.isdecimal() and len(wanted) < 10 else None
    if phrase is None:
        raise Http404
    if not form.is_valid():
        return _writing(request, here, item, sitting, NoteForm(request.POST), [], status=422)
    typed = form.cleaned_data["text"].rstrip()
    text = f"{typed}\n\n{phrase.text}" if typed else phrase.text
    actions.keep_typed(
        item=item,
        sitting=sitting,
        text=text,
        revision=form.cleaned_data["revision"],
        by=acting(here),
        at=here.at,
    )
    return redirect(address_of(here, item, sitting) + "#id_text")


@without_session(_say_signed_out)
@require_POST
def typed(request: HttpRequest, coop: str, key: int, place: str) -> HttpResponse:
    """Keeps what is being typed, every few seconds, for the writer alone. The form's own button saves."""
    here = enter(request, coop)
    item, sitting = _subject(request, here, key, place)
    form = TypedForm(request.POST)
    if not form.is_valid():
        return render(request, "minutes/typed.html", {"faults": form.errors.get("text", [])}, status=422)
    actions.keep_typed(item=item, sitting=sitting, by=acting(here), at=here.at, **form.cleaned_data)
    if not access.wants_fragment(request):
        return redirect(address_of(here, item, sitting))
    return render(request, "minutes/typed.html", {"at": here.at})


def _writing(
    request: HttpRequest,
    here: Here,
    item: AgendaItem,
    sitting: Sitting | None,
    form: NoteForm,
    reasons: list[Reason],
    *,
    kept: UnsavedNote | None = None,
    other: ItemNote | None = None,
    status: int = 200,
) -> HttpResponse:
    """The sheet to write on. `other`: what somebody else saved meanwhile, beside what was typed here."""
    codes = {reason.code for reason in reasons}
    other = other if "changed-meanwhile" in codes else None
    mine = str(form["text"].value() or "")
    theirs, ours = side_by_side(other.text, tidy(mine)) if other else ([], [])
    context = {
        "item": item,
        "meeting": item.meeting,
        "sitting": sitting,
        "sittings": list(item.meeting.sittings.all()),
        "form": form,
        "reasons": reasons,
        "attempted": status == 409,
        "other": other,
        "theirs": theirs,
        "ours": ours,
        "kept": kept,
        "may_save": codes <= {"changed-meanwhile"},
        "typed": mine if codes - {"changed-meanwhile"} and status == 409 else "",
        "writer": token_for(item, sitting, acting(here)),
        "phrases": list(Phrase.objects.filter(cooperative=here.cooperative, retired_at=None)),
        "query": f"?sitting={sitting.number}" if sitting else "",
    }
    return render(request, "minutes/note.html", context, status=status)
