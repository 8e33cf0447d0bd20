"""Proposals, their numbered clauses, and the members who support them."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coop.charter.models import Cooperative
from coop.members.models import Body, Member


class Proposal(models.Model):
    """Draft, open for support, admitted, tabled, settled; or withdrawn, refused, or fallen for lack of support."""

    class Kind(models.TextChoices):
        MOTION = "motion", _("motion")
        BYLAWS = "bylaws", _("change of the rules")
        BUDGET = "budget", _("budget")
        ELECTION = "election", _("election")
        RECALL = "recall", _("recall")
        PLAN = "plan", _("production plan")
        PRICE = "price", _("price list")
        AGREEMENT = "agreement", _("agreement")
        TECHNIQUE = "technique", _("choice of technique")

    class Matter(models.TextChoices):
        """Which majority the bylaws ask for (ruling 9)."""

        ORDINARY = "ordinary", _("ordinary business")
        BYLAWS = "bylaws", _("internal rules")
        STATUTE = "statute", _("change of the statute")
        PURPOSE = "purpose", _("change of purpose")
        MERGER = "merger", _("merger")
        DISSOLUTION = "dissolution", _("dissolution")
        INDEPENDENCE = "independence", _("declaration of independence from parties")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        OPEN = "open", _("looking for support")
        ADMITTED = "admitted", _("admitted")
        TABLED = "tabled", _("on an agenda")
        SETTLED = "settled", _("decided")
        WITHDRAWN = "withdrawn", _("withdrawn")
        FALLEN = "fallen", _("fallen for lack of support")
        REFUSED = "refused", _("refused")

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(null=True, blank=True)  # year and number come with publication
    number = models.PositiveIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.MOTION)
    matter = models.CharField(max_length=16, choices=Matter.choices, default=Matter.ORDINARY)
    title = models.CharField(max_length=160)
    reasons = models.TextField(blank=True)
    author = models.ForeignKey(Member, models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    # Who speaks for it since its author gave it up, and the rejected one that it brings back.
    taken_over_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    again = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    revision = models.PositiveIntegerField(
        default=1
    )  # counts savings: a form that shows an older one is refused
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    support_needed = models.PositiveIntegerField(null=True, blank=True)  # as the bylaws stood at publication
    support_until = models.DateTimeField(null=True, blank=True)
    admitted_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    carried = models.BooleanField(null=True, blank=True)  # what the decision was
    words_hash = models.CharField(max_length=64, blank=True, default="")  # of the published clauses
    said = models.CharField(max_length=500, blank=True, default="")  # why it was refused
    amendments_until = models.DateTimeField(
        null=True, blank=True
    )  # from its notice on; later ones need leave
    debated_at = models.DateTimeField(
        null=True, blank=True
    )  # a meeting opened on it: the text is the meeting's

    class Meta:
        indexes = [
            models.Index(fields=["cooperative", "state"], name="proposals_by_state"),
            models.Index(fields=["support_until"], name="proposals_by_end_of_support"),
        ]
        ordering = ["-year", "-number", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "year", "number"], name="proposal_number_once"),
            models.CheckConstraint(condition=~Q(title=""), name="proposal_has_a_title"),
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "draft",
                        "open",
                        "admitted",
                        "tabled",
                        "settled",
                        "withdrawn",
                        "fallen",
                        "refused",
                    ],
                ),
                name="proposal_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"])
                | Q(
                    number__isnull=False,
                    year__isnull=False,
                    published_at__isnull=False,
                    support_needed__isnull=False,
                ),
                name="proposal_published_has_a_number",
            ),
            models.CheckConstraint(
                condition=Q(state="refused", said__gt="") | (~Q(state="refused") & Q(said="")),
                name="proposal_refused_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.title}" if self.number else self.title

    @property
    def label(self) -> str:
        """How people quote it: P 2026-14."""
        return f"P {self.year}-{self.number}" if self.number else ""

    @property
    def mover(self) -> Member:
        """Who speaks for it: its author, or whoever took it over."""
        return self.taken_over_by or self.author

    @property
    def mover_id(self) -> int:
        return self.taken_over_by_id or self.author_id

    def takes_support(self, at: datetime.datetime) -> bool:
        return self.state == self.State.OPEN and (self.support_until is None or at < self.support_until)


class Clause(models.Model):
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="clauses")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="clause_number_once"),
            models.CheckConstraint(condition=~Q(text=""), name="clause_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


class Support(models.Model):
    """A member's signature under a proposal."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="supports")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["given_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["proposal", "member"], name="support_once")]

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.member_id}"
