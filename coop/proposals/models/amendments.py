"""Amendments: what members and councils want changed in a proposal, and what has become of that.

The published words never move; an amendment says what would stand in their place. Which text comes of it is computed
(`coop.proposals.amending`), never stored beside it.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coop.members.models import Body, Member

from ..amending import Amending, Change, Delete, Insert, Whole, Words
from .proposals import Proposal


class Amendment(models.Model):
    class Kind(models.TextChoices):
        OWN = "own", _("amendment")
        COMMON = "common", _("common text")  # takes the place of those that are its parts
        BLOCK = "block", _("amendments voted together")  # has no words of its own, only those of its parts

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("looking for support")
        ADMITTED = "admitted", _("to be voted")
        ACCEPTED = "accepted", _("taken in by the mover")
        CARRIED = "carried", _("carried")
        NOT_CARRIED = "not_carried", _("not carried")
        FALLEN = "fallen", _("fallen")
        REPLACED = "replaced", _("replaced by a common text")
        WITHDRAWN = "withdrawn", _("withdrawn")
        REFUSED = "refused", _("refused")

    class Because(models.TextChoices):
        """Why it fell. The first four are those of `coop.proposals.conflicts`."""

        IMPOSSIBLE = "impossible", _("one that was carried cannot stand in one text with it")
        CONTRARY = "contrary", _("one that was carried pulls the other way")
        SAME = "same", _("the text says so already")
        ITS_AMENDMENT = "its-amendment", _("what it would change is not voted any more")
        NO_SUPPORT = "no-support", _("it did not find its supporters in time")
        NO_TEXT = "no-text", _("the proposal is not voted any more")

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="amendments")
    # Counted in its proposal; an amendment of an amendment is counted in that one.
    number = models.PositiveSmallIntegerField()
    amends = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="amendments")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.OWN)
    author = models.ForeignKey(Member, models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    reasons = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.SUBMITTED)
    is_late = models.BooleanField(default=False)  # came after the last day: the meeting has to give it leave
    support_needed = (
        models.PositiveSmallIntegerField()
    )  # as the bylaws stood; a council's amendment needs none
    change_count = models.PositiveSmallIntegerField()  # it is written in one go: no change comes later
    submitted_at = models.DateTimeField()
    leave_at = models.DateTimeField(null=True, blank=True)
    admitted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    fell_because = models.CharField(max_length=16, choices=Because.choices, blank=True, default="")
    # The carried one it gave way to, or the common text that replaces it.
    through = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    said = models.CharField(max_length=500, blank=True, default="")  # why it was refused or withdrawn
    wanted_at = models.DateTimeField(
        null=True, blank=True
    )  # the meeting votes on it although a contrary one stands

    class Meta:
        ordering = ["proposal", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "amends", "number"], nulls_distinct=False, name="amendment_number_once"
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="amendment_number_positive"),
            models.CheckConstraint(
                condition=Q(kind="own") | Q(amends=None), name="only_plain_amendments_amend_one"
            ),
            models.CheckConstraint(
                condition=Q(state="fallen", fell_because__gt="") | (~Q(state="fallen") & Q(fell_because="")),
                name="amendment_fell_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["submitted", "admitted"], ended_at=None)
                | (~Q(state__in=["submitted", "admitted"]) & Q(ended_at__isnull=False)),
                name="amendment_ended_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="admitted") | Q(is_late=False) | Q(leave_at__isnull=False),
                name="late_amendment_has_leave",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """How people quote it: P 2026-4 A3; P 2026-4 A3.1 changes the words of A3."""
        return f"{self.proposal.label} {self.short}"

    @property
    def short(self) -> str:
        return f"A{self.amends.number}.{self.number}" if self.amends else f"A{self.number}"

    @property
    def is_alive(self) -> bool:
        """Whether it can still be voted."""
        return self.state in (self.State.SUBMITTED, self.State.ADMITTED)

    @property
    def amending(self) -> Amending:
        """What it changes, for computing. No query where its changes are prefetched."""
        rows = list(self.changes.all())
        whole = tuple(row.text for row in rows if row.kind == AmendmentChange.Kind.WHOLE)
        return Amending(self.pk, (Whole(whole),) if whole else tuple(row.change for row in rows))


class AmendmentChange(models.Model):
    """One change it asks for. Of another text for the whole there is a row for each clause."""

    class Kind(models.TextChoices):
        WORDS = "words", _("a clause reads otherwise")
        INSERT = "insert", _("a clause is put in")
        DELETE = "delete", _("a clause is taken out")
        WHOLE = "whole", _("another text for the whole")

    amendment = models.ForeignKey(Amendment, models.PROTECT, related_name="changes")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    # Of the published text, or (of an amendment of an amendment) the place of the wording in that one; a clause is put
    # in after it, 0 is before the first.
    clause = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["amendment", "number"], name="change_number_once"),
            models.CheckConstraint(
                condition=Q(kind="whole", clause=None)
                | Q(kind="insert", clause__isnull=False)
                | Q(kind__in=["words", "delete"], clause__gt=0),
                name="change_names_its_clause",
            ),
            models.CheckConstraint(
                condition=Q(kind="delete", text="") | (~Q(kind="delete") & ~Q(text="")),
                name="change_has_words_or_takes_out",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amendment_id}: {self.kind} {self.clause}"

    @property
    def change(self) -> Change:
        """Only of rows that stand alone; those of a whole text are read together (`Amendment.amending`)."""
        match self.kind, self.clause:
            case self.Kind.WORDS, int(clause):
                return Words(clause, self.text)
            case self.Kind.INSERT, int(clause):
                return Insert(clause, self.text)
            case self.Kind.DELETE, int(clause):
                return Delete(clause)
        raise ValueError(f"no change of its own: {self}")


class AmendmentSupport(models.Model):
    """A member's signature under an amendment."""

    amendment = models.ForeignKey(Amendment, models.PROTECT, related_name="supports")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["given_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["amendment", "member"], name="amendment_support_once")]

    def __str__(self) -> str:
        return f"{self.amendment_id}: {self.member_id}"


class PartOf(models.Model):
    """An amendment that a common text replaces, or that is voted in a block. Its mover agrees, or the meeting does."""

    whole = models.ForeignKey(Amendment, models.PROTECT, related_name="parts")
    part = models.ForeignKey(Amendment, models.PROTECT, related_name="wholes")
    agreed_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["part__number"]
        constraints = [
            models.UniqueConstraint(fields=["whole", "part"], name="part_of_a_whole_once"),
            models.CheckConstraint(condition=~Q(whole=models.F("part")), name="nothing_is_part_of_itself"),
            models.CheckConstraint(
                condition=Q(agreed_by=None, agreed_at=None)
                | Q(agreed_by__isnull=False, agreed_at__isnull=False),
                name="part_agreed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part_id} in {self.whole_id}"


class DeclaredContrary(models.Model):
    """Two amendments that could both stand, and of which somebody who may say so says that they pull apart."""

    first = models.ForeignKey(Amendment, models.PROTECT, related_name="+")
    second = models.ForeignKey(Amendment, models.PROTECT, related_name="+")
    because = models.CharField(max_length=300)
    declared_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="contrary_once"),
            models.CheckConstraint(condition=Q(first__lt=models.F("second")), name="contrary_lower_first"),
            models.CheckConstraint(condition=~Q(because=""), name="contrary_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} / {self.second_id}"


class OrderMove(models.Model):
    """An amendment is put elsewhere than the computed order says, with the reason. Later moves come after earlier."""

    amendment = models.ForeignKey(Amendment, models.PROTECT, related_name="moves")
    before = models.ForeignKey(
        Amendment, models.PROTECT, null=True, blank=True, related_name="+"
    )  # none: last
    because = models.CharField(max_length=300)
    moved_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    moved_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(before=None) | ~Q(before=models.F("amendment")), name="nothing_before_itself"
            ),
            models.CheckConstraint(condition=~Q(because=""), name="moved_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.amendment_id} before {self.before_id}"
