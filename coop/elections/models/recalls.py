"""The petition of electors to take an office back, who signed it, and what came of it (practice C09)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coop.ballots.models import Ballot
from coop.charter.models import Cooperative
from coop.members.models import Mandate, Member


class Petition(models.Model):
    """Asks that one mandate end. Signatures are collected, handed in, verified; then its electors vote in secret.

    A second one against the same mandate is joined to the first: its reasons are printed and voted with them.
    """

    class State(models.TextChoices):
        COLLECTING = "collecting", _("signatures are collected")
        HANDED_IN = "handed_in", _("handed in, to be verified")
        ADMITTED = "admitted", _("verified, a vote follows")
        VOTING = "voting", _("put to the vote")
        JOINED = "joined", _("joined to an earlier one")
        NOT_ADMITTED = "not_admitted", _("too few signatures that count")
        PASSED = "passed", _("recalled")
        FAILED = "failed", _("not recalled")
        LAPSED = "lapsed", _("without object")

    PENDING = (State.COLLECTING, State.HANDED_IN, State.ADMITTED, State.VOTING)

    class Ending(models.TextChoices):
        """What ended it, where no count of signatures or votes did."""

        TIME = "time", _("the days to collect are over")
        RESIGNED = "resigned", _("the holder resigned")
        MANDATE_OVER = "mandate_over", _("the mandate ended otherwise")
        TURNOUT = "turnout", _("too few took part")

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    reasons = models.TextField(max_length=4000)
    filed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    # The constituency as it was that day: codes of department and crew, empty where they do not matter.
    department = models.CharField(max_length=12, blank=True, default="")
    crew = models.CharField(max_length=12, blank=True, default="")
    electors = models.PositiveIntegerField()  # people, that day
    needed = models.PositiveIntegerField()  # signatures
    collect_until = models.DateTimeField()
    alone = models.BooleanField()  # the bylaws let one run at a time against an office
    joined_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="joined")
    state = models.CharField(max_length=12, choices=State.choices, default=State.COLLECTING)

    handed_in_at = models.DateTimeField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    valid = models.PositiveIntegerField(null=True, blank=True)  # signatures that count
    answer = models.TextField(
        max_length=4000, blank=True, default=""
    )  # of the holder, printed with the reasons
    answered_at = models.DateTimeField(null=True, blank=True)
    vote_until = models.DateField(null=True, blank=True)  # the last day of the vote
    ballot = models.OneToOneField(Ballot, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=12, choices=Ending.choices, blank=True, default="")

    class Meta:
        ordering = ["-filed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "year", "number"], name="petition_number_once"),
            models.UniqueConstraint(
                fields=["mandate"],
                condition=Q(alone=True, state__in=["collecting", "handed_in", "admitted", "voting"]),
                name="one_petition_per_mandate",
            ),
            models.CheckConstraint(condition=~Q(reasons=""), name="petition_has_reasons"),
            models.CheckConstraint(
                condition=Q(state="joined", joined_to__isnull=False) | ~Q(state="joined") & Q(joined_to=None),
                name="petition_joined_names_the_other",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["admitted", "voting", "passed", "failed"])
                | Q(valid__gte=F("needed")),
                name="petition_admitted_with_enough",
            ),
            models.CheckConstraint(
                condition=~Q(state="not_admitted") | Q(valid__lt=F("needed")),
                name="petition_turned_down_with_too_few",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["voting", "passed", "failed"]) | Q(ballot__isnull=False),
                name="petition_voted_has_its_vote",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return f"RC {self.year}-{self.number}"


class PetitionSignature(models.Model):
    """One line under a petition. Who stands here is read by who verifies and by who audits, never by the holder.

    On a screen everybody signs once. A line of a paper sheet is kept as it was written, also one that does not count.
    """

    class Verdict(models.TextChoices):
        COUNTS = "counts", _("counts")
        TWICE = "twice", _("signed already")
        ELSEWHERE = "elsewhere", _("of another department or crew")
        NO_VOTE = "no_vote", _("has no vote")
        UNKNOWN = "unknown", _("no such number")

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="signatures")
    number = models.PositiveIntegerField()  # the member number that was written
    member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    entered_by = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+"
    )  # from a sheet of paper

    class Meta:
        ordering = ["number", "pk"]  # no hour: the order of signing concerns nobody
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "member"], condition=Q(verdict="counts"), name="petition_signed_once"
            ),
            models.CheckConstraint(
                condition=Q(verdict="unknown", member=None) | ~Q(verdict="unknown") & Q(member__isnull=False),
                name="petition_signature_of_somebody",
            ),
            models.CheckConstraint(
                condition=Q(verdict="counts") | Q(entered_by__isnull=False),
                name="petition_signature_wrong_on_paper_only",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.petition_id}: {self.number}"
