"""A founding act as it is written in a file, read strictly: whatever is odd becomes a line that says where and what.

docs/founding-act.example.yaml shows every field. Nothing is guessed: a misspelt word, a number given twice or a
department that is not there stops the founding before anything is written.
"""

from __future__ import annotations

import datetime
import re
import zoneinfo
from typing import Any

from coop.charter.models import LegalForm
from coop.charter.rules import CURRENCY_CODE, obstacles_to_bylaws
from coop.charter.slugs import SLUG_PATTERN

from ..actions.plant import Layout
from ..models import Member, Standing
from .act import Act, Change, FaultyAct, Person
from .bodies import bodies_in
from .reader import Mapping, Reader


def read_act(raw: object) -> Act:
    """The act in `raw` (what the YAML said), or FaultyAct with everything that is wrong with it."""
    read = Reader()
    top = read.mapping(
        raw,
        "",
        asked="document cooperative members bodies",
        also="bylaws bylaws_since departments shifts crews rota",
    )
    cooperative = _cooperative(read, top.sub("cooperative"))
    layout = _layout(read, top)
    bylaws = _bylaws(read, top)
    people = tuple(_person(read, one, layout, cooperative.get("founded")) for one in top.groups("members"))
    read.once("members", "number", [person.number for person in people])
    bodies = bodies_in(read, top, layout, {person.number for person in people})
    act = Act(
        document=top.text("document", most=200),
        cooperative=cooperative,
        bylaws=bylaws,
        bylaws_since=top.day("bylaws_since") if top.has("bylaws_since") else None,
        layout=layout,
        people=people,
        bodies=bodies,
    )
    if read.lines:
        raise FaultyAct(read.lines)
    return act


def _cooperative(read: Reader, at: Mapping) -> dict[str, Any]:
    at.keys(
        asked="slug legal_name short_name legal_form time_zone currency_code",
        also="town region motto registered_number founded currency_decimals language reference_pay",
    )
    given: dict[str, Any] = {
        key: at.text(key, most=200)
        for key in ("slug", "legal_name", "short_name", "legal_form", "time_zone", "currency_code")
    }
    for key in ("town", "region", "motto", "registered_number", "language"):
        if at.has(key):
            given[key] = at.text(key, most=200)
    if at.has("founded"):
        given["founded"] = at.day("founded")
    if at.has("currency_decimals"):
        given["currency_decimals"] = at.number("currency_decimals", low=0, high=4)
    if at.has("reference_pay"):
        given["reference_pay"] = at.money("reference_pay")
    if given["time_zone"] and given["time_zone"] not in zoneinfo.available_timezones():
        read.fault(at.path("time_zone"), "is not the name of a time zone")
    if given["slug"] and not re.fullmatch(SLUG_PATTERN, given["slug"]):
        at.fault("slug", "small letters, digits and hyphens, a letter first")
    if given["legal_form"] and given["legal_form"] not in LegalForm.values:
        at.fault("legal_form", f"must be one of: {', '.join(LegalForm.values)}")
    if given["currency_code"] and not re.fullmatch(CURRENCY_CODE, given["currency_code"]):
        at.fault("currency_code", "one to eight capital letters or digits, a letter first, like EUR")
    return given


def _bylaws(read: Reader, top: Mapping) -> dict[str, Any]:
    if not top.has("bylaws"):
        return {}
    values: dict[str, Any] = dict(top.sub("bylaws").raw)
    for reason in obstacles_to_bylaws(values):
        told = {key: value for key, value in reason.params.items() if key != "article"}
        words = reason.code.replace("-", " ") + "".join(f", {key} {value}" for key, value in told.items())
        read.fault(f"bylaws.{reason.params['article']}", words)
    return values


def _layout(read: Reader, top: Mapping) -> Layout:
    departments = []
    for one in top.groups("departments"):
        one.keys(asked="code name", also="funds_only")
        departments.append(
            (one.text("code", most=12), one.text("name", most=120), one.flag("funds_only", False))
        )
    shifts = []
    for one in top.groups("shifts"):
        one.keys(asked="code name starts ends")
        shifts.append(
            (one.text("code", most=12), one.text("name", most=60), one.hour("starts"), one.hour("ends"))
        )
    crews = []
    for one in top.groups("crews"):
        one.keys(asked="code name")
        crews.append((one.text("code", most=12), one.text("name", most=60)))
    read.once("departments", "code", [code for code, *_ in departments])
    read.once("shifts", "code", [code for code, *_ in shifts])
    read.once("crews", "code", [code for code, *_ in crews])
    if not top.has("rota"):
        return Layout(departments=departments, shifts=shifts, crews=crews)
    rota = top.sub("rota").keys(asked="anchor", also="every_days step")
    if not (shifts and crews):
        read.fault("rota", "needs shifts and crews")
    return Layout(
        departments=departments,
        shifts=shifts,
        crews=crews,
        rota_anchor=rota.day("anchor"),
        rota_every_days=rota.number("every_days", 14, low=1, high=366),
        rota_step=rota.number("step", -1, low=-10, high=10),
    )


def _person(read: Reader, at: Mapping, layout: Layout, founded: datetime.date | None) -> Person:
    at.keys(
        asked="number name",
        also="joined department crew kind status reason standings language contact support founder job area"
        " born phone expected_until replacement",
    )
    departments = {code for code, _name, funds_only in layout.departments if not funds_only}
    if not (at.has("joined") or founded):
        read.fault(at.path("joined"), "is missing")
    kind = at.one_of("kind", Standing.Kind.values, Standing.Kind.MEMBER)
    facts: dict[str, Any] = {
        "name": at.text("name", most=120),
        "kind": kind,
        "status": at.one_of("status", Standing.Status.values, Standing.Status.ACTIVE),
        "contact": at.one_of("contact", Member.Contact.values, Member.Contact.NONE),
        "support": at.some_of("support", Member.Support.values),
        "founder": at.flag("founder", False),
    }
    facts |= {key: at.text(key, most=120) for key in ("job", "area", "reason") if at.has(key)}
    facts |= {key: at.day(key) for key in ("born", "expected_until") if at.has(key)}
    if at.has("phone"):
        facts["phone"] = at.text("phone", most=40)
    if at.has("replacement"):
        facts["replacement"] = at.flag("replacement", False)
    if at.has("language"):
        facts["language"] = at.text("language", most=12)
    joined = at.day("joined", founded)
    return Person(
        number=at.number("number", low=1, high=999_999),
        joined=joined,
        department=at.one_of("department", departments, None),
        crew=at.one_of("crew", {code for code, _name in layout.crews}, None),
        facts=facts,
        standings=_changes(read, at, joined, kind),
    )


def _changes(read: Reader, at: Mapping, joined: datetime.date, kind: str) -> tuple[Change, ...]:
    changes = []
    last = joined
    for one in at.groups("standings"):
        one.keys(asked="since", also="kind status reason")
        since = one.day("since")
        if since <= last:
            read.fault(one.path("since"), "is not later than what stands before it")
        last = since
        changes.append(
            Change(
                since=since,
                kind=one.one_of("kind", Standing.Kind.values, kind),
                status=one.one_of("status", Standing.Status.values, Standing.Status.ACTIVE),
                reason=one.text("reason", most=300) if one.has("reason") else "",
            )
        )
    return tuple(changes)
