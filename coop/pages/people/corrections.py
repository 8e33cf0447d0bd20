"""Mending the register: a field that was written wrongly, an entry that should not be there. Nothing is erased."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.members import actions
from coop.members.models import Member, Posting, Standing

from ..access import Here, acting
from ..sheets import DayField, WordsField
from ..telling import PERSON_FIELDS
from .record_sheets import Page, PersonSheet, keeper_at, reason_field, saved, write_about

OPENED = "a correction as it was opened"


def _label(field: str) -> Any:
    return capfirst(PERSON_FIELDS[field])


class CorrectSheet(PersonSheet):
    name = WordsField(label=_label("name"), max_length=120)
    born = DayField(label=_label("born"), required=False)
    joined = DayField(label=_label("joined"))
    founder = forms.BooleanField(label=_label("founder"), required=False)
    job = WordsField(label=_label("job"), max_length=120, required=False)
    area = WordsField(label=_label("area"), max_length=120, required=False)
    language = forms.ChoiceField(label=_label("language"))
    contact = forms.ChoiceField(label=_label("contact"), choices=Member.Contact.choices)
    phone = WordsField(label=_label("phone"), max_length=40, required=False)
    support = forms.MultipleChoiceField(
        label=_label("support"),
        choices=Member.Support.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = reason_field(
        label=gettext_lazy("What was wrong"),
        help_text=gettext_lazy(
            "It stays beside the old and the new, for the person, the keeper and the auditor."
        ),
    )

    # What the register said when the sheet was opened: whatever still says the same, its writer has not touched.
    opened = forms.CharField(widget=forms.HiddenInput, required=False, max_length=5000)

    def __init__(self, *arguments: Any, person: Member, **more: Any) -> None:
        more["initial"] = {"opened": _as_opened(person), **more.get("initial", {})}
        super().__init__(*arguments, person=person, **more)
        self.fields["language"].choices = languages(person.language)  # type: ignore[attr-defined]

    def overwrites(self) -> list[str]:
        """Each field that both have changed: the writer of this sheet, and somebody else since it was opened."""
        words = _("%(field)s: the register says “%(stands)s” now, this sheet “%(typed)s”.")
        return [
            words
            % {"field": _label(name), "stands": self._shown(name, stands), "typed": self._shown(name, typed)}
            for name, (was, stands, typed) in self._three().items()
            if typed not in (was, stands) and was != stands
        ]

    def catch_up(self, data: QueryDict) -> None:
        """What the writer has not touched says what the register says now."""
        super().catch_up(data)
        data["opened"] = _as_opened(self.person)
        for name, (was, stands, typed) in self._three().items():
            if typed == was:
                data.setlist(name, stands)

    def _three(self) -> dict[str, tuple[list[str] | None, list[str], list[str]]]:
        """Of each field: what it was when the sheet was opened (None: nobody knows), stands now, and was typed."""
        try:
            opened = signing.loads(self.cleaned_data["opened"], salt=OPENED)
        except signing.BadSignature:
            opened = {}
        return {
            name: (opened.get(name), _sent(getattr(self.person, name)), _sent(self.cleaned_data[name]))
            for name in PERSON_FIELDS
        }

    def _shown(self, name: str, sent: list[str]) -> str:
        if name == "founder":
            return _("yes") if sent else _("no")
        choices = {str(key): str(words) for key, words in getattr(self.fields[name], "choices", [])}
        return ", ".join(choices.get(one, one) for one in sent) or _("nothing")


def _as_opened(person: Member) -> str:
    return signing.dumps({name: _sent(getattr(person, name)) for name in PERSON_FIELDS}, salt=OPENED)


def _sent(value: Any) -> list[str]:
    """A value as a form sends it; several needs have no order, and nothing is not sent."""
    if isinstance(value, list):
        return sorted(value)
    if isinstance(value, datetime.date):
        return [value.isoformat()]
    return [] if value in (None, "", False) else ["on" if value is True else str(value)]


def languages(*kept: str) -> list[tuple[str, str]]:
    """What the house speaks, and whatever stands in the register already."""
    spoken = dict(settings.LANGUAGES)
    others = [code for code in dict.fromkeys(kept) if code and code not in spoken]
    return [*spoken.items(), *((code, LANG_INFO.get(code, {}).get("name_local", code)) for code in others)]


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, coop: str, number: int) -> HttpResponse:
    """Name, days, work, contact; where and how somebody stands is mended in the history."""
    here, person = keeper_at(request, coop, number)
    page = Page(
        _("Correct what stands in the register"),
        _("Change only what is wrong. The old stays on record beside the new, with the reason."),
        _("Write the correction"),
        _(
            "Department, crew and standing are not corrected here: strike the entry in the history of the person."
        ),
    )

    def act(form: PersonSheet) -> object:
        changes = dict(form.cleaned_data)
        seen, reason, _opened = changes.pop("seen"), changes.pop("reason"), changes.pop("opened")
        return actions.correct(
            member=person, changes=changes, reason=reason, by=acting(here), at=here.at, seen=seen
        )

    initial = {field: getattr(person, field) for field in PERSON_FIELDS}
    return write_about(request, here, person, CorrectSheet, act, page, saved(person.name), **initial)


class StrikeSheet(PersonSheet):
    reason = reason_field(label=gettext_lazy("What was wrong"))


@require_http_methods(["GET", "POST"])
def strike_standing(request: HttpRequest, coop: str, number: int, key: int) -> HttpResponse:
    here, person = keeper_at(request, coop, number)
    return _strike(request, here, person, person.standings.filter(pk=key).first())


@require_http_methods(["GET", "POST"])
def strike_posting(request: HttpRequest, coop: str, number: int, key: int) -> HttpResponse:
    here, person = keeper_at(request, coop, number)
    found = person.postings.filter(pk=key).select_related("department", "crew").first()
    return _strike(request, here, person, found)


def _strike(
    request: HttpRequest, here: Here, person: Member, entry: Standing | Posting | None
) -> HttpResponse:
    if entry is None:
        raise Http404
    entry.member = person
    page = Page(
        _("Strike an entry"),
        _("%(entry)s. It stays legible, crossed out, and counts for nothing; what it had ended goes on.")
        % {"entry": capfirst(str(entry))},
        _("Strike it"),
        _("Mandates and votes that came and went by it are not undone."),
    )

    def act(form: PersonSheet) -> object:
        given = {"because": form.cleaned_data["reason"], "seen": form.cleaned_data["seen"]}
        return actions.strike(entry=entry, by=acting(here), at=here.at, **given)

    return write_about(request, here, person, StrikeSheet, act, page, saved(person.name))
