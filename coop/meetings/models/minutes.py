"""The minutes: one text, frozen when it is circulated; what people say to it as entries of their own; sealed when it is
approved. Corrections are other entries, never another text."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coop.members.models import Body, Member

from .meetings import Meeting


class Minutes(models.Model):
    """The text as it was circulated, with its hash and the journal as it stood.

    `searched`: the words of the text folded (no accents, small letters), without its marks; what the search looks at.
    """

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="minutes")
    text = models.TextField()
    hash = models.CharField(max_length=64)
    language = models.CharField(max_length=8)
    closed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()
    journal_sequence = (
        models.PositiveBigIntegerField()
    )  # the journal as it stood: the checkpoint printed below
    journal_hash = models.CharField(max_length=64)
    objections_until = models.DateTimeField()
    searched = models.TextField()

    class Meta:
        verbose_name_plural = "minutes"
        constraints = [
            models.CheckConstraint(condition=Q(hash__regex="^[0-9a-f]{64}$"), name="minutes_hash_is_sha256"),
            models.CheckConstraint(condition=~Q(text=""), name="minutes_have_words"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.hash[:12]}"


class MinutesEntry(models.Model):
    """What stands after the text: objections and dissent of those who were there, what was found, corrections, where
    it was copied and sent. Nothing of it changes the text; a finding answers the objection it names."""

    class Kind(models.TextChoices):
        OBJECTION = "objection", _("objection: the record is wrong")
        DISSENT = "dissent", _("dissent: against what was decided")
        FINDING = "finding", _("finding on an objection")
        CORRECTION = "correction", _("correction")
        COPIED = "copied", _("copied into the stamped book")
        SENT = "sent", _("sent to the public authority")
        CHALLENGE = "challenge", _("challenged before a court or the authority")

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="entries")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    item_number = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField(max_length=4000)
    answers = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="finding")
    upheld = models.BooleanField(null=True, blank=True)  # of a finding
    happened_on = models.DateField(null=True, blank=True)  # of what was copied, sent or challenged
    document = models.CharField(max_length=200, blank=True)  # "Book 4, pages 31 to 38", "receipt 2291/26"
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "minutes entries"
        constraints = [
            models.UniqueConstraint(fields=["minutes", "number"], name="minutes_entry_number_once"),
            models.CheckConstraint(
                condition=Q(kind="finding", answers__isnull=False, upheld__isnull=False)
                | (~Q(kind="finding") & Q(answers=None, upheld=None)),
                name="finding_answers_an_objection",
            ),
            models.CheckConstraint(
                condition=(
                    Q(kind__in=["copied", "sent", "challenge"])
                    & Q(happened_on__isnull=False)
                    & ~Q(document="")
                )
                | (~Q(kind__in=["copied", "sent", "challenge"]) & Q(happened_on=None) & ~Q(text="")),
                name="minutes_entry_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minutes_id}: {self.number} {self.kind}"


class MinutesSignature(models.Model):
    """Somebody signs the text: the one with this hash, as chair, secretary or chosen member."""

    class Role(models.TextChoices):
        CHAIR = "chair", _("chair")
        SECRETARY = "secretary", _("secretary")
        SIGNER = "signer", _("member chosen to sign")

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="signatures")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=Role.choices)
    hash = models.CharField(max_length=64)
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["signed_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "member", "role"], name="minutes_signed_once")
        ]

    def __str__(self) -> str:
        return f"{self.minutes_id}: {self.member_id}"


class SealedMinutes(models.Model):
    """The end of it: text, entries and signatures as one sheet, with its number in the book of the body, its hash, the
    journal as it stood, and the PDF as it was made that day."""

    class How(models.TextChoices):
        SIGNATURES = "signatures", _("by the signatures")
        VOTE = "vote", _("by a vote of a later meeting")

    minutes = models.OneToOneField(Minutes, models.PROTECT, related_name="sealed")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()  # in the book of minutes of the body, never beginning again
    how = models.CharField(max_length=12, choices=How.choices)
    approved_in = models.ForeignKey(
        "meetings.AgendaItem", models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.TextField()
    hash = models.CharField(max_length=64)
    pdf = models.BinaryField()
    pdf_hash = models.CharField(max_length=64)
    sealed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    sealed_at = models.DateTimeField()
    journal_sequence = models.PositiveBigIntegerField()
    journal_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["-number"]
        verbose_name_plural = "sealed minutes"
        constraints = [
            models.UniqueConstraint(fields=["body", "number"], name="minutes_number_once"),
            models.CheckConstraint(
                condition=Q(hash__regex="^[0-9a-f]{64}$", pdf_hash__regex="^[0-9a-f]{64}$"),
                name="sealed_hashes_are_sha256",
            ),
            models.CheckConstraint(
                condition=Q(how="vote", approved_in__isnull=False) | Q(how="signatures", approved_in=None),
                name="approved_by_vote_names_the_item",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_id}: {self.number}"


class ClosedPart(models.Model):
    """What was said on an item that is closed: kept beside the minutes, for those who belong to the body.

    The text of the minutes holds its hash. `salt` stands before the words when they are hashed, so that nobody finds
    a few words out by trying.
    """

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="closed_parts")
    item_number = models.PositiveSmallIntegerField()
    salt = models.CharField(max_length=32)
    text = models.TextField()
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["item_number"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "item_number"], name="closed_part_once"),
            models.CheckConstraint(
                condition=Q(hash__regex="^[0-9a-f]{64}$", salt__regex="^[0-9a-f]{32}$"),
                name="closed_part_is_hashed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minutes_id}: {self.item_number}"


class MinutesApproval(models.Model):
    """A later meeting voted on earlier minutes, by raised hands: carried or not, counted where somebody asked."""

    item = models.OneToOneField("meetings.AgendaItem", models.PROTECT, related_name="approval")
    carried = models.BooleanField()
    votes_for = models.PositiveIntegerField(null=True, blank=True)  # none: nobody asked for a count
    votes_against = models.PositiveIntegerField(null=True, blank=True)
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(votes_for=None, votes_against=None)
                | Q(votes_for__isnull=False, votes_against__isnull=False),
                name="approval_has_both_figures",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.carried}"
