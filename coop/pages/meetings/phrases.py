"""Sentences that the co-operative's secretaries write again and again."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from coop.meetings import actions
from coop.meetings.models import Phrase
from coop.meetings.notes import obstacles_in_note
from coop.members.models import Power
from coop.refusals import Refused

from .. import access
from ..access import Here, acting, enter, page_of
from ..looking import Look
from ..reasons import say
from ..sheets import Sheet, WordsField

PAGE = 40


class PhraseForm(Sheet):
    title = WordsField(label=gettext_lazy("Short name"), max_length=60)
    text = WordsField(
        label=gettext_lazy("The sentence"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if reasons := obstacles_in_note(text):
            raise forms.ValidationError([say(reason) for reason in reasons])
        return text


def _writer(here: Here) -> Here:
    """Whoever writes minutes of any body; for everybody else there is nothing here."""
    if not here.may(Power.RECORD_MINUTES):
        raise Http404
    return here


@require_http_methods(["GET", "POST"])
def phrases(request: HttpRequest, coop: str) -> HttpResponse:
    """The list, and a form to add one."""
    here = _writer(enter(request, coop))
    if request.method != "POST":
        return _list(request, here, PhraseForm())
    form = PhraseForm(request.POST)
    if not form.is_valid():
        return _list(request, here, form, status=422)
    try:
        actions.add_phrase(cooperative=here.cooperative, by=acting(here), at=here.at, **form.cleaned_data)
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error("title", say(reason))
        return _list(request, here, form, status=409)
    messages.success(request, _("The phrase is there for every secretary."))
    return redirect("phrases", coop)


@require_POST
def retire(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = _writer(enter(request, coop))
    phrase = access.phrase(here, key)
    actions.retire_phrase(phrase=phrase, by=acting(here), at=here.at)
    messages.success(request, _("“%(title)s” is offered no longer.") % {"title": phrase.title})
    return redirect("phrases", coop)


def _list(request: HttpRequest, here: Here, form: PhraseForm, *, status: int = 200) -> HttpResponse:
    found = Phrase.objects.filter(cooperative=here.cooperative, retired_at=None)
    look = Look(request)
    context = {
        "look": look,
        "page": page_of(request, look.among(found, "{title} {text}"), PAGE),
        "form": form,
    }
    return render(request, "minutes/phrases.html", context, status=status)
