"""Keeping the archive: entering a document and a version of it, and the second signature."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from coop.documents import actions
from coop.documents.actions import File
from coop.documents.files import MOST_BYTES, obstacles_in_file
from coop.documents.models import Document, Version
from coop.documents.rules import FARTHEST
from coop.documents.text import LONGEST, obstacles_in_text, tidy
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..fields import PastDay
from ..reasons import say
from ..second_person import answered
from ..sheets import DayField, Sheet, WordsField
from .documents import keeps_archive, show


class PaperField(forms.FileField):
    """A scan or a file, judged by what is in it."""

    widget = forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.txt"})

    def clean(self, data: Any, initial: Any = None) -> File | None:
        found = super().clean(data, initial)
        if not found:
            return None
        if found.size > MOST_BYTES:  # not read into memory at all
            reasons = [Reason("file-too-large", {"megabytes": MOST_BYTES // 1024 // 1024})]
        else:
            content = found.read()
            reasons = obstacles_in_file(content)
        if reasons:
            raise forms.ValidationError([say(reason) for reason in reasons])
        return File(found.name or "", content)


class VersionForm(Sheet):
    text = WordsField(
        label=gettext_lazy("The words"),
        help_text=gettext_lazy(
            "An empty line begins a new paragraph. A line that begins with # is a chapter, with ## an article, "
            "with - a point of a list; **two stars** make words bold."
        ),
        required=False,
        strip=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 18}),
    )
    file = PaperField(
        label=gettext_lazy("A scan or file"),
        help_text=gettext_lazy("PDF, JPEG, PNG or plain text, at most 10 MB."),
        required=False,
    )
    adopted_on = PastDay(label=gettext_lazy("Adopted on"))
    adopted_by = WordsField(
        label=gettext_lazy("Adopted by"),
        help_text=gettext_lazy("The decision, such as “D GA 2024-7”, or book and page."),
        max_length=200,
    )
    valid_from = DayField(label=gettext_lazy("Valid from"))

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, **more)
        self.here = here

    def clean_text(self) -> str:
        text = tidy(self.cleaned_data["text"])
        if reasons := obstacles_in_text(text):
            raise forms.ValidationError([say(reason) for reason in reasons])
        return text

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        adopted, valid = answers.get("adopted_on"), answers.get("valid_from")
        if adopted and adopted > self.here.day:
            self.add_error("adopted_on", say(Reason("adopted-in-the-future")))
        if adopted and valid and valid < adopted:
            self.add_error("valid_from", say(Reason("holds-before-adopted")))
        if valid and valid > self.here.day + FARTHEST:
            self.add_error("valid_from", say(Reason("holds-too-late")))
        if "text" in answers and "file" in answers and not answers["text"] and not answers["file"]:
            self.add_error("text", say(Reason("document-empty")))
        return answers


def _kinds() -> list[tuple[str, str]]:
    return [(kind.value, capfirst(str(kind.label))) for kind in Document.Kind]


class DocumentForm(VersionForm):
    kind = forms.ChoiceField(label=gettext_lazy("What it is"), choices=_kinds)
    title = WordsField(label=gettext_lazy("Title"), max_length=160)
    field_order = ("kind", "title")


@require_http_methods(["GET", "POST"])
def enter_document(request: HttpRequest, coop: str) -> HttpResponse:
    return _entered(request, enter(request, coop), None)


@require_http_methods(["GET", "POST"])
def add_version(request: HttpRequest, coop: str, number: int) -> HttpResponse:
    here = enter(request, coop)
    return _entered(request, here, access.document(here, number))


def _entered(request: HttpRequest, here: Here, document: Document | None) -> HttpResponse:
    """The same sheet for a new document and for a new version of one."""
    if not keeps_archive(here):
        raise Http404
    typed = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    if document is None:
        form: VersionForm = DocumentForm(*typed, here=here)
    else:
        form = VersionForm(*typed, here=here, initial={"text": _latest_text(document)})
    context: dict[str, Any] = {"form": form, "document": document}
    if request.method == "GET":
        return render(request, "books/documents/enter.html", context)
    if not form.is_valid():
        context["again"] = bool(request.FILES)
        return render(request, "books/documents/enter.html", context, status=422)
    answers = {**form.cleaned_data, "by": acting(here), "at": here.at}
    try:
        if document is None:
            made = actions.enter_document(cooperative=here.cooperative, **answers)
        else:
            made = actions.add_version(document=document, **answers)
    except Refused as refusal:
        context["refused"], context["again"] = refusal.reasons, bool(request.FILES)
        return render(request, "books/documents/enter.html", context, status=409)
    messages.success(request, _("Entered. It counts when a second person has compared it with the original."))
    return redirect("version", here.cooperative.slug, made.document.number, made.number)


def _latest_text(document: Document) -> str:
    """What a new version is written from: the latest that was confirmed."""
    confirmed = Version.objects.filter(document=document, confirmed_at__isnull=False)
    return confirmed.order_by("-valid_from", "-number").values_list("text", flat=True).first() or ""


@require_POST
def countersign(request: HttpRequest, coop: str, number: int, version: int) -> HttpResponse:
    """The second person confirms, or says what the original says instead."""
    here = enter(request, coop)
    shown = access.version(here, number, version)
    try:
        answered(
            request,
            here,
            confirm=partial(actions.confirm_version, version=shown),
            turn_down=partial(actions.turn_down_version, version=shown),
            confirmed=_("Confirmed. It holds from its day on."),
        )
    except Refused as refusal:
        again = access.version(here, number, version)
        return show(request, here, again, refused=refusal.reasons, typed=request.POST.get("because", ""))
    return redirect("version", coop, number, version)
