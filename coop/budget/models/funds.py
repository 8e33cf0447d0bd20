"""Money set aside inside an adopted budget, and the projects among which all members choose (practice C17, C19)."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coop.members.models import Body, Member

from .years import DIGITS, Line, Year


class Fund(models.Model):
    """Part of a line of expense, or all of it. Until it is chosen from, no decision moves that money elsewhere."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("a fund", "projects are put forward")
        CLOSED = "closed", pgettext_lazy("a fund", "the list is closed")
        VOTING = "voting", pgettext_lazy("a fund", "put to the vote")
        CHOSEN = "chosen", pgettext_lazy("a fund", "chosen")
        GIVEN_UP = "given_up", pgettext_lazy("a fund", "given up")

    class Method(models.TextChoices):
        """Two of the ways in which the box counts projects, by its own names."""

        GREEDY = "greedy", _("projects by votes, as far as the money goes")
        SHARES = "shares", _("projects by equal shares of the money")

    year = models.ForeignKey(Year, models.PROTECT, related_name="funds")
    number = models.PositiveSmallIntegerField()
    line = models.ForeignKey(Line, models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    words = models.TextField()  # what it is for, and what it is not for
    amount = models.DecimalField(**DIGITS)
    method = models.CharField(max_length=8, choices=Method.choices)
    threshold = models.PositiveIntegerField(default=0)  # by votes: projects with fewer are not funded
    checked_by = models.ForeignKey(Body, models.PROTECT, related_name="+")
    projects_until = models.DateField()  # the last day for putting one forward, included
    begun_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    vote = models.PositiveBigIntegerField(
        null=True, blank=True, unique=True
    )  # the key of its ballot: the budget does not know the box
    put_at = models.DateTimeField(null=True, blank=True)
    chosen_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True, default="")  # the vote, as it is quoted
    left_over = models.DecimalField(**DIGITS, null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    said = models.CharField(max_length=500, blank=True, default="")  # why it was given up

    class Meta:
        ordering = ["-year__year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="fund_number_once"),
            models.CheckConstraint(
                condition=Q(amount__gt=0, number__gt=0) & ~Q(title="") & ~Q(words=""),
                name="fund_has_its_head",
            ),
            models.CheckConstraint(
                condition=Q(method="greedy") | Q(method="shares", threshold=0), name="fund_method_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "given_up"]) | Q(closed_at__isnull=False),
                name="fund_closed_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["voting", "chosen"]) | Q(vote__isnull=False, put_at__isnull=False),
                name="fund_voted_names_its_vote",
            ),
            models.CheckConstraint(
                condition=Q(state="chosen", chosen_at__isnull=False, decided_by__gt="", left_over__gte=0)
                | (~Q(state="chosen") & Q(chosen_at=None, decided_by="", left_over=None)),
                name="fund_chosen_from_by_a_vote",
            ),
            models.CheckConstraint(
                condition=Q(state="given_up", ended_at__isnull=False, said__gt="")
                | (~Q(state="given_up") & Q(ended_at=None, said="")),
                name="fund_given_up_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.title}"

    @property
    def label(self) -> str:
        """How people quote it: F 2027-1."""
        return f"F {self.year.year}-{self.number}"

    def takes_projects(self, day: datetime.date) -> bool:
        return self.state == self.State.OPEN and day <= self.projects_until


class Project(models.Model):
    """What a member or a council would do with part of a fund. Chosen, it is a commitment: its cost stays set aside."""

    class State(models.TextChoices):
        PUT = "put", pgettext_lazy("a project", "waits to be checked")
        FEASIBLE = "feasible", pgettext_lazy("a project", "feasible")
        NOT_FEASIBLE = "not_feasible", pgettext_lazy("a project", "not feasible")
        WITHDRAWN = "withdrawn", pgettext_lazy("a project", "withdrawn")
        CHOSEN = "chosen", pgettext_lazy("a project", "chosen")
        NOT_CHOSEN = "not_chosen", pgettext_lazy("a project", "not chosen")

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="projects")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    words = models.TextField()
    place = models.CharField(max_length=160)
    cost = models.DecimalField(**DIGITS)
    proof = models.CharField(max_length=300)  # what shows the cost: an offer, a price list, a bill of before
    author = models.ForeignKey(Member, models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    answers = models.ForeignKey(Member, models.PROTECT, related_name="+")  # who sees to it that it is done
    agreed_at = models.DateTimeField(null=True, blank=True)  # when that person said yes
    revision = models.PositiveSmallIntegerField(default=1)  # a check is of the words that were read
    state = models.CharField(max_length=12, choices=State.choices, default=State.PUT)
    put_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    said = models.CharField(max_length=500, blank=True, default="")  # why it was withdrawn
    rank = models.PositiveSmallIntegerField(null=True, blank=True)  # in which order the count funded it

    class Meta:
        ordering = ["fund", "number"]
        constraints = [
            models.UniqueConstraint(fields=["fund", "number"], name="fund_project_number_once"),
            models.UniqueConstraint(fields=["fund", "rank"], name="fund_project_rank_once"),
            models.CheckConstraint(
                condition=Q(cost__gt=0, number__gt=0, revision__gt=0)
                & ~Q(title="")
                & ~Q(words="")
                & ~Q(place="")
                & ~Q(proof=""),
                name="fund_project_has_its_words",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["put", "feasible", "not_feasible", "withdrawn", "chosen", "not_chosen"]
                ),
                name="fund_project_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state="chosen", rank__gt=0) | (~Q(state="chosen") & Q(rank=None)),
                name="fund_project_chosen_has_its_rank",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["feasible", "chosen", "not_chosen"]) | Q(agreed_at__isnull=False),
                name="fund_project_is_answered_for",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", ended_at__isnull=False)
                | (~Q(state="withdrawn") & Q(ended_at=None, said="")),
                name="fund_project_withdrawn_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def code(self) -> str:
        """Its code on the paper."""
        return f"p{self.number}"


class ProjectCheck(models.Model):
    """What the commission found, of the words it read. It may find otherwise later: the last row counts."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="checks")
    revision = models.PositiveSmallIntegerField()
    feasible = models.BooleanField()
    because = models.CharField(max_length=500)
    checked_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["project", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="fund_check_has_its_reason")]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.feasible}"


class Spending(models.Model):
    """What was paid for a chosen project, up to its cost. Below zero it puts a wrong one right."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="spent")
    number = models.PositiveSmallIntegerField()
    amount = models.DecimalField(**DIGITS)
    paid_on = models.DateField()
    proof = models.CharField(max_length=300)  # the bill, as it is filed
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="fund_spending_number_once"),
            models.CheckConstraint(
                condition=~Q(amount=0) & ~Q(proof="") & Q(number__gt=0), name="fund_spending_is_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.number}"
