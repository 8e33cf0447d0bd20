"""Amendments of the budget: signed moves on its lines, written as a draft and balanced when they are handed in."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coop.members.models import Body, Member

from .years import DIGITS, Line, Year


class Amendment(models.Model):
    """Its moves stand as they were handed in. An amendment of one (`amends`) brings the moves that take its place."""

    class Kind(models.TextChoices):
        OWN = "own", _("amendment")
        COMMON = "common", _("common text")  # takes the place of those that are its parts

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("looking for support")
        ADMITTED = "admitted", _("to be voted")
        CARRIED = "carried", _("carried")
        NOT_CARRIED = "not_carried", _("not carried")
        FALLEN = "fallen", _("fallen")
        WITHDRAWN = "withdrawn", _("withdrawn")
        NOT_PUT = "not_put", _("not put to the vote")

    class Because(models.TextChoices):
        """Why it fell; the reasons of `coop.budget.falls`."""

        REPLACED = "replaced", _("a common text that stands for it was carried")
        PART_CARRIED = "part-carried", _("it stands for one that was carried by itself")
        ITS_AMENDMENT = "its-amendment", _("what it would change is not voted any more")
        RESTATED = "restated", _("another amendment to the same one was carried")
        CONTRARY = "contrary", _("one that was carried pulls a line the other way")
        SOURCE = "source", _("what was carried has left too little money")

    ALIVE = (State.DRAFT, State.SUBMITTED, State.ADMITTED)

    year = models.ForeignKey(Year, models.PROTECT, related_name="amendments")
    number = models.PositiveSmallIntegerField(null=True, blank=True)  # given when it is handed in
    kind = models.CharField(max_length=6, choices=Kind.choices, default=Kind.OWN)
    amends = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=160)
    reasons = models.TextField(blank=True)
    proof = models.CharField(
        max_length=300, blank=True
    )  # what shows income that it raises: an order, a contract
    author = models.ForeignKey(Member, models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    backed_by = models.CharField(max_length=200, blank=True, default="")  # the decision of the body behind it
    kept_from = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=0)  # of the draft: an older page is refused
    remark = models.CharField(max_length=500, blank=True, default="")  # of whoever keeps the budget
    support_needed = models.PositiveSmallIntegerField(default=0)  # as the bylaws stood; a body's needs none
    begun_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    admitted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(
        max_length=200, blank=True, default=""
    )  # the decision that carried it or not
    fell_because = models.CharField(max_length=16, choices=Because.choices, blank=True, default="")
    through = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    wanted_at = models.DateTimeField(null=True, blank=True)  # voted although a contrary one was carried
    said = models.CharField(max_length=500, blank=True, default="")  # why it was withdrawn

    class Meta:
        ordering = ["year", "number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="budget_amendment_number_once"),
            models.CheckConstraint(
                condition=~Q(title="") & (Q(number=None) | Q(number__gt=0)),
                name="budget_amendment_has_its_head",
            ),
            models.CheckConstraint(
                condition=Q(kind="own") | Q(kind="common", amends=None), name="budget_common_text_amends_none"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", number=None, submitted_at=None)
                | Q(state__in=["withdrawn", "not_put"])
                | Q(number__isnull=False, submitted_at__isnull=False),
                name="budget_amendment_handed_in_has_a_number",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "submitted", "admitted"], ended_at=None)
                | (~Q(state__in=["draft", "submitted", "admitted"]) & Q(ended_at__isnull=False)),
                name="budget_amendment_ended_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["carried", "not_carried"], decided_by__gt="")
                | (~Q(state__in=["carried", "not_carried"]) & Q(decided_by="")),
                name="budget_amendment_voted_names_its_decision",
            ),
            models.CheckConstraint(
                condition=Q(state="fallen", fell_because__gt="") | (~Q(state="fallen") & Q(fell_because="")),
                name="budget_amendment_fell_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(on_behalf_of=None, backed_by="")
                | Q(on_behalf_of__isnull=False, state__in=["draft", "submitted", "withdrawn", "not_put"])
                | Q(on_behalf_of__isnull=False, backed_by__gt=""),
                name="budget_amendment_of_a_body_is_decided_there",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """How people quote it: B 2027 A5."""
        return f"{self.year.label} {self.short}"

    @property
    def short(self) -> str:
        return f"A{self.number}" if self.number else "-"

    @property
    def is_alive(self) -> bool:
        return self.state in self.ALIVE


class AmendmentMove(models.Model):
    """So much more (or less) on a line."""

    amendment = models.ForeignKey(Amendment, models.PROTECT, related_name="moves")
    line = models.ForeignKey(Line, models.PROTECT, related_name="+")
    amount = models.DecimalField(**DIGITS)

    class Meta:
        ordering = ["line__side", "line__code"]
        constraints = [
            models.UniqueConstraint(fields=["amendment", "line"], name="budget_move_once"),
            models.CheckConstraint(condition=~Q(amount=0), name="budget_move_moves"),
        ]

    def __str__(self) -> str:
        return f"{self.amendment_id}: {self.line_id} {self.amount}"


class AmendmentSupport(models.Model):
    """A member's signature under an amendment."""

    amendment = models.ForeignKey(Amendment, models.PROTECT, related_name="supports")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["given_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["amendment", "member"], name="budget_support_once")]

    def __str__(self) -> str:
        return f"{self.amendment_id}: {self.member_id}"


class PartOf(models.Model):
    """An amendment that a common text stands for; its mover agrees, or the common text is not put."""

    common = models.ForeignKey(Amendment, models.PROTECT, related_name="parts")
    part = models.ForeignKey(Amendment, models.PROTECT, related_name="+")
    agreed_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["part__number"]
        constraints = [
            models.UniqueConstraint(fields=["common", "part"], name="budget_part_once"),
            models.CheckConstraint(condition=~Q(common=models.F("part")), name="budget_no_part_of_itself"),
            models.CheckConstraint(
                condition=Q(agreed_by=None, agreed_at=None)
                | Q(agreed_by__isnull=False, agreed_at__isnull=False),
                name="budget_part_agreed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.common_id}: {self.part_id}"


class OrderMove(models.Model):
    """Whoever leads the vote puts an amendment before another, or at the end, and says why."""

    amendment = models.ForeignKey(Amendment, models.PROTECT, related_name="+")
    before = models.ForeignKey(Amendment, models.PROTECT, null=True, blank=True, related_name="+")
    because = models.CharField(max_length=300)
    moved_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(because=""), name="budget_order_moved_for_a_reason"),
            models.CheckConstraint(
                condition=Q(before=None) | ~Q(before=models.F("amendment")),
                name="budget_order_before_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amendment_id} < {self.before_id}"


class InBloc(models.Model):
    """The meeting votes on it in one question with the others of the bloc, unless somebody wants it voted singly."""

    amendment = models.ForeignKey(Amendment, models.PROTECT, related_name="in_blocs")
    put_in_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    put_in_at = models.DateTimeField()
    out_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    out_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["amendment"], condition=Q(out_at=None), name="budget_in_one_bloc_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(out_by=None, out_at=None) | Q(out_by__isnull=False, out_at__isnull=False),
                name="budget_out_of_a_bloc_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amendment_id}"
