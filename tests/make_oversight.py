"""What the auditor writes, for tests: findings to the administrative council of the bakery, where Dee audits."""

from __future__ import annotations

import datetime
from decimal import Decimal

from coop.meetings.models import Meeting
from coop.members import actions as members
from coop.members.models import Body, Member, Standing
from coop.oversight import actions as oversight
from coop.oversight.count_lines import Cash
from coop.oversight.models import Appeal, AuditReport, CountSheet, Finding
from tests import make
from tests.kept_steps import kept


def council(plant: make.Plant) -> Body:
    return Body.objects.get(cooperative=plant.cooperative, code="ADM")


@kept
def finding(plant: make.Plant, *, at: datetime.datetime | None = None, title: str = "Cash book") -> Finding:
    """Dee writes to the administrative council: fifteen days to answer."""
    return oversight.write_finding(
        body=council(plant),
        title=title,
        text="Four weeks without an entry.",
        article="minutes_ready_days",
        by=plant.dee,
        at=at or make.now(),
    )


def suspended(plant: make.Plant, who: Member, *, document: str = "Βιβλίο 3") -> Standing:
    """Cy writes down that somebody is suspended for ten days from today."""
    day = plant.cooperative.day_of(make.now())
    return members.suspend(
        member=who,
        since=day,
        expected_until=day + datetime.timedelta(days=10),
        reason="ο φούρνος",
        document=document,
        by=plant.cy,
        at=make.now(),
    )


def appeal(plant: make.Plant, who: Member) -> Appeal:
    standing = suspended(plant, who)
    return oversight.make_appeal(standing=standing, text="Γιατί.", by=who, at=make.now())


def count(plant: make.Plant, witness: Member, *, title: str = "Cash box") -> CountSheet:
    """A hundred and twenty in notes; the book says ten more."""
    return oversight.file_cash_count(
        title=title,
        counted_on=plant.cooperative.day_of(make.now()),
        lines=[Cash(Decimal(20), 5), Cash(Decimal(10), 2)],
        book=Decimal(130),
        witness=witness,
        by=plant.dee,
        at=make.now(),
    )


def report(plant: make.Plant, meeting: Meeting | None = None, *, title: str = "Accounts") -> AuditReport:
    """For an assembly that is convened: the one that is given, or a new one."""
    return oversight.write_report(
        meeting=meeting or make.convened_meeting(plant, starts_at=make.now() + make.days(9)),
        title=title,
        text="Εντάξει.",
        by=plant.dee,
        at=make.now(),
    )


def for_the_doors(plant: make.Plant) -> dict[str, dict[str, object]]:
    """A finding to the council, an appeal of somebody hired, and a count at which Eve was there, a report."""
    written = oversight.write_finding(
        body=council(plant), title="Ταμείο", text="Κενό.", rule="άρθρο 63", by=plant.dee, at=make.now()
    )
    appealed = appeal(plant, make.member(plant.cooperative, 91, "Ζωή", kind="hired"))
    told: dict[str, object] = {"key": report(plant, title="Λογαριασμοί").pk}
    counted: dict[str, object] = {"key": count(plant, plant.eve, title="Κουτί").pk}
    return {
        **{
            name: {"key": written.pk}
            for name in ("finding", *(f"finding-{what}" for what in ("answer", "remark", "close", "printed")))
        },
        **dict.fromkeys(("audit-report", "audit-report-printed"), told),
        **dict.fromkeys(("count", "count-sign", "count-printed"), counted),
        **{name: {"key": appealed.pk} for name in ("appeal", "appeal-decide", "appeal-printed")},
    }
