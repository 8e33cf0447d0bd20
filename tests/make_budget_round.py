"""Amendments of the budget for tests: what two councils ask for, clashing or not, and what the doors are tried on."""

from __future__ import annotations

from coop.budget.models import Amendment, AmendmentMove, PartOf, Year
from tests import make
from tests.make_budget import at


def for_the_doors(plant: make.Plant) -> dict[str, dict[str, object]]:
    """Beside what `make_budget` has made: a draft of Eve's, one of a body, and a common text for the first."""
    year = Year.objects.get(cooperative=plant.cooperative, amendments__number=1)
    asked = year.amendments.get(number=1)
    mine = Amendment.objects.create(year=year, title="Ζυμάρι", author=plant.eve, begun_at=at())
    common = Amendment.objects.create(
        year=year, title="Κοινό", kind="common", author=plant.fay, begun_at=at()
    )
    part = PartOf.objects.create(common=common, part=asked)
    of_body = Amendment.objects.create(
        year=year, title="Φόρτωση", author=plant.eve, on_behalf_of=plant.assembly, begun_at=at()
    )
    for number, one in enumerate((common, of_body), 2):
        for code, amount in (("Β1", 7), ("Β2", -7)):
            AmendmentMove.objects.create(amendment=one, line=year.lines.get(code=code), amount=amount)
        Amendment.objects.filter(pk=one.pk).update(
            state=Amendment.State.SUBMITTED, number=number, submitted_at=at(1)
        )
    of_year = ("publish", "step", "amendment-write", "balance", "common", "clashes", "table", "order")
    of_asked = ("", "-printed", "-amend", "-sign", "-withdraw", "-remark")
    return {
        **{f"budget-{name}": {"key": year.pk} for name in (*of_year, "order-printed", "amendments-printed")},
        **{f"budget-amendment{name}": {"key": asked.pk} for name in of_asked},
        **{f"budget-amendment-{name}": {"key": mine.pk} for name in ("rewrite", "hand-in")},
        "budget-amendment-back": {"key": of_body.pk},
        "budget-part-agree": {"key": part.pk},
    }
