"""Courses that an office asks for, and who has done them (practice C27: "before you stand for treasurer: course")."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from coop.charter.models import Cooperative

from .countersigned import Countersigned, by_two
from .offices import Office
from .people import Member


class Course(models.Model):
    """Something that can be learned here, by the name people use for it."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    about = models.CharField(max_length=300, blank=True, default="")  # what is learned, how long it takes
    added_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint("cooperative", Lower("name"), name="course_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="course_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class CourseAsked(Countersigned):
    """From `since` on, elections that are called ask whoever stands for the office to have done the course.

    `asks` false: from that day on they ask no longer. The last that was confirmed holds; `document` is the decision of
    the assembly that said so.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, models.PROTECT, related_name="+")
    asks = models.BooleanField()
    since = models.DateField()
    document = models.CharField(max_length=200)

    class Meta:
        ordering = ["-since", "-pk"]
        verbose_name_plural = "courses asked"
        constraints = [
            *by_two("course_asked"),
            models.CheckConstraint(condition=~Q(document=""), name="course_asked_cites_a_decision"),
            models.CheckConstraint(
                condition=Q(since__gte=F("entered_on")), name="course_asked_from_a_day_to_come"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id}: {self.course}"


class CourseDone(Countersigned):
    """A member has done a course; `document` is the sheet or the certificate that says so. Nothing tells how well."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, models.PROTECT, related_name="+")
    done_on = models.DateField()
    document = models.CharField(max_length=200)

    class Meta:
        ordering = ["-done_on", "-pk"]
        verbose_name_plural = "courses done"
        constraints = [
            *by_two("course_done"),
            models.CheckConstraint(condition=~Q(document=""), name="course_done_cites_a_paper"),
            models.CheckConstraint(
                condition=Q(done_on__lte=F("entered_on")), name="course_done_before_it_is_entered"
            ),
            models.UniqueConstraint(
                fields=["member", "course", "done_on"],
                condition=Q(refused_at=None),
                name="course_done_entered_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.course}"
