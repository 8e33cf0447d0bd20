"""An election: its days, what is filled, who stands, what was objected, and who was proclaimed (practice C08)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coop.ballots.models import Ballot, Question, Register
from coop.charter.models import Cooperative
from coop.members.models import Mandate, Member, Office, Seat


class Election(models.Model):
    """Called by the electoral commission, on one register of voters. Its days are copied in when it is called.

    Drawn up first, the commission alone reads it, and puts its days right until it calls it.
    """

    class State(models.TextChoices):
        DRAWN_UP = "drawn_up", _("drawn up, not called yet")
        CANDIDATURES = "candidatures", _("candidates come forward")
        OBJECTIONS = "objections", _("the list is posted, objections are heard")
        FINAL = "final", _("the list is final, the vote follows")
        PROCLAIMED = "proclaimed", _("proclaimed")
        ANNULLED = "annulled", _("annulled")

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    called_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    called_at = models.DateTimeField()
    candidates_until = models.DateField()
    published_on = models.DateField()
    objections_until = models.DateField()
    final_on = models.DateField()
    vote_on = models.DateField()
    proclaimed_until = models.DateField()
    challenge_days = models.PositiveSmallIntegerField()
    begins_on = models.DateField()  # the day on which those who are elected begin
    ends_on = models.DateField(
        null=True, blank=True
    )  # the day their term ends; empty: by the months of the office
    register = models.ForeignKey(Register, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices, default=State.CANDIDATURES)
    posted_at = models.DateTimeField(null=True, blank=True)
    final_at = models.DateTimeField(null=True, blank=True)
    proclaimed_at = models.DateTimeField(null=True, blank=True)
    annulled_at = models.DateTimeField(null=True, blank=True)
    annulled_because = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["-vote_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "year", "number"], name="election_number_once"),
            models.CheckConstraint(
                condition=Q(
                    candidates_until__lte=F("published_on"),
                    published_on__lte=F("objections_until"),
                    objections_until__lte=F("final_on"),
                    final_on__lt=F("vote_on"),
                    begins_on__gte=F("vote_on"),
                ),
                name="election_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("begins_on")), name="election_term_has_days"
            ),
            models.CheckConstraint(
                condition=~Q(state="annulled") | ~Q(annulled_because=""), name="election_annulled_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.title}"

    @property
    def label(self) -> str:
        return f"EL {self.year}-{self.number}"


class Contest(models.Model):
    """Seats of one office, filled by one constituency. Contests of the same people are voted on one paper."""

    election = models.ForeignKey(Election, models.PROTECT, related_name="contests")
    number = models.PositiveSmallIntegerField()
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    department = models.CharField(max_length=12, blank=True, default="")  # code; empty: everybody
    crew = models.CharField(max_length=12, blank=True, default="")
    method = models.CharField(max_length=20, choices=Question.Method.choices)
    signatures = models.PositiveIntegerField()  # a candidature needs so many
    annulled_at = models.DateTimeField(
        null=True, blank=True
    )  # by a challenge: nobody is elected, it is repeated
    question = models.OneToOneField(Question, models.PROTECT, null=True, blank=True, related_name="+")
    adds_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="again"
    )  # one box of that contest is voted again; what the others hold stays counted

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["election", "number"], name="contest_number_once")]

    def __str__(self) -> str:
        return f"{self.election_id}/{self.number}"


class ContestSeat(models.Model):
    """A seat that is filled by a contest; those of alternates by who comes next."""

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="seats")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["seat__alternate", "seat__number"]
        constraints = [models.UniqueConstraint(fields=["contest", "seat"], name="contest_seat_once")]

    def __str__(self) -> str:
        return str(self.seat)


class Candidature(models.Model):
    """Somebody stands: put forward, accepted by themselves, admitted or refused with reasons by the commission."""

    class State(models.TextChoices):
        NOMINATED = "nominated", _("put forward, has not accepted yet")
        ACCEPTED = "accepted", _("accepted")
        ADMITTED = "admitted", _("on the list")
        REFUSED = "refused", _("not on the list")
        WITHDRAWN = "withdrawn", _("withdrawn")

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="candidatures")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    nominated_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    nominated_at = models.DateTimeField()
    statement = models.TextField(max_length=2000, blank=True, default="")
    kin = models.CharField(max_length=300, blank=True, default="")  # kin in office, as the candidate declares
    state = models.CharField(max_length=12, choices=State.choices, default=State.NOMINATED)
    accepted_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reasons = models.TextField(max_length=1000, blank=True, default="")  # of a refusal; read by everybody

    class Meta:
        ordering = ["contest__number", "member__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "member"], condition=~Q(state="withdrawn"), name="candidature_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reasons=""), name="candidature_refused_with_reasons"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "admitted"]) | Q(accepted_at__isnull=False),
                name="candidature_accepted_before_it_is_listed",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("member")),
                name="candidature_decided_by_another",
            ),
        ]

    def __str__(self) -> str:
        return str(self.member)


class CandidatureSignature(models.Model):
    """One of the signatures a candidature needs. They are public: whoever supports somebody says so."""

    candidature = models.ForeignKey(Candidature, models.PROTECT, related_name="signatures")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["candidature", "member"], name="candidature_signed_once")
        ]

    def __str__(self) -> str:
        return f"{self.candidature_id}: {self.member_id}"


class Objection(models.Model):
    """Somebody says why a candidate may not stand; the commission upholds or dismisses it with reasons."""

    class Verdict(models.TextChoices):
        OPEN = "open", _("waits for the commission")
        UPHELD = "upheld", _("upheld: not on the list any more")
        DISMISSED = "dismissed", _("dismissed")

    candidature = models.ForeignKey(Candidature, models.PROTECT, related_name="objections")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")  # who objects
    text = models.TextField(max_length=1000)
    made_at = models.DateTimeField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default=Verdict.OPEN)
    decided_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reasons = models.TextField(max_length=1000, blank=True, default="")

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="objection_has_words"),
            models.CheckConstraint(
                condition=Q(verdict="open", decided_by=None)
                | ~Q(verdict="open") & Q(decided_by__isnull=False) & ~Q(reasons=""),
                name="objection_decided_with_reasons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidature_id}: {self.get_verdict_display()}"


class Elected(models.Model):
    """Who was proclaimed for which seat, in the order of the contest; the mandate begins by it."""

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="elected")
    place = models.PositiveSmallIntegerField()  # those elected first, then alternates in the order of votes
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    alternate = models.BooleanField()
    mandate = models.OneToOneField(Mandate, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["contest__number", "place"]
        verbose_name_plural = "elected"
        constraints = [
            models.UniqueConstraint(fields=["contest", "place"], name="elected_place_once"),
            models.UniqueConstraint(fields=["contest", "member"], name="elected_once_per_contest"),
        ]

    def __str__(self) -> str:
        return str(self.member)


class ElectionVote(models.Model):
    """A paper of the election: the first round of some contests, or a later one."""

    election = models.ForeignKey(Election, models.PROTECT, related_name="votes")
    ballot = models.OneToOneField(Ballot, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.election_id}: {self.ballot_id}"
