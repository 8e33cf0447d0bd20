"""The counting minutes to take along: printed, as a table for a spreadsheet, as the file that anybody can recount."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.text import get_valid_filename
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coop.ballots.acta.bundle import as_text, bundle_of
from coop.ballots.boxes import floor_of
from coop.ballots.models import Ballot
from coop.intake.writing import as_csv
from coop.refusals import Reason

from .. import access
from ..access import enter
from ..errors import refused
from ..outcomes.stages import Picture, Table
from ..paper import to_print
from .acta import act_of

Content = dict[str, Any]


def _obstacles(found: Ballot) -> list[Reason]:
    """There are no figures before the count, for nobody."""
    return [] if found.state == Ballot.State.COUNTED else [Reason("no-count-yet", {"state": found.state})]


def bundle_text(found: Ballot) -> str:
    return as_text(bundle_of(found, floor=floor_of(found)))


def fingerprint_of(text: str) -> str:
    """SHA-256 of the file: it stands on the page and on paper."""
    return hashlib.sha256(text.encode()).hexdigest()


@require_safe
def bundle(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Everything that is needed to count again, and nobody's vote."""
    here = enter(request, coop)
    found = access.ballot(here, key)
    if reasons := _obstacles(found):
        return refused(request, reasons)
    answer = HttpResponse(bundle_text(found), content_type="application/json")
    name = get_valid_filename(f"{here.cooperative.slug}-vote-{found.pk}.json")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


# --- A table for a spreadsheet ---------------------------------------------------------------------------------------


