"""One problem on paper: for the file, and for whoever has no screen."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from coop.production.models import Problem

from ..access import Here
from .stops import standing_still
from .told import say_clock, say_level, say_place, standing, whose


def sheet(here: Here, problem: Problem, history: list[dict[str, Any]]) -> dict[str, Any]:
    word, _shape = standing(problem, here.day, still=standing_still(problem) is not None)
    raised = _hour(problem.raised_at, day_only=problem.raised_by_id is None)
    told = {"place": say_place(problem), "day": raised, "who": whose(problem)}
    facts = [
        _("State: %(word)s") % {"word": word},
        _("Priority: %(priority)s") % {"priority": problem.get_priority_display()},
        capfirst(say_clock(here, problem)),
        capfirst(say_level(problem)),
    ]
    notes = [_("%(place)s. Raised on %(day)s by %(who)s.") % told, *filter(None, facts)]
    for title, words in ((_("What it costs or risks"), problem.risk), ("", problem.details)):
        if words:
            notes += ["", *([f"{title}:"] if title else []), *words.split("\n")]
    for one in history:
        head = {"day": _hour(one["at"], day_only=one["day_only"]), "what": one["kind"], "who": one["who"]}
        notes += [
            "",
            _("%(day)s, %(who)s: %(what)s") % head,
            *filter(None, [one["more"]]),
            *_lines(one["words"]),
        ]
    photos = problem.photos.count()
    if photos:
        notes += ["", _("Photos that belong to it: %(number)s") % {"number": photos}]
    return {
        "title": problem.title,
        "under": problem.label,
        "house": here.cooperative.legal_name,
        "date": here.day.isoformat(),
        "foot": _("%(label)s · printed on %(day)s") % {"label": problem.label, "day": _hour(here.at)},
        "notes": notes,
    }


def _lines(words: str) -> list[str]:
    return words.split("\n") if words else []


def _hour(moment: datetime.datetime, *, day_only: bool = False) -> str:
    return date_format(localtime(moment), "DATE_FORMAT" if day_only else "DATETIME_FORMAT")
