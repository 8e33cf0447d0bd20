"""Access cards by the sheet: the register office chooses people, and the cards come back as the answer itself."""

from __future__ import annotations

import dataclasses
import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coop.members import actions
from coop.members.backend import of_the_house
from coop.members.models import AccessCard, Member, Power
from coop.members.search import found, with_access
from coop.members.typed_codes import code_for, in_groups
from coop.refusals import Reason, Refused, refuse_if

from ..access import Here, acting, enter, page_of
from ..paper import to_print
from ..squares import address_of, square_of
from .people_list import Search, put_into_words

LINES = 50
ON_A_SHEET = 8
MOST = 400  # cards in one printing: fifty sheets, and an answer within a few seconds


@require_http_methods(["GET", "POST"])
def cards(request: HttpRequest, coop: str) -> HttpResponse:
    """The address says who is meant, as in the list of people. The PDF is the only place where the codes stand."""
    here = enter(request, coop)
    if not here.may(Power.KEEP_REGISTER):
        raise Http404
    search = Search(request.GET, here)
    people = _people(here, search)
    if request.method == "GET" or people is None:
        return _choice(request, here, search, people)
    wanting = people.filter(account=None)
    try:
        refuse_if(_obstacles(wanting.count()))
        ids = list(wanting.values_list("pk", flat=True))
        made = actions.issue_cards(members=ids, by=acting(here), at=here.at)
        refuse_if(_obstacles(len(made)))
    except Refused as refused:
        return _choice(request, here, search, people, refused=refused.reasons)
    places = {person.pk: _place(person) for person in people}
    left_out = sorted((one for one in people if one.account_id is not None), key=lambda one: one.number)
    return to_print("cards", _sheets(request, here, made, places, left_out), name=_("access-cards"))


def _people(here: Here, search: Search) -> QuerySet[Member] | None:
    """Those who are meant and of the house today: cards are for the living and the present. None: unreadable."""
    if not search.is_valid():
        return None
    wanted = dataclasses.replace(search.wanted, on=here.day)
    people = found(here.cooperative, wanted, at=here.at).filter(of_the_house(here.day))
    return with_access(people, at=here.at)


def _obstacles(count: int) -> list[Reason]:
    if count > MOST:
        return [Reason("too-many-cards", {"count": count, "most": MOST})]
    return [] if count else [Reason("nobody-wants-a-card")]


def _choice(
    request: HttpRequest,
    here: Here,
    search: Search,
    people: QuerySet[Member] | None,
    *,
    refused: list[Reason] | None = None,
) -> HttpResponse:
    page = page_of(request, people, LINES) if people is not None else None
    for person in page or []:
        put_into_words(person)
    wanting = people.filter(account=None).count() if people is not None else 0
    context = {
        "search": search,
        "asked": [search[name] for name in ("words", "department", "crew", "access")],
        "page": page,
        "query": f"{search.query}&" if people is not None and search.query else "",
        "wanting": wanting,
        "sheets": -(-wanting // ON_A_SHEET),
        "left_out": page.paginator.count - wanting if page else 0,
        "obstacles": _obstacles(wanting) if people is not None and not refused else [],
        "days": actions.cards.DAYS_VALID,
        "only_here": _only_here(request),
        "refused": refused or [],
    }
    status = 409 if refused else 200 if people is not None else 422
    return render(request, "people/cards/cards.html", context, status=status)


def _only_here(request: HttpRequest) -> str:
    """The address that would stand on the cards, when no telephone can open it: that of this one machine."""
    origin = settings.ORIGIN if settings.HTTPS else request.build_absolute_uri("/")
    return origin if urlsplit(origin).hostname in ("localhost", "127.0.0.1", "::1") else ""


# --- The sheets -----------------------------------------------------------------------------------------------------


def _sheets(
    request: HttpRequest,
    here: Here,
    made: list[tuple[AccessCard, str]],
    places: dict[int, str],
    left_out: list[Any],
) -> dict[str, Any]:
    """What `templates/paper/cards.typ` wants: each card in the language of its person, where we speak it."""
    coop = here.cooperative.slug
    printed = [_printed(request, here, card, token, places.get(card.member_id, "")) for card, token in made]
    notes = [_("The cards belong into the hands of the person and of nobody else. Whoever loses one gets a new one; the old one ends with that.")]  # fmt: skip  # noqa: E501
    if left_out:
        names = ", ".join(f"{person.number} {person.name}" for person in left_out[:LINES])
        more = "" if len(left_out) <= LINES else " …"
        notes.append(_("In already, so without a new card: %(names)s") % {"names": names + more})
    return {
        "title": _("Access cards"),
        "house": here.cooperative.short_name,
        "date": here.day.isoformat(),
        "cards": printed,
        "list": {
            "title": _("Cards handed out"),
            "under": f"{date_format(here.day, 'DATE_FORMAT')} · {acting(here).name} · {request.get_host()}/{coop}/",
            "columns": [_("No."), _("Name"), _("Place"), _("Received (signature)")],
            "rows": [[one["number"], one["name"], one["place"], ""] for one in printed],
            "notes": notes,
        },
    }


def _printed(request: HttpRequest, here: Here, card: AccessCard, token: str, place: str) -> dict[str, Any]:
    person = card.member
    spoken = person.language if person.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    coop = here.cooperative.slug
    with translation.override(spoken):
        return {
            "house": here.cooperative.short_name,
            "name": person.name,
            "number": str(person.number),
            "place": place,
            "code": in_groups(code_for(token)),
            "address": address_of(request, "enrol-by-code", coop),
            "square": square_of(address_of(request, "enrol", coop, token)),
            "steps": [
                _("Point the camera of a telephone at the square."),
                _("Choose your own secret: six to twelve digits, or a phrase. Nobody will ever ask for it."),
                _("From then on: member number and secret. Tear the card, it is used up."),
            ],
            "words": {
                "card": _("Access card"),
                "number": _("Member number"),
                "until": _("Good once, until %(day)s") % {"day": _last_day(card)},
                "typed": _("No camera? Open"),
                "code": _("then your number and"),
            },
        }


def _last_day(card: AccessCard) -> str:
    """The last whole day on which the card works."""
    return date_format(localtime(card.expires_at) - datetime.timedelta(days=1), "DATE_FORMAT")


def _place(person: Any) -> str:
    return ", ".join(name for name in (person.department_name, person.crew_name) if name)
