"""Bodies, the offices in them, their seats, and who holds a seat from when until when."""

from __future__ import annotations

import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from coop.charter.models import Cooperative

from ..ranges import Moments, Number
from .people import Member
from .plant import Crew, Department


class Body(models.Model):
    """Somebody that meets and decides. Who belongs to it is a rule, not a list."""

    class Kind(models.TextChoices):
        ASSEMBLY = "assembly", _("general assembly")
        DEPARTMENT_COUNCIL = "department_council", _("department council")
        FACTORY_COUNCIL = "factory_council", _("factory council")
        ADMINISTRATIVE_COUNCIL = "administrative_council", _("administrative council")
        OVERSIGHT = "oversight", _("oversight")
        ELECTORAL_COMMISSION = "electoral_commission", _("electoral commission")
        APPEALS = "appeals", _("appeals committee")
        COORDINATORS = "coordinators", _("elected coordinators")
        COMMISSION = "commission", _("commission")
        WORKING_TABLE = "working_table", _("working table")
        PRODUCTION_MEETING = "production_meeting", _("production meeting")
        REGISTER = "register", _("register office")
        CONGRESS = "congress", _("network congress")

    class Composition(models.TextChoices):
        ALL_MEMBERS = "all_members", _("all members")
        DEPARTMENT = "department", _("all members of the department")
        CREW = "crew", _("all members of the crew")
        MANDATE = "mandate", _("those who hold a seat")

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    code = models.CharField(max_length=16)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=24, choices=Kind.choices)
    composition = models.CharField(max_length=12, choices=Composition.choices)
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")
    crew = models.ForeignKey(Crew, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "bodies"
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "code"], name="body_code_once"),
            models.UniqueConstraint(
                fields=["cooperative"], condition=models.Q(kind="assembly"), name="one_general_assembly"
            ),
            models.CheckConstraint(
                condition=~models.Q(composition="department") | models.Q(department__isnull=False),
                name="body_of_a_department_names_it",
            ),
            models.CheckConstraint(
                condition=~models.Q(composition="crew") | models.Q(crew__isnull=False),
                name="body_of_a_crew_names_it",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Office(models.Model):
    """A post in a body. President, secretary, treasurer are offices of their own, held on top of a seat."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="offices")
    title = models.CharField(max_length=120)
    term_months = models.PositiveSmallIntegerField(null=True, blank=True)  # empty: until replaced
    recallable = models.BooleanField(default=True)
    pay_rule = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["body__code", "title"]
        constraints = [models.UniqueConstraint(fields=["body", "title"], name="office_title_once_in_body")]

    def __str__(self) -> str:
        return self.title


class Power(models.TextChoices):
    """What a mandate may allow. Nothing else in the house gives a permission."""

    CONVENE = "convene", _("call meetings")
    CHAIR = "chair", _("chair meetings")
    RECORD_MINUTES = "record_minutes", _("take attendance, open votes, write the minutes")
    KEEP_REGISTER = "keep_register", _("keep the register of members and hand out cards")
    RUN_ELECTIONS = "run_elections", _("run elections and keep the urn")
    KEEP_BUDGET = "keep_budget", _("keep the budget")
    AUDIT = "audit", _("read everything, change nothing")
    DECIDE_URGENT = (
        "decide_urgent",
        _("decide what cannot wait, until the next meeting says what it thinks of it"),
    )


class OfficePower(models.Model):
    """One power of an office, over one body, or (body empty) in the whole co-operative."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="powers")
    power = models.CharField(max_length=16, choices=Power.choices)
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "power", "body"], name="office_power_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return self.get_power_display()


class Seat(models.Model):
    """A chair somebody can sit on: full or alternate, perhaps kept for a crew or a department."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="seats")
    number = models.PositiveSmallIntegerField()
    alternate = models.BooleanField(default=False)
    crew = models.ForeignKey(Crew, models.PROTECT, null=True, blank=True, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["alternate", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "alternate", "number"], name="seat_number_once_in_office"
            ),
            models.CheckConstraint(condition=models.Q(number__gt=0), name="seat_number_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.number}"


class Mandate(models.Model):
    """Who holds a seat, from a moment up to another. Powers live and die with it, to the minute.

    A mandate entered by hand cites a document and counts only once a second office-holder has confirmed it
    (ruling 13); one that a decision or the founding act began is confirmed by that.
    """

    class Begun(models.TextChoices):
        FOUNDING = "founding", _("named in the founding act")
        CARRIED_OVER = "carried_over", _("carried over from the book")
        ELECTED = "elected", _("elected")
        MOVED_UP = "moved_up", _("moved up as alternate")
        NAMED = "named", _("named for a time")
        COUNTED_BACK = "counted_back", _("counted back from the papers of the election")

    class Ended(models.TextChoices):
        TERM = "term", _("term over")
        RESIGNED = "resigned", _("resigned")
        RECALLED = "recalled", _("recalled")
        RESIGNED_RECALL = "resigned_recall", _("resigned while a recall was asked for")
        LEFT = "left", _("left the co-operative")
        REPLACED = "replaced", _("replaced")
        MOVED_UP = "moved_up", _("moved up to a full seat")
        REFUSED = "refused", _("not confirmed")
        ABSENT = "absent", _("absent too often")
        MOVED_AWAY = "moved_away", _("works elsewhere now")
        ANNULLED = "annulled", _("the election was annulled")
        OTHER_POST = "other_post", _("holds a post that excludes this one")

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="mandates")
    member = models.ForeignKey(Member, models.PROTECT, related_name="mandates")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    begun = models.CharField(max_length=16, choices=Begun.choices)
    document = models.CharField(max_length=200)
    entered_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended = models.CharField(max_length=16, choices=Ended.choices, blank=True)
    end_document = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["since"]
        constraints = [
            ExclusionConstraint(
                name="one_holder_per_seat",
                expressions=[
                    (Number("seat_id"), RangeOperators.OVERLAPS),
                    (Moments("since", "until", models.Value("[)")), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=~models.Q(document=""), name="mandate_cites_a_document"),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="mandate_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None)
                | models.Q(entered_by=None)
                | ~models.Q(confirmed_by=models.F("entered_by")),
                name="mandate_confirmed_by_somebody_else",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.seat}"

    @staticmethod
    def in_force(at: datetime.datetime, prefix: str = "") -> models.Q:
        """The condition "holds the seat at that moment", for use behind a join prefix."""
        begun = models.Q(**{f"{prefix}since__lte": at, f"{prefix}confirmed_at__isnull": False})
        return begun & (models.Q(**{f"{prefix}until": None}) | models.Q(**{f"{prefix}until__gt": at}))

    @staticmethod
    def not_over(at: datetime.datetime, prefix: str = "") -> models.Q:
        """The condition "held or to come, and may yet end"; also of one that a successor ends on a later day."""
        open_ended = models.Q(**{f"{prefix}ended__in": ["", Mandate.Ended.REPLACED]})
        lasts = models.Q(**{f"{prefix}until__gt": at}) & models.Q(
            **{f"{prefix}until__gt": models.F(f"{prefix}since")}
        )
        return open_ended & (models.Q(**{f"{prefix}until": None}) | lasts)
