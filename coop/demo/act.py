"""The founding act of the invented plant: register, bodies and mandates as they stood when the books went over."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from coop.members.founding.act import Act
from coop.members.founding.file import read_act

from .articles import articles
from .files import FORTNIGHT, Files
from .personas import PLANT

CREWS = {"morning": "A", "afternoon": "B", "night": "C"}  # after the shift of the current fortnight
ON_TRIAL = "trial"


def act(files: Files) -> Act:
    coop = files.read("coop")
    start = coop["coop"]["start"]["day"]
    return read_act(
        {
            "document": coop["coop"]["start"]["document"],
            "cooperative": _cooperative(coop["coop"], coop["rules"]["pay"]),
            "bylaws": articles(coop["rules"]),
            "bylaws_since": coop["rules"]["in_force_since"],
            "departments": [
                {"code": one["code"], "name": one["name"], "funds_only": one["members"] == 0}
                for one in coop["departments"]
            ],
            "shifts": [
                {"code": one["id"], "name": one["name"], "starts": one["start"], "ends": one["end"]}
                for one in coop["shifts"]
            ],
            "crews": [{"code": code, "name": f"Crew {code}"} for code in CREWS.values()],
            "rota": {
                "anchor": _anchor(coop["rota"]["turn"], start, files.today),
                "every_days": coop["rota"]["every_days"],
                "step": coop["rota"]["step"],
            },
            "members": [person(files, one, start) for one in people(files) if joined(one) <= start],
            "bodies": [_body(files, one, start) for one in files.read("bodies")["bodies"]],
        }
    )


def _cooperative(coop: Mapping[str, Any], pay: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "slug": PLANT,
        "legal_name": coop["legal_name"],
        "short_name": coop["short_name"],
        "legal_form": "cooperative",
        "town": coop["town"],
        "region": coop["region"],
        "motto": coop["motto"],
        "registered_number": coop["register_number"],
        "founded": coop["founded"],
        "time_zone": coop["time_zone"],
        "currency_code": coop["currency"]["code"],
        "currency_decimals": coop["currency"]["decimals"],
        "language": coop["default_language"],
        "reference_pay": pay["base_monthly_advance"],
    }


def _anchor(turn: datetime.date, start: datetime.date, today: datetime.date) -> datetime.date:
    """Crews are called after what they work now; three turns earlier they worked the same."""
    anchor = turn + (today - turn) // FORTNIGHT * FORTNIGHT
    while anchor > start:
        anchor -= 3 * FORTNIGHT
    return anchor


# --- People -----------------------------------------------------------------------------------------------------


def people(files: Files) -> list[dict[str, Any]]:
    """Members and hired, by their numbers."""
    register = files.read("members")
    return [*register["members"], *register["hired_non_members"]]


def joined(one: Mapping[str, Any]) -> datetime.date:
    day: datetime.date = one["joined"] if "joined" in one else one["start"]
    return day


def person(files: Files, one: Mapping[str, Any], day: datetime.date) -> dict[str, Any]:
    """Somebody as the act or the register writes them on `day`; what changes later is no part of it."""
    facts = {
        "number": files.number(one["id"]),
        "name": one["name"],
        "joined": joined(one),
        "department": one["dept"],
        "crew": CREWS[one["shift"]],
        "job": one["job"],
        "kind": "member",
    }
    if "joined" not in one:
        kind = ON_TRIAL if one["reason"] == ON_TRIAL else "hired"
        return facts | {
            "kind": kind,
            "reason": one["reason"],
            "expected_until": one["end"],
            "replacement": one["reason"] == "replacement",
        }
    return facts | {
        "area": one["area"],
        "founder": one["founder"],
        "language": one["language"].lower().replace("_", "-"),
        "contact": one["contact"],
        "support": one["support"],
        "standings": [change for change in changes(one) if change["since"] <= day],
    }


def changes(one: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    """The standings of a member after the first."""
    yield from one.get("was", [])
    if one.get("status", "active") != "active":
        yield {"status": one["status"], "since": one["status_since"]}


# --- Bodies -----------------------------------------------------------------------------------------------------


def _body(files: Files, one: Mapping[str, Any], start: datetime.date) -> dict[str, Any]:
    facts: dict[str, Any] = {"code": one["id"], "name": one["name"], "kind": one["kind"], "offices": []}
    if "dept" in one:
        facts["department"] = one["dept"]
    if "composition" in one:
        facts["composition"] = one["composition"]
    rows = [row for row in one["seats"] if "seat_of" not in row]
    tops = one.get("on_top", {})
    base = one.get("seats_are")
    if base:
        full = [row for row in rows if not alternate(row)]
        spare = [row for row in rows if alternate(row)]
        facts["offices"].append(
            {
                "title": base,
                "term_months": one.get("term_months"),
                "powers": _powers(one.get("powers"), one["id"]),
                "seats": [_kept_for(row) for row in full],
                "alternates": [_kept_for(row) for row in spare],
                "holders": [
                    holder
                    for group in (full, spare)
                    for seat, row in enumerate(group, 1)
                    for holder in _holders(files, one, row, seat, start)
                ],
            }
        )
    titles = tops if base else [row["post"] for row in rows]
    facts["offices"] += [
        {
            "title": title,
            "term_months": one.get("term_months"),
            "powers": _powers(tops.get(title), one["id"]),
            "seats": [{} if base else _kept_for(next(row for row in rows if row["post"] == title))],
            "holders": [
                holder
                for row in rows
                if row["post"] == title
                for holder in _holders(files, one, row, 1, start)
            ],
        }
        for title in titles
    ]
    return facts


def alternate(row: Mapping[str, Any]) -> bool:
    return "alternate" in row["post"].split()


def _kept_for(row: Mapping[str, Any]) -> dict[str, Any]:
    kept = {"crew": CREWS[row["shift"]]} if "shift" in row else {}
    return kept | ({"department": row["dept"]} if "dept" in row else {})


def _powers(given: Mapping[str, Any] | None, own: str) -> dict[str, Any] | None:
    if not given:
        return None
    return {
        power: over if isinstance(over, str) else [own if code == "own" else code for code in over]
        for power, over in given.items()
    }


def _holders(
    files: Files, body: Mapping[str, Any], row: Mapping[str, Any], seat: int, start: datetime.date
) -> list[dict[str, Any]]:
    """Who holds the seat when the books go over; nobody, where a commission is named anew later in the year.

    As the book says: a mandate that was ended since still runs its term here.
    """
    person, since, until = row["person"], row["since"], row.get("term_until", row.get("until"))
    page = body["book"]["page"]
    if since > start:
        before = body.get("before")
        if before is None:
            return []
        person = before.get("instead", {}).get(person, person)
        since, until, page = before["since"], since, before["page"]
    return [
        {
            "member": files.number(person),
            "seat": seat,
            "alternate": alternate(row) and bool(body.get("seats_are")),
            "since": since,
            "until": until,
            "document": f"{body['book']['title']}, page {page}",
        }
    ]
