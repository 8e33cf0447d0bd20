"""A budget round of the small plant, or that of the invented plant, through the real actions. Kim keeps the budget."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from coop.budget import actions as budget
from coop.budget.models import Amendment, AmendmentMove, Line, Year
from coop.budget.reading import Written
from coop.decisions.actions import carry_over, confirm_carried
from coop.decisions.models import Decision
from coop.journal.models import Actor
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem, Meeting
from coop.members.models import Department, Power
from coop.proposals import actions as proposals
from coop.proposals.models import BudgetMotion
from tests import make

CHAIR = Actor("chair", "Whoever leads")
ROUND = 120  # days since the draft was begun
LINES = [
    ("I-BRD", "OVN", "income", "Bread sold", 100_000),
    ("I-CAK", "PAC", "income", "Cakes sold", 20_000),
    ("E-FLR", "OVN", "expense", "Flour", 60_000),
    ("E-GAS", "OVN", "expense", "Gas", 30_000),
    ("E-BAG", "PAC", "expense", "Bags", 20_000),
    ("E-RES", "PAC", "expense", "What nobody foresaw", 10_000),
]


def plant(slug: str = "bakery", **bylaws: Any) -> make.Plant:
    """The small plant with a floor of 4,000, and amendments that need two signatures; Kim is its treasurer."""
    made = make.plant(slug, bylaws={"contingency_floor": 4_000, "amendment_supporters": 2, **bylaws})
    make.office(made, made.assembly, "treasurer", made.kim, [(Power.KEEP_BUDGET, None)])
    return made


def at(days_after: float = 0) -> datetime.datetime:
    """So many days after the draft was begun."""
    return make.now() - make.days(ROUND - days_after)


def written(rows: Sequence[tuple[str, str, str, str, int]] = LINES, **more: Any) -> list[Written]:
    return [
        Written(code, department, side, title, Decimal(amount), is_contingency=code == "E-RES", **more)
        for code, department, side, title, amount in rows
    ]


def draft(plant: make.Plant, lines: Sequence[Written] | None = None, *, ahead: int = 1) -> Year:
    year = budget.begin(cooperative=plant.cooperative, year=at().year + ahead, by=plant.kim, at=at())
    budget.set_lines(year=year, lines=lines or written(), by=plant.kim, at=at())
    return year


def days_of(begun: datetime.datetime, cooperative: Any) -> dict[str, datetime.date]:
    """The days of a round: amendments for five weeks, ten days of conciliation, the vote."""
    day = cooperative.day_of(begun)
    return {
        "amendments_until": day + datetime.timedelta(35),
        "conciliation_until": day + datetime.timedelta(45),
        "vote_on": day + datetime.timedelta(60),
    }


def opened(plant: make.Plant, lines: Sequence[Written] | None = None, *, ahead: int = 1) -> Year:
    year = draft(plant, lines, ahead=ahead)
    budget.publish(year=year, by=plant.kim, at=at(), **days_of(at(), plant.cooperative))
    return fresh(year)


def amendment(year: Year, moves: Mapping[str, int], **more: Any) -> Amendment:
    """A draft, ten days after the budget came out."""
    by = more.pop("by")
    return budget.begin_amendment(
        year=year,
        title=more.pop("title", "More of it"),
        moves={code: Decimal(amount) for code, amount in moves.items()},
        by=by,
        at=more.pop("at", at(10)),
        **more,
    )


def handed_in(year: Year, moves: Mapping[str, int], **more: Any) -> Amendment:
    asked = amendment(year, moves, **more)
    return budget.hand_in(amendment=asked, by=more["by"], at=at(11))


def admitted(plant: make.Plant, year: Year, moves: Mapping[str, int], **more: Any) -> Amendment:
    """Handed in by Eve unless somebody else is named, and signed by Fay."""
    more.setdefault("by", plant.eve)
    asked = handed_in(year, moves, **more)
    budget.sign(amendment=asked, by=plant.fay, at=at(12))
    asked.refresh_from_db()
    return asked


def put(plant: make.Plant, year: Year) -> Year:
    budget.close_amendments(year=year, by=plant.kim, at=at(37))
    budget.put(year=year, by=plant.kim, at=at(47))
    return fresh(year)


def laid(plant: make.Plant, year: Year) -> Year:
    """Put before the assembly: every amendment, and the whole, is a proposal."""
    budget.close_amendments(year=year, by=plant.kim, at=at(37))
    proposals.lay_before(year=fresh(year), by=plant.kim, at=at(47))
    return fresh(year)


def on_agenda(plant: make.Plant, year: Year, **more: Any) -> Meeting:
    """A draft of the assembly: the choice of signers, a report, and the budget as item 3 with its amendments."""
    meeting = make.draft_meeting(plant, **more)
    meetings.put_budget_on(meeting=meeting, year=fresh(year), by=plant.ana, at=make.now() - make.days(18))
    return meeting


def in_session(plant: make.Plant, year: Year, *, present: Sequence[str] = make.NAMES[:8]) -> Meeting:
    """Convened eighteen days ago, opened by Bo twenty minutes ago with Ana to Hal."""
    meeting = on_agenda(plant, year)
    meetings.convene(meeting=meeting, by=plant.ana, at=make.now() - make.days(18))
    opened = make.now() - datetime.timedelta(minutes=20)
    meeting.refresh_from_db()
    for name in present:
        meetings.check_in(meeting=meeting, member=plant.people[name.lower()], by=plant.ana, at=opened)
    meetings.open_sitting(sitting=meeting.sittings.get(), by=plant.bo, at=opened)
    meeting.refresh_from_db()
    return meeting


def item_for(meeting: Meeting, amendment: Amendment | None) -> AgendaItem:
    """The line of an amendment, or (None) of the whole."""
    motions = BudgetMotion.objects.filter(amendment=amendment)
    return meeting.items.get(proposal__in=motions.values("proposal"))


def decided(plant: make.Plant, item: AgendaItem, carried: bool = True) -> Decision:
    """Voted on telephones by Eve, Fay and Gus, who agree; closed and counted."""
    decision = meetings.open_vote(item=item, by=plant.bo, at=make.now())
    for who in (plant.eve, plant.fay, plant.gus):
        make.cast(decision.ballot, who, "for" if carried else "against")
    return meetings.close_vote(item=item, by=plant.bo, at=make.now())


def voted(asked: Amendment, carried: bool = True) -> None:
    budget.record_outcome(amendment=asked, carried=carried, decision="D GA 2026-9", by=CHAIR, at=at(60))


def adopted(plant: make.Plant, lines: Sequence[Written] | None = None) -> Year:
    year = put(plant, opened(plant, lines))
    return budget.adopt(year=year, decision="D GA 2026-10", by=CHAIR, at=at(60))


def running(plant: make.Plant, year: Year) -> Year:
    """As if its year had begun."""
    budget.start(year=year, by=plant.kim, at=in_year(year, 1))
    return fresh(year)


def on_record(plant: make.Plant, number: int = 400) -> str:
    """What the assembly carried fifty-five days ago, copied from the book and signed; and how it is quoted."""
    entry = carry_over(
        body=plant.assembly,
        number=number,
        title="The oven first",
        text="As it was read out.",
        outcome="carried",
        decided_on=plant.cooperative.day_of(at(65)),
        source="Book of minutes 3",
        by=plant.ana,
        at=make.now(),
    )
    confirm_carried(entry=entry, by=plant.bo, at=make.now())
    return f"D GA {entry.decided_on.year}-{number}"


def in_year(year: Year, month: int) -> datetime.datetime:
    return datetime.datetime(year.year, month, 15, 12, tzinfo=datetime.UTC)


def fresh(year: Year) -> Year:
    return Year.objects.select_related("cooperative__chain").get(pk=year.pk)


def again(asked: Amendment) -> Amendment:
    return Amendment.objects.select_related("year").get(pk=asked.pk)


# --- The round of the invented plant --------------------------------------------------------------------------------


def of_the_demo(plant: make.Plant, data: Mapping[str, Any]) -> tuple[Year, dict[str, Amendment]]:
    """All its lines and amendments: put before the assembly, with what was withdrawn and what never balanced."""
    there = set(Department.objects.values_list("code", flat=True))
    Department.objects.bulk_create(
        Department(cooperative=plant.cooperative, code=code, name=code)
        for code in sorted({one["dept"] for one in data["lines"]} - there)
    )
    lines = [
        Written(
            one["code"],
            one["dept"],
            one["kind"],
            one["title"],
            Decimal(one["proposed_2027"]),
            basis=one["basis"],
            current=Decimal(one["approved_2026"]),
            is_contingency=one["code"] == data["round"]["contingency_line"],
        )
        for one in data["lines"]
    ]
    year = opened(plant, lines)
    movers = [plant.eve, plant.fay, plant.gus, plant.hal]
    made: dict[str, Amendment] = {}
    for place, one in enumerate(data["amendments"]):
        by = movers[place % 4]
        facts: dict[str, Any] = {
            "title": one["title"],
            "moves": {code: Decimal(amount) for code, amount in one["moves"].items()},
            "reasons": one["reason"],
            "by": by,
            "at": at(10),
        }
        if "replaces" in one:
            asked = budget.common_text(parts=[made[label] for label in one["replaces"]], **facts)
        else:
            asked = budget.begin_amendment(year=year, amends=made.get(one.get("amends", "")), **facts)
        made[one["id"]] = asked
        if one["status"] != "returned_not_balanced":
            made[one["id"]] = budget.hand_in(amendment=asked, by=by, at=at(11))
        if one["status"] == "withdrawn":
            budget.withdraw(amendment=asked, because=one["remark"], by=by, at=at(12))
        for part in asked.parts.select_related("part__author"):
            budget.agree(part=part, by=part.part.author, at=at(12))
    return put(plant, year), {label: Amendment.objects.get(pk=one.pk) for label, one in made.items()}


def for_the_doors(plant: make.Plant) -> dict[str, dict[str, object]]:
    """A budget that is open, with an amendment. Nobody of the small plant keeps it: so it stands there by itself."""
    made = Year.objects.create(
        cooperative=plant.cooperative, year=at().year + 1, begun_by=plant.gus, begun_at=at()
    )
    department = Department.objects.get(cooperative=plant.cooperative, code="OVN")
    for code, side, title in (
        ("Α1", "income", "Άρτος"),
        ("Β1", "expense", "Αλεύρι"),
        ("Β2", "expense", "Αέριο"),
    ):
        Line.objects.create(
            year=made, department=department, code=code, side=side, title=title, basis="Ως έχει", proposed=50
        )
    days = days_of(at(), plant.cooperative)
    Year.objects.filter(pk=made.pk).update(state=Year.State.OPEN, published_at=at(), **days)
    asked = Amendment.objects.create(year=made, title="Αλεύρι", author=plant.eve, begun_at=at())
    for code, amount in (("Β1", 5), ("Β2", -5)):
        AmendmentMove.objects.create(amendment=asked, line=made.lines.get(code=code), amount=amount)
    Amendment.objects.filter(pk=asked.pk).update(
        state=Amendment.State.SUBMITTED, number=1, submitted_at=at(1)
    )
    of_year = {"key": made.pk}
    whole = (
        "budget", "budget-draw-up", "budget-lines-enter", "budget-lines-list", "budget-ceilings", "budget-xlsx",
        "budget-csv", "budget-printed", "budget-watched", "budget-months", "budget-month-enter", "budget-month-list",
        "budget-movements", "budget-move", "budget-movements-printed", "budget-plainly",
    )  # fmt: skip
    line = {**of_year, "code": "Β1"}
    return {**dict.fromkeys(whole, of_year), "budget-line": line, "budget-line-change": line}
