"""The bodies of a founding act, their offices with powers and seats, and who holds them."""

from __future__ import annotations

from ..actions.plant import Layout
from ..models import Body, Power
from .act import ASSEMBLY, BodyPlan, Holder, OfficePlan
from .reader import Mapping, Reader

EVERYWHERE = "everywhere"


def bodies_in(read: Reader, top: Mapping, layout: Layout, numbers: set[int]) -> tuple[BodyPlan, ...]:
    """The bodies of the act; the general assembly is always among them, named or not."""
    given = [
        one.keys(asked="code name kind", also="composition department crew offices")
        for one in top.groups("bodies")
    ]
    codes = [one.text("code", most=16) for one in given]
    read.once("bodies", "code", codes)
    kinds = [one.one_of("kind", Body.Kind.values, None) for one in given]
    if kinds.count(Body.Kind.ASSEMBLY) > 1:
        read.fault("bodies", "there is one general assembly, not more")
    named = Body.Kind.ASSEMBLY in kinds
    if not named and ASSEMBLY.code in codes:
        read.fault("bodies", f"{ASSEMBLY.code} is the code of the general assembly")
    codes = codes if named else [ASSEMBLY.code, *codes]
    plans = tuple(_body(read, one, layout, numbers, set(codes)) for one in given)
    return plans if named else (ASSEMBLY, *plans)


def _body(read: Reader, at: Mapping, layout: Layout, numbers: set[int], codes: set[str]) -> BodyPlan:
    kind = at.one_of("kind", Body.Kind.values, "")
    assembly = kind == Body.Kind.ASSEMBLY
    usual = Body.Composition.ALL_MEMBERS if assembly else Body.Composition.MANDATE
    composition = at.one_of("composition", Body.Composition.values, usual)
    if assembly and composition != Body.Composition.ALL_MEMBERS:
        read.fault(at.path("composition"), "of the general assembly is all_members")
    for name in ("department", "crew"):
        if composition == name and not at.has(name):
            read.fault(at.path(name), "is missing")
    offices = tuple(_office(read, one, layout, numbers, codes) for one in at.groups("offices"))
    read.once(at.path("offices"), "title", [office.title for office in offices])
    return BodyPlan(
        code=at.text("code", most=16),
        name=at.text("name", most=120),
        kind=kind,
        composition=composition,
        department=at.one_of("department", {code for code, *_ in layout.departments}, None),
        crew=at.one_of("crew", {code for code, _name in layout.crews}, None),
        offices=offices,
    )


def _office(read: Reader, at: Mapping, layout: Layout, numbers: set[int], codes: set[str]) -> OfficePlan:
    at.keys(asked="title", also="powers seats alternates term_months recallable holders")
    seats = [*_seats(read, at, "seats", 1, layout), *_seats(read, at, "alternates", 0, layout)]
    counts = {alternate: sum(seat[0] == alternate for seat in seats) for alternate in (False, True)}
    return OfficePlan(
        title=at.text("title", most=120),
        term_months=at.number("term_months", low=1, high=120) if at.has("term_months") else None,
        recallable=at.flag("recallable", True),
        powers=_powers(read, at, codes),
        seats=tuple(seats),
        holders=_holders(read, at, counts, numbers),
    )


def _powers(read: Reader, at: Mapping, codes: set[str]) -> tuple[tuple[str, str | None], ...]:
    if not at.has("powers"):
        return ()
    powers: list[tuple[str, str | None]] = []
    given = at.sub("powers")
    for power, over in given.raw.items():
        where = given.path(str(power))
        if power not in Power.values:
            read.fault(where, f"is not a power; they are: {', '.join(Power.values)}")
        elif over == EVERYWHERE:
            powers.append((power, None))
        elif not isinstance(over, list) or not over or not set(map(str, over)) <= codes:
            read.fault(where, f"is held {EVERYWHERE}, or over a list of bodies of this act")
        else:
            powers += [(power, code) for code in dict.fromkeys(over)]
    return tuple(powers)


def _seats(
    read: Reader, at: Mapping, key: str, usual: int, layout: Layout
) -> list[tuple[bool, str | None, str | None]]:
    """A number of seats, or a list of them with the crew or department each is kept for."""
    alternate = key == "alternates"
    if not at.has(key) or isinstance(at.raw[key], int):
        return [(alternate, None, None)] * at.number(key, usual, low=0, high=200)
    crews, departments = {code for code, _ in layout.crews}, {code for code, *_ in layout.departments}
    groups = [one.keys(also="crew department") for one in at.groups(key)]
    return [
        (alternate, one.one_of("crew", crews, None), one.one_of("department", departments, None))
        for one in groups
    ]


def _holders(read: Reader, at: Mapping, seats: dict[bool, int], numbers: set[int]) -> tuple[Holder, ...]:
    holders: list[Holder] = []
    for one in at.groups("holders", short="member"):
        one.keys(asked="member", also="seat alternate since until document")
        member, alternate = one.number("member", low=1, high=999_999), one.flag("alternate", False)
        if member and member not in numbers:
            read.fault(one.path("member"), f"{member} is not among the members")
        next_free = sum(holder.alternate == alternate for holder in holders) + 1
        holder = Holder(
            member=member,
            seat=one.number("seat", next_free, low=1, high=200),
            alternate=alternate,
            since=one.when("since"),
            until=one.when("until"),
            document=one.text("document", most=200) if one.has("document") else "",
        )
        if holder.seat > seats[alternate]:
            read.fault(one.where, f"there is no {'alternate ' if alternate else ''}seat {holder.seat}")
        holders.append(holder)
    return tuple(holders)
