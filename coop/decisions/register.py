"""The register of decisions: one list of what was decided here and what was copied from the book, newest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from coop.charter.models import Cooperative
from coop.members.models import Body
from coop.proposals.models import Proposal

from .models import CarriedDecision, Decision, Ending

IN_FORCE, REJECTED = "in_force", "rejected"
AMENDMENT, BOOK = "amendment", "book"
STATES: list[tuple[str, Any]] = [
    (IN_FORCE, _("in force")),
    (Ending.How.SUPERSEDES.value, _("another has taken its place")),
    (Ending.How.REPEALS.value, _("repealed")),
    (REJECTED, _("not carried")),
]
KINDS: list[tuple[str, Any]] = [
    *Proposal.Kind.choices,
    (AMENDMENT, _("vote on an amendment")),
    (BOOK, _("copied from the book")),
]
NAMES = ("moment", "kind", "pk")


@dataclass(frozen=True)
class Asked:
    """What of the register is wanted; empty means all."""

    body: Body | None = None
    year: int | None = None
    state: str = ""
    kind: str = ""


def chose_nothing(proposal: Proposal) -> bool:
    """A choice of technique that was carried, and none of whose options came first: nothing holds by it."""
    return proposal.kind == Proposal.Kind.TECHNIQUE and proposal.carried is False


@dataclass(frozen=True)
class Line:
    """One decision, and what ended it. `in_force`: it was carried and nothing has ended it; a step on the way to a
    text (a vote on an amendment) is neither in force nor ended."""

    decision: Any  # Decision or CarriedDecision
    is_old: bool
    ending: Ending | None = field(default=None)

    @property
    def in_force(self) -> bool:
        return self.put_in_force and self.ending is None

    @property
    def put_in_force(self) -> bool:
        if self.decision.outcome != Decision.Outcome.CARRIED:
            return False
        return self.is_old or (
            self.decision.amendment_id is None and not chose_nothing(self.decision.proposal)
        )


def register(cooperative: Cooperative, asked: Asked = Asked()) -> QuerySet[Any]:
    """Moment, kind ("made", "old") and key of everything that has a number, the newest first."""
    here = _wanted(Decision.objects.filter(cooperative=cooperative, number__isnull=False), "made", asked)
    book = _wanted(
        CarriedDecision.objects.filter(CarriedDecision.counted(), cooperative=cooperative), "old", asked
    )
    if asked.kind == BOOK:
        here = here.none()
    elif asked.kind == AMENDMENT:
        here, book = here.filter(amendment__isnull=False), book.none()
    elif asked.kind:
        here, book = here.filter(amendment=None, proposal__kind=asked.kind), book.none()
    made = here.annotate(moment=F("decided_at"), kind=Value("made", output_field=CharField()))
    old = book.annotate(
        moment=Cast("decided_on", DateTimeField()), kind=Value("old", output_field=CharField())
    )
    both = made.order_by().values_list(*NAMES).union(old.order_by().values_list(*NAMES), all=True)
    return both.order_by("-moment", "-pk")


def _wanted(found: QuerySet[Any], column: str, asked: Asked) -> QuerySet[Any]:
    if asked.body is not None:
        found = found.filter(body=asked.body)
    if asked.year is not None:
        found = found.filter(year=asked.year)
    ended = Ending.objects.filter(**{column: OuterRef("pk")}, ended_at__isnull=False)
    carried = Q(outcome=Decision.Outcome.CARRIED)
    if column == "made":
        carried &= Q(amendment=None) & ~Q(proposal__kind=Proposal.Kind.TECHNIQUE, proposal__carried=False)
    if asked.state == IN_FORCE:
        return found.filter(carried & ~Exists(ended))
    if asked.state == REJECTED:
        return found.filter(outcome__in=[Decision.Outcome.NOT_CARRIED, Decision.Outcome.TIE])
    return found.filter(Exists(ended.filter(how=asked.state))) if asked.state else found


def lines(rows: Iterable[Any]) -> list[Line]:
    """The decisions behind the rows of a register, with what ended them: three questions, however many."""
    wanted = list(rows)
    keys = {name: [key for _moment, kind, key in wanted if kind == name] for name in ("made", "old")}
    found: dict[str, dict[int, Any]] = {
        "made": Decision.objects.select_related("body", "proposal")
        .defer("text", "adopted_text", "proposal__reasons")
        .in_bulk(keys["made"]),
        "old": CarriedDecision.objects.select_related("body").defer("text").in_bulk(keys["old"]),
    }
    endings = Ending.objects.select_related("through__body").filter(
        Q(made__in=keys["made"]) | Q(old__in=keys["old"]), ended_at__isnull=False
    )
    by = {("made", one.made_id) if one.made_id else ("old", one.old_id): one for one in endings}
    return [Line(found[kind][key], kind == "old", by.get((kind, key))) for _moment, kind, key in wanted]


def by_label(
    cooperative: Cooperative, code: str, year: int, number: int
) -> Decision | CarriedDecision | None:
    """The decision that is quoted so: made here, or copied from the book."""
    quoted = {"cooperative": cooperative, "body__code__iexact": code, "year": year, "number": number}
    made = Decision.objects.select_related("body", "cooperative").filter(**quoted).first()
    old = CarriedDecision.objects.select_related("body", "cooperative").filter(
        CarriedDecision.counted(), **quoted
    )
    return made or old.first()
