"""Problems of production: raised by anybody, carried until whoever raised them says "solved" (practice C12)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coop.charter.models import Cooperative
from coop.members.models import Body, Member

from ..photo import LONGEST_SIDE, MOST_BYTES
from .places import Area


class Problem(models.Model):
    """What is wrong at a place. Without `raised_by` it was raised unnamed: no row says who typed it.

    The columns of a problem say how it stands; how it came there is told by its events, and PostgreSQL lets no state
    and no level change that the last event does not tell.
    """

    class Category(models.TextChoices):
        SAFETY = "safety", _("safety")
        QUALITY = "quality", _("quality")
        OUTPUT = "output", _("output")
        SUPPLY = "supply", _("supply")
        COST = "cost", _("cost")
        PEOPLE = "people", _("people")
        ENVIRONMENT = "environment", _("environment")

    class Priority(models.TextChoices):
        SAFETY = "safety", _("safety")
        HIGH = "high", _("high")
        NORMAL = "normal", _("normal")
        LOW = "low", _("low")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        IN_PROGRESS = "in_progress", _("in progress")
        SOLVED = "solved", _("said to be solved")
        VERIFIED = "verified", _("solved")
        REOPENED = "reopened", _("came back")
        JOINED = "joined", _("the same as another")
        CONDUCT = "conduct", _("about somebody's conduct; not on this list")

    class Level(models.TextChoices):
        MEETING = "meeting", _("production meeting")
        COUNCIL = "council", _("department council")
        ADMINISTRATION = "administration", _("administrative council")
        ASSEMBLY = "assembly", _("assembly")

    TO_DO = (State.OPEN, State.IN_PROGRESS, State.REOPENED)

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    category = models.CharField(max_length=12, choices=Category.choices)
    title = models.CharField(max_length=160)  # what happens
    details = models.TextField(max_length=2000, blank=True)
    risk = models.TextField(max_length=1000, blank=True)  # what it costs or risks
    priority = models.CharField(max_length=8, choices=Priority.choices)
    raised_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    through = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+"
    )  # who typed it
    raised_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    level = models.CharField(max_length=16, choices=Level.choices, default=Level.MEETING)
    untouched = models.PositiveSmallIntegerField(default=0)  # meetings of its level in a row that left it
    answer_by = models.DateField()  # the last day of the clock that runs
    answered_at = models.DateTimeField(null=True, blank=True)
    joined_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="joined")
    solved_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    solved_at = models.DateTimeField(null=True, blank=True)
    met_since = models.PositiveSmallIntegerField(default=0)  # meetings since it was said to be solved
    verified_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    reopened = models.PositiveSmallIntegerField(default=0)  # how often it came back
    # The number of the form it was written on; whoever sends that form twice has raised it once. Drawn by chance, it
    # says nothing of whoever typed it.
    form = models.CharField(max_length=32, null=True, blank=True)  # noqa: DJ001 - none before there was a page for it

    class Meta:
        ordering = ["-year", "-number"]
        indexes = [
            models.Index(fields=["cooperative", "state", "level"], name="problem_standing"),
            models.Index(fields=["cooperative", "raised_at"], name="problem_in_time"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "year", "number"], name="problem_number_once"),
            models.UniqueConstraint(fields=["cooperative", "form"], name="problem_form_once"),
            models.CheckConstraint(
                condition=Q(form=None) | Q(form__regex="^[0-9a-f]{32}$"), name="problem_form_is_drawn"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="problem_has_words"),
            models.CheckConstraint(
                condition=Q(
                    category__in=["safety", "quality", "output", "supply", "cost", "people", "environment"]
                ),
                name="problem_category_is_known",
            ),
            models.CheckConstraint(
                condition=Q(priority__in=["safety", "high", "normal", "low"]),
                name="problem_priority_is_known",
            ),
            models.CheckConstraint(
                condition=Q(level__in=["meeting", "council", "administration", "assembly"]),
                name="problem_level_is_known",
            ),
            models.CheckConstraint(
                condition=Q(through=None) | (Q(raised_by__isnull=False) & ~Q(through=F("raised_by"))),
                name="problem_through_a_colleague",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["solved", "verified", "conduct"])
                | Q(solved_by=None, solved_at=None, met_since=0),
                name="problem_solved_while_it_is",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["solved", "verified"])
                | Q(solved_by__isnull=False, solved_at__isnull=False),
                name="problem_solved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(
                    state="verified",
                    verified_by__isnull=False,
                    verified_at__isnull=False,
                    solved_by__isnull=False,
                )
                & ~Q(verified_by=F("solved_by"))
                | ~Q(state="verified") & Q(verified_by=None, verified_at=None),
                name="problem_closed_by_two",
            ),
            models.CheckConstraint(
                condition=Q(state="joined", joined_to__isnull=False) & ~Q(joined_to=F("id"))
                | ~Q(state="joined") & Q(joined_to=None),
                name="problem_joined_names_the_other",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return f"PR {self.year}-{self.number}"


class ProblemEvent(models.Model):
    """One thing that was done or said about a problem. `by` is empty for whoever is unnamed, and for the clock."""

    class Kind(models.TextChoices):
        NOTE = "note", _("a note")
        CAUSE = "cause", _("a cause")
        IDEA = "idea", _("an idea")
        ANSWER = "answer", _("an answer")
        DECISION = "decision", _("decided")
        MEASURE = "measure", _("measured")
        PRIORITY = "priority", _("another priority")
        TAKEN_UP = "taken_up", _("taken up")
        SOLVED = "solved", _("said to be solved")
        OBJECTED = "objected", _("not solved")
        VERIFIED = "verified", _("confirmed as solved")
        REOPENED = "reopened", _("came back")
        ESCALATED = "escalated", _("sent up")
        CAME_DOWN = "came_down", _("answered from above")
        JOINED = "joined", _("joined to another")
        PARTED = "parted", _("taken apart again")
        CONDUCT = "conduct", _("moved to the procedure on conduct")
        STOPPED = "stopped", _("work stopped")
        LIFTED = "lifted", _("stop lifted")

    SAID = (Kind.NOTE, Kind.CAUSE, Kind.IDEA)  # by anybody
    ANSWERS = (Kind.ANSWER, Kind.DECISION, Kind.MEASURE)  # by whoever answers for the place

    problem = models.ForeignKey(Problem, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField(max_length=2000, blank=True)
    before = models.CharField(max_length=12)  # the state it found
    after = models.CharField(max_length=12)  # the state it left
    level = models.CharField(max_length=16)  # before which the problem stood afterwards
    priority = models.CharField(max_length=8)  # that it had afterwards
    other = models.ForeignKey(Problem, models.PROTECT, null=True, blank=True, related_name="+")
    measured = models.CharField(max_length=80, blank=True)  # "anode effects per pot and day"
    value_before = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    value_after = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            # What the pictures are drawn from: which problem went from where to where, and when.
            models.Index(
                fields=["at", "problem", "before", "after"],
                condition=~Q(before=F("after")),
                name="problem_event_steps",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="measure") & ~Q(measured="") & Q(value_before__isnull=False)
                | ~Q(kind="measure") & Q(measured="", value_before=None, value_after=None),
                name="problem_event_measures",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["note", "cause", "idea", "answer", "decision", "objected", "reopened"])
                | ~Q(words=""),
                name="problem_event_has_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.problem_id}: {self.kind}"


class MeToo(models.Model):
    """Somebody else has the same problem."""

    problem = models.ForeignKey(Problem, models.PROTECT, related_name="me_too")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["problem", "member"], name="me_too_once")]

    def __str__(self) -> str:
        return f"{self.problem_id}: {self.member_id}"


class ProblemPhoto(models.Model):
    """A picture as this house has written it. Who took it is not kept: a problem may be unnamed."""

    problem = models.ForeignKey(Problem, models.PROTECT, related_name="photos")
    added_at = models.DateTimeField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    hash = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["problem", "hash"], name="photo_once"),
            models.CheckConstraint(
                condition=Q(width__gt=0, width__lte=LONGEST_SIDE, height__gt=0, height__lte=LONGEST_SIDE),
                name="photo_sides_in_range",
            ),
            models.CheckConstraint(condition=Q(hash__regex="^[0-9a-f]{64}$"), name="photo_hash_is_sha256"),
        ]

    MOST = 4  # of one problem
    MOST_BYTES = MOST_BYTES

    def __str__(self) -> str:
        return f"{self.problem_id}: {self.hash[:8]}"


class Stop(models.Model):
    """The line stands still because of a problem. One person says that it may go on, another lifts the stop."""

    problem = models.ForeignKey(Problem, models.PROTECT, related_name="stops")
    stopped_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    stopped_at = models.DateTimeField()
    asked_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(null=True, blank=True)
    made_safe = models.CharField(max_length=300, null=True, blank=True)  # noqa: DJ001 - written once, with asked_at
    lifted_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["problem"], condition=Q(lifted_at=None), name="one_stop_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(asked_by=None, asked_at=None, made_safe=None)
                | Q(asked_by__isnull=False, asked_at__isnull=False, made_safe__gt=""),
                name="stop_asked_with_what_was_done",
            ),
            models.CheckConstraint(
                condition=Q(lifted_by=None, lifted_at=None)
                | Q(lifted_by__isnull=False, lifted_at__isnull=False, asked_by__isnull=False)
                & ~Q(lifted_by=F("asked_by")),
                name="stop_lifted_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.problem_id}: {self.stopped_at}"


class MeetingHeld(models.Model):
    """A meeting whose problems have been gone through, by the label of the meeting: it counts once."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    label = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "label"], name="meeting_held_once"),
            models.CheckConstraint(condition=~Q(label=""), name="meeting_held_has_a_label"),
        ]

    def __str__(self) -> str:
        return self.label
