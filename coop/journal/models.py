"""Chain and Entry. An entry carries values, not keys: it stays readable when the person is gone."""

from typing import NamedTuple

from django.db import models
from django.db.models import Q

from coop.journal.hashing import START


class Actor(NamedTuple):
    """Who did it, as they were called that day."""

    id: str
    name: str


class Subject(NamedTuple):
    """What it was done to: the kind in code words, the id, and the name people know it by."""

    kind: str
    id: str | int
    label: str


CLOCK = Actor("clock", "the clock")


class Chain(models.Model):
    """The head of one chain. `label` is the slug the co-operative was founded with, and never changes."""

    label = models.CharField(max_length=60, unique=True)
    head_sequence = models.PositiveBigIntegerField(default=0)
    head_hash = models.CharField(max_length=64, default=START)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(head_hash__regex="^[0-9a-f]{64}$"), name="chain_head_hash_is_sha256"
            ),
            models.CheckConstraint(condition=~Q(label=""), name="chain_has_a_label"),
        ]

    def __str__(self) -> str:
        return f"{self.label} at {self.head_sequence}"


class Entry(models.Model):
    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="entries")
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor_id = models.CharField(max_length=80)
    actor_name = models.CharField(max_length=200)
    verb = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=80)
    subject_label = models.CharField(max_length=300)
    facts = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["chain", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "sequence"], name="entry_once_per_place_in_chain"),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="entry_sequence_from_one"),
            models.CheckConstraint(condition=Q(hash__regex="^[0-9a-f]{64}$"), name="entry_hash_is_sha256"),
            models.CheckConstraint(condition=~Q(actor_id="") & ~Q(verb=""), name="entry_has_actor_and_verb"),
        ]
        indexes = [models.Index(fields=["chain", "subject_kind", "subject_id"], name="entry_of_subject")]

    def __str__(self) -> str:
        return f"{self.sequence}. {self.actor_name}: {self.verb} {self.subject_label}"