@require_safe
def table(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.ballot(here, key)
    if reasons := _obstacles(found):
        return refused(request, reasons)
    heads = [_("Question"), _("What"), _("Choice or stage"), _("Number")]
    answer = HttpResponse(as_csv(heads, _rows(found)), content_type="text/csv; charset=utf-8")
    name = get_valid_filename(f"{here.cooperative.slug}-vote-{found.pk}.csv")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _rows(found: Ballot) -> Iterator[list[str | int | None]]:
    act = act_of(found)
    for count in act["counts"]:
        about = count["tally"].question.wording
        yield [about, _("Outcome"), count["sentence"], ""]
        for way in count["ways"]:
            yield [about, way.label, _("People"), way.people]
            for label, votes in way.cells:
                if votes is not None:
                    yield [about, way.label, label, votes]
        for row in count["rows"]:
            yield [about, _("In all"), row.label, row.votes]
        tally = count["tally"]
        yield [about, _("Papers and hands"), _("In all"), tally.voted]
        yield [about, _("Papers and hands"), _("Blank"), tally.blank]
        yield [about, _("Papers and hands"), _("Spoiled"), tally.spoiled]
        for grid in (count["table"], count["pairs"]):
            for name, cells in grid.rows if grid else ():
                for head, figure in cells:
                    yield [about, name, head, figure]
    for place in act["places"]:
        yield ["", _("Papers or hands"), place.name, place.papers]


# --- On paper --------------------------------------------------------------------------------------------------------


@require_safe
def printed(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.ballot(here, key)
    if reasons := _obstacles(found):
        return refused(request, reasons)
    act = act_of(found)
    mark = fingerprint_of(bundle_text(found))
    day = date_format(localtime(found.closed_at), "DATE_FORMAT")
    data: Content = {
        "title": _("Counting minutes"),
        "house": here.cooperative.legal_name,
        "date": here.day.isoformat(),
        "under": _("%(what)s. %(body)s, %(day)s")
        % {"what": found.title, "body": found.body.name, "day": day},
        "foot": f"{here.cooperative.short_name} · {mark[:32]}",
        "questions": [_question(count) for count in act["counts"]],
        "tables": [_places(act)] if len(act["places"]) > 1 else [],
        "facts": [*_facts(found, act), [_("Fingerprint of the public file"), mark]],
        "text_title": _("The text that was voted"),
        "text": found.text.splitlines(),
        "hash_title": _("Fingerprint of the text"),
        "hash": found.text_hash,
        "signers": [_("Chair"), _("Secretary"), _("Member chosen to sign"), _("Member chosen to sign")],
    }
    return to_print("acta", data, name=f"{_('counting-minutes')}-{found.pk}")


def _question(count: Content) -> Content:
    tally = count["tally"]
    notes = [*count["ties"]]
    if tally.blank or tally.spoiled:
        words = _("Papers and hands: %(voted)s. Blank among them: %(blank)s. Spoiled: %(spoiled)s.")
        notes.append(words % {"voted": tally.voted, "blank": tally.blank, "spoiled": tally.spoiled})
    picture: Picture | None = count["picture"]
    return {
        "title": tally.question.wording,
        "outcome": str(count["outcome"]).capitalize(),
        "sentence": count["sentence"],
        "notes": notes,
        "steps": count["steps"],
        "panels": _panels(picture) if picture else [],
        "quota": picture.quota_part if picture else None,
        "tables": [*_spelled(count), *_figures(count), _ways(count)],
    }


def _panels(picture: Picture) -> list[Content]:
    return [
        {
            "title": panel.title,
            "bars": [
                {
                    "name": bar.name,
                    "votes": bar.votes,
                    "part": bar.length / picture.room,
                    "mark": bar.mark,
                    "words": bar.mark_in_words,
                }
                for bar in panel.bars
            ],
        }
        for panel in picture.panels
    ]


def _figures(count: Content) -> list[Content]:
    grids: list[tuple[str, Table | None]] = [
        (_("Votes at each stage"), count["table"]),
        (_("Two by two"), count["pairs"]),
    ]
    return [
        {
            "title": title,
            "heads": ["", *grid.heads],
            "rows": [[name, *(figure for _head, figure in cells)] for name, cells in grid.rows],
        }
        for title, grid in grids
        if grid
    ]


def _spelled(count: Content) -> list[Content]:
    """The votes in figures and in words, which nobody changes with a stroke."""
    rows = [[row.label, str(row.votes), row.spelled] for row in count["rows"] if row.spelled]
    heads = [_("Choice"), _("Votes"), _("In words")]
    return [{"title": _("The votes in words"), "heads": heads, "rows": rows, "words": True}] if rows else []


def _ways(count: Content) -> Content:
    """Adds up to the register, downwards; each choice adds up across the ways."""
    rows = [
        [way.label, *("" if votes is None else str(votes) for _label, votes in way.cells), str(way.people)]
        for way in count["ways"]
    ]
    foot = [_("On the register"), *(str(row.votes) for row in count["rows"]), str(count["tally"].register)]
    return {
        "title": _("How people voted, adding up to the register"),
        "heads": ["", *(row.label for row in count["rows"]), _("People")],
        "rows": [*rows, foot],
    }


def _places(act: Content) -> Content:
    return {
        "title": _("Where the papers came from"),
        "heads": [_("Place"), _("People marked"), _("Papers or hands"), _("Remark")],
        "rows": [
            [place.name, "" if place.people is None else str(place.people), str(place.papers), place.remark]
            for place in act["places"]
        ],
    }


def _facts(found: Ballot, act: Content) -> list[list[str]]:
    told = [
        [_("Opened"), date_format(localtime(found.opened_at), "DATETIME_FORMAT")],
        [_("Closed"), date_format(localtime(found.closed_at), "DATETIME_FORMAT")],
        [_("Counted"), date_format(localtime(found.counted_at), "DATETIME_FORMAT")],
        [_("On the register"), str(found.roll_size)],
        [_("Voted"), str(act["voted"])],
        [_("Way of voting"), str(found.get_secrecy_display())],
        [_("Bylaws, version"), str(found.rules_version)],
        *([what, words] for what, words in act["rules"]),
        *([what, names] for what, names in act["people"]),
        [_("Secrets replaced since the register was drawn"), str(act["resets"])],
    ]
    if act["lot"]:
        lot = act["lot"]
        told.append([_("Lot"), f"{lot.seed}. {lot.how} {lot.drawn_by}; {lot.witness_1}, {lot.witness_2}"])
    if act["urn"] and act["urn"].root:
        told.append([_("Envelopes in the sealed urn"), str(act["urn"].envelopes)])
        told.append([_("Root of the numbers of the envelopes"), act["urn"].root])
    for clash in act["clashes"]:
        words = _("%(who)s signed at %(box)s, and was marked already as having voted %(channel)s.")
        told.append(
            [
                _("Clash"),
                words % {"who": clash.member, "box": clash.urn, "channel": clash.get_channel_display()},
            ]
        )
    return told
