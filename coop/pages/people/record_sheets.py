"""A sheet on which the register office writes about one person: one form, one act, back to the page of the person.

The sheet carries the last line of the journal its writer had read (`seen`). Somebody else's entry meanwhile is told,
with what it was; what was typed stays, and may be sent again knowingly.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.members.models import Crew, Department, Member, Power
from coop.members.seen import entries_about, last_entry
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, enter
from ..reasons import say
from ..sheets import DayField, Sheet, WordsField
from ..telling import tell
from .case_files import keep_if_attempt
from .consents import note_about

# At which field a reason is told, where the sheet has it; every other reason stands above the sheet.
AT_FIELD = {
    "no-name": "name",
    "not-a-name": "name",
    "number-taken": "number",
    "no-number": "number",
    "born-in-the-future": "born",
    "born-too-long-ago": "born",
    "too-young": "born",
    "before-the-founding": "since",
    "day-too-far": "since",
    "change-before-the-first": "since",
    "later-change-on-record": "since",
    "entered-after-the-appeal": "since",
    "works-there-already": "department",
    "no-such-department": "department",
    "no-such-crew": "crew",
    "hired-without-reason": "reason",
    "sanction-without-reason": "reason",
    "correction-without-reason": "reason",
    "stay-without-end": "expected_until",
    "stay-too-long": "expected_until",
    "ends-before-it-begins": "expected_until",
    "suspended-without-end": "expected_until",
    "no-document": "document",
    "lifted-by-a-document": "document",
    "appeal-decided-by-another": "document",
    "expelled-by-the-assembly": "document",
    "joined-after-first-entry": "joined",
    "applied-in-the-future": "since",
    "decided-in-the-future": "since",
    "decided-before-it-was-asked": "since",
    "refused-without-reasons": "reasons",
    "appeal-too-late": "since",
    "appeal-without-words": "appeal",
}


class RecordSheet(Sheet):
    """Knows where it is filled in, and puts reasons at their fields."""

    def __init__(self, *arguments: Any, here: Here, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.here = here
        places: dict[str, Any] = {"department": departments(here), "crew": crews(here)}
        for name in places.keys() & self.fields.keys():
            self.fields[name].queryset = places[name]  # type: ignore[attr-defined]

    def take(self, reasons: Sequence[Reason]) -> list[Reason]:
        """Puts each reason at its field; what has no field here is given back."""
        left = []
        for reason in reasons:
            field = AT_FIELD.get(reason.code, "")
            if field == "since" and field not in self.fields:
                field = "joined"
            if field in self.fields and not self.fields[field].widget.is_hidden:
                self.add_error(field, say(reason))
            else:
                left.append(reason)
        return left


class PersonSheet(RecordSheet):
    seen = forms.IntegerField(
        min_value=0,
        max_value=2**62,
        widget=forms.HiddenInput,
        error_messages={
            "required": gettext_lazy("This form cannot be read. Open it again from the page of the person.")
        },
    )

    def __init__(self, *arguments: Any, person: Member, **more: Any) -> None:
        self.person = person
        more["initial"] = {"seen": last_entry(person), **more.get("initial", {})}
        super().__init__(*arguments, **more)

    def overwrites(self) -> list[str]:
        """What sending the sheet again would write over, where it carries the whole of a record."""
        return []

    def catch_up(self, data: QueryDict) -> None:
        """Makes of what was sent what may be sent again, now that its writer is told what came between."""
        data["seen"] = str(last_entry(self.person))


def departments(here: Here) -> Any:
    return Department.objects.filter(cooperative=here.cooperative, funds_only=False)


def crews(here: Here) -> Any:
    return Crew.objects.filter(cooperative=here.cooperative)


def since_field(**more: Any) -> DayField:
    return DayField(label=more.pop("label", gettext_lazy("From which day")), **more)


def until_field(**more: Any) -> DayField:
    return DayField(label=more.pop("label", gettext_lazy("Expected to last until")), **more)


def reason_field(**more: Any) -> WordsField:
    return WordsField(label=more.pop("label", gettext_lazy("Reason")), max_length=300, **more)


def document_field(**more: Any) -> WordsField:
    words = gettext_lazy("What decided it, such as “Minute 12 of the council” or “D GA 2026-3”.")
    return WordsField(
        label=more.pop("label", gettext_lazy("Document")),
        max_length=200,
        help_text=more.pop("help_text", words),
        **more,
    )


def department_field(**more: Any) -> forms.ModelChoiceField[Department]:
    return forms.ModelChoiceField(
        Department.objects.none(),
        label=gettext_lazy("Department"),
        to_field_name="code",
        empty_label=more.pop("empty_label", gettext_lazy("choose one")),
        **more,
    )


def crew_field() -> forms.ModelChoiceField[Crew]:
    return forms.ModelChoiceField(
        Crew.objects.none(),
        label=gettext_lazy("Crew"),
        to_field_name="code",
        required=False,
        empty_label=gettext_lazy("works by day"),
    )


@dataclass(frozen=True)
class Page:
    """The words around a sheet. `note` is what one should know before pressing."""

    headline: str
    lede: str
    button: str
    note: str = ""


def keeper_at(request: HttpRequest, coop: str, number: int) -> tuple[Here, Member]:
    """The person, for whoever keeps the register; for everybody else there is no such sheet."""
    here = enter(request, coop)
    if not here.may(Power.KEEP_REGISTER):
        raise Http404
    return here, access.member(here, number)


def write_about(
    request: HttpRequest,
    here: Here,
    person: Member,
    sheet: type[PersonSheet],
    act: Callable[[PersonSheet], object],
    page: Page,
    done: str,
    **initial: Any,
) -> HttpResponse:
    """GET shows the sheet, POST acts and goes back to the person; a refusal keeps what was typed."""
    data = request.POST if request.method == "POST" else None
    form = sheet(data, here=here, person=person, initial=initial)
    reasons: list[Reason] = []
    changed: list[Any] = []
    if form.is_valid():
        try:
            act(form)
        except Refused as refusal:
            reasons = refusal.reasons
            sheet_of = request.resolver_match.url_name if request.resolver_match else None
            keep_if_attempt(here, person, sheet_of or "", form.cleaned_data, reasons)
        else:
            messages.success(request, done)
            return redirect("member", here.cooperative.slug, person.number)
    status = 409 if reasons else 422 if form.errors else 200
    if any(reason.code == "person-changed-meanwhile" for reason in reasons):
        seen = form.cleaned_data["seen"]
        changed = [tell(entry) for entry in entries_about(person).filter(sequence__gt=seen)]
        person.refresh_from_db()
        changed += form.overwrites()
        again = request.POST.copy()
        form.catch_up(again)
        form.data = again
    context = {
        "person": person,
        "standing": person.standings.filter(person.standings.model.on(here.day)).first(),
        "form": form,
        "page": page,
        "reasons": form.take(reasons),
        "changed": changed,
        "protected": note_about(here, person),
    }
    return render(request, "people/lives/write.html", context, status=status)


def saved(name: str) -> str:
    return _("Written in the record of %(name)s.") % {"name": name}
