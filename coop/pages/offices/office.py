"""One office: who holds it and how they came to it, what it may do, what it is asked and how fast it answers."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from coop.charter.articles import BY_KEY
from coop.charter.wording import value_in_words
from coop.elections.models import Elected
from coop.in_office.rules import questions as rules
from coop.in_office.speed import Speed
from coop.members.courses import asked_by
from coop.members.models import Mandate, Office, Seat

from .. import access
from ..access import Here, acting, enter, page_of
from ..looking import Look
from ..paper import to_print
from .deputies import running, with_days
from .offices import powers_in_words

FORMER = 20
FEW = 5  # questions on the page of the office; the others have a page of their own


@require_safe
def page(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    office = access.office(here, key)
    asked, look = access.office_questions(here).filter(office=office), Look(request)
    context = {
        "office": office,
        "seats": seats(here, office),
        "deputies": with_days(here, running(here).filter(mandate__seat__office=office)),
        "powers": powers_in_words(office),
        "pay": pay(here, office),
        "courses": asked_by([office.pk], here.day).get(office.pk, []),
        "speed": speed_in_words(rules.speeds(here.cooperative, here.at, office=office).get(office.pk)),
        "questions": told(here, rules.standing_first(asked)[:FEW]),
        "asked": asked.count(),
        "against_asking": rules.obstacles_to_asking_an_office(office, by=acting(here), at=here.at),
        "look": look,
        "former": page_of(request, look.among(former(here, office), "{member__name} {document}"), FORMER),
    }
    return render(request, "offices/office/office.html", context)


def seats(here: Here, office: Office) -> list[dict[str, Any]]:
    """Every seat with who sits on it now, and the key of the election that put them there. Three queries."""
    held = Mandate.objects.filter(Mandate.in_force(here.at), seat__office=office).select_related("member")
    by_seat = {one.seat_id: one for one in held}
    elected = Elected.objects.filter(mandate__in=[one.pk for one in by_seat.values()])
    elections = dict(elected.values_list("mandate", "contest__election"))
    found = Seat.objects.filter(office=office).select_related("crew", "department")
    return [
        {"seat": seat, "mandate": mandate, "election": elections.get(mandate.pk) if mandate else None}
        for seat, mandate in ((seat, by_seat.get(seat.pk)) for seat in found)
    ]


def former(here: Here, office: Office) -> QuerySet[Mandate]:
    """Who held it, the last first. A mandate that nobody confirmed was none."""
    found = Mandate.objects.filter(seat__office=office, until__lte=here.at, confirmed_at__isnull=False)
    return found.select_related("member", "seat").order_by("-until", "-pk")


def pay(here: Here, office: Office) -> str:
    """The rule of the office itself, or that of the bylaws for all of them."""
    return office.pay_rule or value_in_words(BY_KEY["office_pay"], here.bylaws.office_pay)


def speed_in_words(found: Speed | None) -> dict[str, Any]:
    """Empty where nothing was asked in the last year."""
    if found is None:
        return {}
    return {
        "median": _days(found),
        "percent": found.percent_in_time,
        "in_time": found.in_time,
        "judged": found.judged,
        "asked": found.asked,
        "overdue": found.overdue,
        "waiting": found.waiting,
    }


def _days(found: Speed) -> str:
    """The days within which half of the answers came, with a half day where two lie in the middle."""
    if found.median_days is None:
        return ""
    whole = found.median_days.denominator == 1
    number = number_format(found.median_days.numerator if whole else float(found.median_days))
    return ngettext("%(number)s day", "%(number)s days", 1 if found.median_days == 1 else 2) % {
        "number": number
    }


def told(here: Here, questions: Any) -> list[dict[str, Any]]:
    """Lines of a list. The words of a personal question are for whoever asked it and whoever answers for the office."""
    shown = list(questions)
    read = rules.readable(
        access.office_questions(here).filter(pk__in=[one.pk for one in shown]), acting(here), here.at
    )
    mine = set(read.values_list("pk", flat=True))
    return [line(here, one, one.pk in mine) for one in shown]


def line(here: Here, question: Any, read: bool) -> dict[str, Any]:
    word, shape = standing(here, question)
    return {
        "question": question,
        "headline": question.text.splitlines()[0][:160] if read else _("A personal matter"),
        "word": word,
        "shape": shape,
        "day": here.cooperative.day_of(question.asked_at),
        "by": question.asked_by.name if read else "",
    }


def standing(here: Here, question: Any) -> tuple[str, str]:
    """A word and a shape: answered in time or late, waiting, overdue."""
    if question.answered_at is None:
        late = question.due_on < here.day
        return (_("overdue"), "late") if late else (_("waits for its answer"), "waiting")
    late = here.cooperative.day_of(question.answered_at) > question.due_on
    return (_("answered late"), "done") if late else (_("answered in time"), "yes")


@require_safe
def printed(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """For the board: who holds the office, until when, what it may do, how fast it answers."""
    here = enter(request, coop)
    office = access.office(here, key)
    found = speed_in_words(rules.speeds(here.cooperative, here.at, office=office).get(office.pk))
    powers = powers_in_words(office)
    facts = [
        [_("Who holds it"), "\n".join(_seat_in_words(here, one) for one in seats(here, office))],
        [_("It may"), "\n".join(powers) or _("A voice and a vote in this body; no powers of its own.")],
        [_("Pay"), pay(here, office)],
        [_("Questions of the last year"), "\n".join(_figures(found))],
    ]
    data = {
        "title": office.title,
        "under": office.body.name,
        "house": here.cooperative.legal_name,
        "date": here.day.isoformat(),
        "facts": facts,
        "notes": [_("Every member may put a question to this office. The answer is read by everybody.")],
    }
    return to_print("facts", data, name=office.title)


def _seat_in_words(here: Here, one: dict[str, Any]) -> str:
    mandate, seat = one["mandate"], one["seat"]
    name = mandate.member.name if mandate else _("vacant")
    words = [name, *([_("alternate")] if seat.alternate else [])]
    if mandate and mandate.until:
        day = date_format(here.cooperative.day_of(mandate.until), "DATE_FORMAT")
        words.append(_("until %(day)s") % {"day": day})
    if mandate:
        words.append(f"{mandate.get_begun_display()}: {mandate.document}")
    return ", ".join(words)


def _figures(found: dict[str, Any]) -> list[str]:
    if not found:
        return [_("None were asked.")]
    lines = [_("asked: %(number)s") % {"number": found["asked"]}]
    if found["judged"]:
        told = {"number": found["in_time"], "of": found["judged"]}
        lines.append(_("answered in time: %(number)s of %(of)s") % told)
    if found["median"]:
        lines.append(_("half of the answers came within %(days)s") % {"days": found["median"]})
    if found["overdue"]:
        lines.append(_("overdue: %(number)s") % {"number": found["overdue"]})
    return lines


def questions_of(here: Here) -> Q:
    """The offices that this person holds: what is asked of them is theirs to answer."""
    held = Mandate.objects.filter(Mandate.in_force(here.at), member=acting(here), seat__alternate=False)
    return Q(office__in=held.values("seat__office"))
