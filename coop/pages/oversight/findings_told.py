"""A finding in words: the rule it names, the thing it is about, and the sheet of paper."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coop.charter.articles import ARTICLES
from coop.charter.models import Bylaws
from coop.charter.wording import value_in_words
from coop.oversight.models import Finding

from .. import access
from ..access import Here, enter
from ..paper import to_print

About = Finding.About
MEANINGS = {article.key: article for article in ARTICLES}
PAGES = {
    About.MEETING: "meeting",
    About.DECISION: "decision",
    About.BALLOT: "ballot",
    About.DOCUMENT: "document",
    About.COUNT: "count",
}


def rule_of(finding: Finding) -> list[str]:
    """The article as it read that day with its value, and what the auditor named besides."""
    told = []
    article = MEANINGS.get(finding.article)
    if article is not None:
        day = finding.cooperative.day_of(finding.written_at)
        value = getattr(Bylaws.in_force(finding.cooperative, day), article.key)
        words = value_in_words(article, value, currency=finding.cooperative.currency_code)
        told.append(f"{_(article.meaning)} ({words})")
    return [*told, finding.rule] if finding.rule else told


def subject_address(here: Here, finding: Finding) -> str:
    """The page of what it is about; who holds what has one page for all mandates."""
    slug = here.cooperative.slug
    if finding.about_kind == About.MANDATE:
        return reverse("offices", args=[slug])
    if not finding.about_kind:
        return ""
    return reverse(PAGES[About(finding.about_kind)], args=[slug, finding.about_key])


@require_safe
def printed(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """For the board and the file: the finding, the rule, every answer, and how it ended."""
    here = enter(request, coop)
    found = access.finding(here, key)
    return to_print("told", _sheet(here, found), name=found.label.replace(" ", "_"))


def _sheet(here: Here, found: Finding) -> dict[str, Any]:
    day_of = here.cooperative.day_of
    whom = f"{found.office.title}, {found.body.name}" if found.office else found.body.name
    notes = [_("To: %(whom)s") % {"whom": whom}]
    if found.about_label:
        notes.append(_("About: %(what)s") % {"what": found.about_label})
    notes += [_("Rule: %(rule)s") % {"rule": words} for words in rule_of(found)]
    notes += ["", *found.text.split("\n"), ""]
    notes.append(_("To be answered by %(day)s.") % {"day": _day(found.answer_by)})
    for said in found.words.select_related("said_by"):
        told = {
            "what": said.get_side_display(),
            "name": said.said_by.name,
            "day": _day(day_of(said.said_at)),
        }
        notes += ["", _("%(day)s, %(name)s (%(what)s):") % told, *said.text.split("\n")]
    if found.closed_at is not None and found.closed_by is not None:
        told = {"day": _day(day_of(found.closed_at)), "name": found.closed_by.name}
        notes += [
            "",
            _("Closed on %(day)s by %(name)s: %(how)s.") % {**told, "how": found.get_state_display()},
        ]
        notes += found.closing.split("\n")
    return {
        "title": f"{found.label} {found.title}",
        "house": here.cooperative.legal_name,
        "date": here.day.isoformat(),
        "under": _("Finding of the auditor %(name)s, %(day)s")
        % {"name": found.written_by.name, "day": _day(day_of(found.written_at))},
        "notes": notes,
    }


def _day(day: Any) -> str:
    return date_format(day, "DATE_FORMAT")
