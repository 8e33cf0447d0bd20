"""Who has never come in: no secret, so nothing on a screen has reached them. By department and crew, to walk there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from coop.members.models import Department, Member, Power
from coop.members.search import Access, Order, Wanted, found, not_reached, with_access
from coop.refusals import Reason, refuse_if

from ..access import Here, enter, page_of, reads_private, wants_fragment
from ..paper import to_print
from ..read_by_audit import What, note
from ..sheets import Sheet
from ..stories import Story

LINES = 100
ON_A_SHEET = 1000  # people: more are seconds of work, and nobody walks to them with one sheet


class Which(Sheet):
    """Which of them: of a department, by what became of the card, only those without a telephone."""

    department = forms.ChoiceField(label=gettext_lazy("Department"), required=False)
    access = forms.ChoiceField(label=gettext_lazy("Card"), required=False)
    contact = forms.ChoiceField(label=gettext_lazy("How to reach"), required=False)

    def __init__(self, asked: QueryDict, here: Here) -> None:
        super().__init__(asked)
        departments = Department.objects.filter(cooperative=here.cooperative, funds_only=False)
        self._offer("department", [(one.code, one.name) for one in departments])
        self._offer("access", [choice for choice in Access.choices if choice[0] != Access.IN])
        self._offer("contact", Member.Contact.choices)

    def _offer(self, name: str, choices: Any) -> None:
        offered = [("", _("All")), *((code, capfirst(str(words))) for code, words in choices)]
        self.fields[name].choices = offered  # type: ignore[attr-defined]


def _asked(request: HttpRequest, coop: str) -> tuple[Here, Which, Any]:
    """The people meant, in the order of departments and crews; None when the question makes no sense."""
    here = enter(request, coop)
    if not reads_private(here):
        raise Http404
    note(here, What.NOT_REACHED, otherwise=here.may(Power.KEEP_REGISTER))
    which = Which(request.GET, here)
    if not which.is_valid():
        return here, which, None
    wanted = Wanted(on=here.day, order=Order.DEPARTMENT, **which.cleaned_data)
    people = not_reached(found(here.cooperative, wanted, at=here.at))
    return here, which, with_access(people, at=here.at)


@require_safe
def page(request: HttpRequest, coop: str) -> HttpResponse:
    here, which, people = _asked(request, coop)
    query = "".join(f"{name}={value}&" for name, value in getattr(which, "cleaned_data", {}).items() if value)
    shown = page_of(request, people, LINES) if people is not None else None
    for person in shown or []:
        person.where, person.card_words = _where(person), _card_words(here, person)
    context = {
        "which": which,
        "counts": _counts(here),
        "fits": shown is not None and shown.paginator.count <= ON_A_SHEET,
        "page": shown,
        "query": query,
        "keeper": here.may(Power.KEEP_REGISTER),
    }
    part = "#found" if wants_fragment(request) else ""
    status = 200 if people is not None else 422
    answer = render(request, f"people/not_reached/not_reached.html{part}", context, status=status)
    if part and people is not None:
        answer["HX-Replace-Url"] = f"{request.path}?{query}".rstrip("?&")
    return answer


@require_safe
def printed(request: HttpRequest, coop: str) -> HttpResponse:
    """The same people as a sheet with a column to tick off, one table a crew."""
    here, _which, people = _asked(request, coop)
    if people is None:
        raise Http404
    if people.count() > ON_A_SHEET:
        refuse_if([Reason("too-many-for-a-sheet", {"most": ON_A_SHEET})])
    groups: dict[str, list[list[str]]] = {}
    for person in people.iterator(chunk_size=2000):
        row = [str(person.number), person.name, _card_words(here, person), _telephone(person), ""]
        groups.setdefault(_where(person), []).append(row)
    day = date_format(here.day, "DATE_FORMAT")
    count = sum(map(len, groups.values()))
    told = ngettext("%(number)d person", "%(number)d people", count) % {"number": count}
    data = {
        "title": _("Not reached yet"),
        "house": here.cooperative.legal_name,
        "date": here.day.isoformat(),
        "under": _("%(people)s on %(day)s") % {"people": told, "day": day},
        "notes": [
            _("Whoever walks there hands over the card in person, and writes the day beside the name.")
        ],
        "columns": [
            {"words": _("No."), "width": "auto", "number": True},
            {"words": _("Name"), "width": "wide"},
            {"words": _("Card"), "width": "fr"},
            {"words": _("Telephone"), "width": "auto"},
            {"words": _("Reached on"), "width": "sign"},
        ],
        "groups": [{"title": where, "rows": rows} for where, rows in groups.items()],
    }
    return to_print("groups", data, name=f"not-reached-{here.day.isoformat()}")


def duty(here: Here) -> list[Story]:
    """For whoever keeps the register: cards that ran out before anybody used them."""
    if not here.may(Power.KEEP_REGISTER):
        return []
    over = found(here.cooperative, Wanted(on=here.day, access=Access.OVER), at=here.at).count()
    if not over:
        return []
    headline = ngettext(
        "%(number)d card ran out before it was used", "%(number)d cards ran out before they were used", over
    )
    return [
        Story(
            kicker=_("Not reached"),
            headline=headline % {"number": over},
            address=f"{reverse('members-not-reached', args=[here.cooperative.slug])}?access={Access.OVER}",
            word=_("new cards wanted"),
            shape="late",
        )
    ]


def _counts(here: Here) -> dict[str, int]:
    """Everybody of the house, those not reached, and of these: by card, and those without a telephone. One question."""
    everybody = found(here.cooperative, Wanted(on=here.day), at=here.at).order_by()
    people: Any = with_access(everybody, at=here.at)
    counted = list(people.values_list("access", "contact").annotate(many=Count("pk")))
    outside = [one for one in counted if one[0] != Access.IN]

    def many(state: str) -> int:
        return sum(number for access, _contact, number in outside if access == state)

    return {
        "everybody": sum(number for _access, _contact, number in counted),
        "outside": sum(number for _access, _contact, number in outside),
        "never": many(Access.NONE),
        "card": many(Access.CARD),
        "over": many(Access.OVER),
        "silent": sum(number for _access, contact, number in outside if contact == Member.Contact.NONE),
    }


def _where(person: Any) -> str:
    if not person.department_name:
        return _("Without a department")
    return f"{person.department_name}, {person.crew_name or _('by day')}"


def _card_words(here: Here, person: Any) -> str:
    """Never a card, a card with so many days left, or one that is over."""
    if person.card_until is None:
        return str(dict(Access.choices)[person.access])
    left = (here.cooperative.day_of(person.card_until) - here.day).days
    if left <= 0:
        return _("card runs out today")
    return ngettext("card, %(days)d day left", "card, %(days)d days left", left) % {"days": left}


def _telephone(person: Any) -> str:
    return "" if person.contact == Member.Contact.NONE else str(person.get_contact_display())
