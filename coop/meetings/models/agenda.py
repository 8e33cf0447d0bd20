"""The closed list of items, and what the secretary writes about each."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from coop.ballots.models import Ballot
from coop.charter.models import Cooperative
from coop.decisions.models import Decision
from coop.members.models import Member
from coop.proposals.models import Amendment, Proposal

from .calling import Request
from .meetings import Meeting, Sitting


class AgendaItem(models.Model):
    class Kind(models.TextChoices):
        SIGNERS = "signers", _("choice of two members who sign the minutes")
        PROPOSAL = "proposal", _("proposal")
        AMENDMENT = "amendment", _("amendment")
        REPORT = "report", _("report, without a vote")
        ELECTION = "election", _("election or other vote of the electoral commission")
        MINUTES = "minutes", _("approval of earlier minutes")
        ACTIONS = "actions", _("actions agreed earlier")
        REQUESTED = "requested", _("asked for by members")
        PROBLEMS = "problems", _("the list of problems")

    class Openness(models.TextChoices):
        PUBLIC = "public", _("anybody may listen and read")
        MEMBERS = "members", _("members only")
        CLOSED = "closed", _("closed: only who belongs to the body reads the account")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    # 4.2 is the second amendment voted under item 4; the amendments of a budget are proposals of their own.
    part = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=200)
    planned_minutes = models.PositiveSmallIntegerField(default=10)
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, blank=True, related_name="+")
    amendment = models.ForeignKey(Amendment, models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="+")
    openness = models.CharField(max_length=8, choices=Openness.choices, default=Openness.MEMBERS)
    ballot = models.ForeignKey(
        Ballot, models.PROTECT, null=True, blank=True, related_name="+"
    )  # of an election
    minutes = models.ForeignKey("meetings.Minutes", models.PROTECT, null=True, blank=True, related_name="+")
    request = models.ForeignKey(Request, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["number", "part"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number", "part"],
                name="item_number_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["meeting", "proposal"],
                condition=Q(amendment=None),
                name="proposal_once_on_an_agenda",
            ),
            models.UniqueConstraint(
                fields=["meeting", "amendment"],
                condition=Q(amendment__isnull=False),
                name="amendment_once_on_an_agenda",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["proposal", "amendment"], proposal__isnull=False)
                | (~Q(kind__in=["proposal", "amendment"]) & Q(proposal=None)),
                name="item_names_its_proposal",
            ),
            models.CheckConstraint(
                condition=Q(kind="amendment", amendment__isnull=False, part__gt=0)
                | (~Q(kind="amendment") & Q(amendment=None) & (Q(part=0) | Q(kind="proposal"))),
                name="item_names_its_amendment",
            ),
            models.CheckConstraint(
                condition=Q(ballot=None) | Q(kind="election"), name="only_elections_name_a_ballot"
            ),
            models.CheckConstraint(
                condition=Q(minutes__isnull=False, kind="minutes") | (Q(minutes=None) & ~Q(kind="minutes")),
                name="item_names_its_minutes",
            ),
            models.UniqueConstraint(fields=["meeting", "request"], name="request_once_on_an_agenda"),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(kind="problems"), name="one_list_of_problems_on_an_agenda"
            ),
            models.CheckConstraint(
                condition=Q(decision=None) | Q(kind__in=["proposal", "amendment"]),
                name="only_proposals_are_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}. {self.heading}"

    @property
    def place(self) -> str:
        """How it is called in the hall: 4, and 4.2 for the second amendment voted under it."""
        return f"{self.number}.{self.part}" if self.part else str(self.number)

    @property
    def heading(self) -> str:
        """The title; the choice of signers and the list of problems are called so in the language of whoever reads."""
        called = (self.Kind.SIGNERS, self.Kind.PROBLEMS)
        return capfirst(self.get_kind_display()) if self.kind in called else self.title

    def note_of(self, sitting: Sitting | None) -> ItemNote | None:
        """The account of one sitting; without one, of the item as a whole. No query where notes are prefetched."""
        wanted = sitting.pk if sitting else None
        return next((note for note in self.notes.all() if note.sitting_id == wanted), None)


class SecrecyDemand(models.Model):
    """Somebody present asks that this item be voted in secret; enough of them bind whoever chairs."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="secrecy_demands")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="secrecy_demanded_once")]

    def __str__(self) -> str:
        return f"{self.item}: {self.member}"


class ItemNote(models.Model):
    """A secretary's text on one item, in Markdown: of one sitting, or (no sitting) of the item as a whole.

    `revision` counts savings, so that nobody overwrites another.
    """

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="notes")
    sitting = models.ForeignKey(Sitting, models.PROTECT, null=True, blank=True, related_name="notes")
    text = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    written_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["item__number", models.F("sitting__number").asc(nulls_last=True)]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "sitting"], nulls_distinct=False, name="one_note_per_item_and_sitting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.revision}"


class UnsavedNote(models.Model):
    """What somebody is typing, kept by the page every few seconds: a closed browser or a lost session loses nothing.

    Nobody else sees it, and it is gone when the text is saved.
    """

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="+")
    sitting = models.ForeignKey(Sitting, models.PROTECT, null=True, blank=True, related_name="+")
    writer = models.ForeignKey(Member, models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    revision = models.PositiveIntegerField()  # of the note it was begun from
    typed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "sitting", "writer"], nulls_distinct=False, name="one_unsaved_note_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.writer_id}"


class Phrase(models.Model):
    """A sentence the co-operative's secretaries write again and again: "The report was read and nobody asked"."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    title = models.CharField(max_length=60)
    text = models.CharField(max_length=500)
    written_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "title"], condition=Q(retired_at=None), name="phrase_title_once"
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="phrase_has_words"),
        ]

    def __str__(self) -> str:
        return self.title
