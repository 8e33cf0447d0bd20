"""The register as a list: searched, filtered, as of any day; and the views of it that the office keeps.

`people_of` turns the questions in an address into the people meant; an export and a printing of cards ask it too.
"""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from coop.members.actions import office_work
from coop.members.models import Crew, Department, Member, Power, SavedView, Standing
from coop.members.search import BY_DAY, Access, Order, Wanted, found, with_access
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter, page_of, reads_private, wants_fragment
from ..read_by_audit import What, note
from ..sheets import DayField, Sheet, WordsField

LINES = 50
_KINDS: dict[str, Any] = dict(Standing.Kind.choices)
_STATUSES: dict[str, Any] = dict(Standing.Status.choices)
_ACCESS: dict[str, Any] = dict(Access.choices)
AHEAD = datetime.timedelta(days=366)  # changes are entered for at most a year ahead


class Search(Sheet):
    """What an address asks of the register. Everything may stay empty."""

    words = WordsField(label=gettext_lazy("Name or number"), max_length=120, required=False)
    department = forms.ChoiceField(label=gettext_lazy("Department"), required=False)
    crew = forms.ChoiceField(label=gettext_lazy("Crew"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    access = forms.ChoiceField(label=gettext_lazy("Access"), required=False)
    contact = forms.ChoiceField(label=gettext_lazy("How to reach"), required=False)
    office = forms.ChoiceField(label=gettext_lazy("Office"), required=False)
    joined_from = DayField(label=gettext_lazy("With us since, from"), required=False)
    joined_until = DayField(label=gettext_lazy("With us since, up to"), required=False)
    on = DayField(label=pgettext_lazy("as of a day", "As of"), required=False)
    order = forms.ChoiceField(label=gettext_lazy("In the order of"), required=False)

    private = ("status", "access", "contact")
    front = ("words", "department", "crew")  # the rest is folded away

    def __init__(self, asked: QueryDict, here: Here) -> None:
        super().__init__(asked)
        self.here = here
        self.fields["words"].widget.input_type = "search"
        departments = Department.objects.filter(cooperative=here.cooperative, funds_only=False)
        crews = Crew.objects.filter(cooperative=here.cooperative)
        self._offer("department", [(one.code, one.name) for one in departments])
        self._offer("crew", [*((one.code, one.name) for one in crews), (BY_DAY, _("works by day"))])
        self._offer("kind", Standing.Kind.choices)
        self._offer("status", Standing.Status.choices)
        self._offer("access", Access.choices)
        self._offer("contact", Member.Contact.choices)
        self._offer("office", [("yes", _("holds an office"))])
        self._offer("order", Order.choices[1:], empty=Order.choices[0][1])
        if not reads_private(here):
            for name in self.private:
                del self.fields[name]

    def _offer(self, name: str, choices: Any, *, empty: Any = "") -> None:
        offered = [("", capfirst(str(empty or _("all"))))]
        offered += [(code, capfirst(str(words))) for code, words in choices]
        self.fields[name].choices = offered  # type: ignore[attr-defined]

    def clean_on(self) -> datetime.date | None:
        day: datetime.date | None = self.cleaned_data["on"]
        if day and day > self.here.day + AHEAD:
            raise forms.ValidationError(_("The register knows nothing of days more than a year ahead."))
        return day

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        first, last = answers.get("joined_from"), answers.get("joined_until")
        if first and last and last < first:
            self.add_error("joined_until", _("This day comes before the first one."))
        return answers

    @property
    def wanted(self) -> Wanted:
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        asked["on"] = asked.get("on", self.here.day)
        return Wanted(**asked | {"office": bool(asked.get("office"))})

    @property
    def query(self) -> str:
        """What was asked, as an address says it: nothing empty, always in one order."""
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        return urlencode({name: str(value) for name, value in asked.items()})  # days as 2026-11-28

    @property
    def told(self) -> list[str]:
        """What was asked, in words. The order of a list says nothing about who is in it."""
        return [self._told(name) for name in self.fields if name != "order" and self.cleaned_data.get(name)]

    def _told(self, name: str) -> str:
        value = self.cleaned_data[name]
        if name == "words":
            return f"“{value}”"
        if isinstance(value, datetime.date):
            day = date_format(value, "DATE_FORMAT")
            if name == "on":
                return _("as of %(day)s") % {"day": day}
            said = _("joined not before %(day)s") if name == "joined_from" else _("joined up to %(day)s")
            return said % {"day": day}
        return str(dict(self.fields[name].choices)[value])  # type: ignore[attr-defined]

    @property
    def folded(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.front]

    @property
    def unfolded(self) -> bool:
        """Whether something in the folded part is asked, or was asked wrongly."""
        return any(field.errors or field.value() for field in self.folded)


def people_of(here: Here, asked: QueryDict) -> tuple[Search, Any]:
    """The form and the people it means: a query set of members as `members.search.found` makes it, or None."""
    search = Search(asked, here)
    return search, found(here.cooperative, search.wanted, at=here.at) if search.is_valid() else None


def put_into_words(person: Any) -> None:
    """What a row of `found` carries as codes, as words beside them."""
    person.kind_words = _KINDS[person.kind]
    person.status_words = _STATUSES[person.status]
    person.access_words = _ACCESS.get(getattr(person, "access", ""), "")


@require_safe
def members(request: HttpRequest, coop: str) -> HttpResponse:
    """Everybody who is of the house, by name; accents and case do not matter when searching."""
    here = enter(request, coop)
    return _show(request, here, request.GET)


def _show(
    request: HttpRequest, here: Here, asked: QueryDict, *, refused: list[Reason] | None = None, name: str = ""
) -> HttpResponse:
    search, people = people_of(here, asked)
    private, keeper = reads_private(here), here.may(Power.KEEP_REGISTER)
    note(here, What.PEOPLE, otherwise=keeper)
    if people is not None and private:
        people = with_access(people, at=here.at)
    page = page_of(request, people, LINES) if people is not None else None
    for person in page or []:
        put_into_words(person)
    context = {
        "search": search,
        "page": page,
        "query": f"{search.query}&" if people is not None and search.query else "",
        "private": private,
        "keeper": keeper,
        "views": SavedView.objects.filter(cooperative=here.cooperative) if keeper else [],
        "refused": refused or [],
        "name": name,
    }
    status = 409 if refused else 200 if people is not None else 422
    part = "#found" if wants_fragment(request) else ""
    answer = render(request, f"people/members/members.html{part}", context, status=status)
    if part and people is not None:  # the address says what is shown, without a step back for every letter
        answer["HX-Replace-Url"] = f"{request.path}?{search.query}" if search.query else request.path
    return answer


@require_POST
def save_view(request: HttpRequest, coop: str) -> HttpResponse:
    """Keeps the questions asked of the list under a name, for everybody in the office."""
    here = enter(request, coop)
    asked = QueryDict(request.POST.get("query", "")[:500])
    name = " ".join(request.POST.get("name", "").split())
    search = Search(asked, here)
    if not search.is_valid():
        return _show(request, here, asked, name=name)
    try:
        office_work.save_view(name=name, query=search.query, by=acting(here), at=here.at)
    except Refused as refused:
        return _show(request, here, asked, refused=refused.reasons, name=name)
    messages.success(request, _("Kept as “%(name)s”; everybody in the office sees it.") % {"name": name})
    answer = redirect("members", coop)
    if search.query:
        answer["Location"] += f"?{search.query}"
    return answer


@require_POST
def drop_view(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    view = access.saved_view(here, key)
    office_work.drop_view(view=view, by=acting(here), at=here.at)
    messages.success(request, _("“%(name)s” is thrown away.") % {"name": view.name})
    return redirect("members", coop)
