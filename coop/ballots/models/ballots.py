"""A ballot: one or more questions on one paper over one roll, with the rules it was opened under."""

from __future__ import annotations

import datetime
from fractions import Fraction

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coop.charter.models import Cooperative
from coop.members.models import Body, Member

from .registers import Register, RegisterEntry

LAST_HOUR = datetime.datetime(9999, 1, 1, tzinfo=datetime.UTC)


class Channel(models.TextChoices):
    PHONE = "phone", _("on a screen")
    PAPER = "paper", _("on paper")
    HANDS = "hands", _("by show of hands")


class Ballot(models.Model):
    """Draft, open, closed, counted, or annulled; never back. Opening freezes rules, roll and text as copies."""

    class State(models.TextChoices):
        DRAFT = "draft", _("in preparation")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed, not yet counted")
        COUNTED = "counted", _("counted")
        ANNULLED = "annulled", _("annulled")

    class Secrecy(models.TextChoices):
        OPEN = "open", _("open vote: name and choice can be read by members")
        SECRET = "secret", _("secret vote")

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    register = models.ForeignKey(Register, models.PROTECT, related_name="+")
    # The constituency: only the lines of the register with this department, or crew, vote. Empty: all of them.
    department = models.CharField(max_length=12, blank=True, default="")
    crew = models.CharField(max_length=12, blank=True, default="")
    title = models.CharField(max_length=200)
    drawn_up_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    secrecy = models.CharField(max_length=8, choices=Secrecy.choices, default=Secrecy.OPEN)
    channels = ArrayField(models.CharField(max_length=8, choices=Channel.choices))
    needs_presence = models.BooleanField()  # voting inside a meeting: on the roll and checked in (ruling 3)
    round = models.PositiveSmallIntegerField(default=1)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)

    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)  # empty: whoever leads the vote closes it
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)
    annulled_at = models.DateTimeField(null=True, blank=True)
    annulled_because = models.CharField(max_length=300, blank=True)

    majority = models.CharField(max_length=12)
    base = models.CharField(max_length=12)
    tie_rule = models.CharField(max_length=24)
    rules_version = models.PositiveIntegerField()  # the version of the bylaws these were copied from
    text = models.TextField()
    text_hash = models.CharField(max_length=64)
    roll_size = models.PositiveIntegerField(null=True, blank=True)
    present = models.PositiveIntegerField(null=True, blank=True)  # latched at closing
    parts_over = ArrayField(
        models.PositiveSmallIntegerField(), default=list, blank=True
    )  # sittings of the meeting that have voted, while the vote rests for the next one
    leaders = ArrayField(
        models.BigIntegerField(), default=list, blank=True
    )  # members without an office over the body, named for the day by the meeting that votes

    class Meta:
        indexes = [models.Index(fields=["cooperative", "state"], name="ballots_of_a_house_by_state")]
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "open", "closed", "counted", "annulled"]),
                name="ballot_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(state="annulled")
                | Q(opened_at__isnull=False, roll_size__isnull=False),
                name="ballot_opened_has_a_moment_and_a_roll",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["closed", "counted"])
                | Q(closed_at__isnull=False, present__isnull=False),
                name="ballot_closed_has_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="counted") | Q(counted_at__isnull=False),
                name="ballot_counted_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(opens_at=None) | Q(closes_at__gt=F("opens_at")),
                name="ballot_closes_after_it_opens",
            ),
            models.CheckConstraint(  # a later hour would be one of the year 10000 in other zones, which no page can say
                condition=Q(closes_at=None) | Q(closes_at__lt=LAST_HOUR),
                name="ballot_closes_in_an_hour_that_can_be_said",
            ),
            models.CheckConstraint(
                condition=Q(round=1, parent=None) | Q(round__gt=1, parent__isnull=False),
                name="ballot_later_round_names_its_parent",
            ),
            models.UniqueConstraint(
                fields=["parent", "round"], condition=~Q(state="annulled"), name="ballot_round_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def electors(self) -> models.QuerySet[RegisterEntry]:
        """The lines of the register that vote here: all of them, or those of one department or crew."""
        places = {"department": self.department, "crew": self.crew}
        return self.register.lines().filter(**{name: code for name, code in places.items() if code})

    @property
    def people(self) -> int:
        """How many may vote. Of a part of the register this is a question to the database until the vote opens."""
        if self.roll_size is not None:
            return self.roll_size
        return self.electors().count() if self.department or self.crew else self.register.people

    @property
    def majority_share(self) -> Fraction:
        return Fraction(self.majority)

    @property
    def is_secret(self) -> bool:
        return self.secrecy == self.Secrecy.SECRET

    @property
    def on_screens(self) -> bool:
        return Channel.PHONE in self.channels

    def is_open(self, at: datetime.datetime) -> bool:
        """Open by its state and by the clock of the database, which is where `at` comes from."""
        return self.state == self.State.OPEN and (self.closes_at is None or at < self.closes_at)

    def is_over(self, at: datetime.datetime) -> bool:
        """Still marked open, although its time has come: the next look latches it."""
        return self.state == self.State.OPEN and self.closes_at is not None and at >= self.closes_at


class Question(models.Model):
    """One thing that is asked, the way of answering it, and the rules of that way as they were when it was drawn up."""

    class Method(models.TextChoices):
        MOTION = "motion", _("for, against, abstain")
        PLURALITY = "plurality", _("most votes")
        APPROVAL = "approval", _("as many marks as you like")
        RUNOFF = "runoff", _("ranked, one is elected (instant run-off)")
        SCHULZE = "schulze", _("ranked, options compared in pairs (Schulze)")
        STV = "stv", _("ranked, several are elected (single transferable vote)")
        GREEDY = "greedy", _("projects by votes, as far as the money goes")
        SHARES = "shares", _("projects by equal shares of the money")

    # Methods whose papers can be added up option by option; the others are counted from whole papers.
    ADDITIVE = frozenset({Method.MOTION, Method.PLURALITY, Method.APPROVAL, Method.GREEDY})
    RANKED = frozenset({Method.RUNOFF, Method.SCHULZE, Method.STV})

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField()
    wording = models.CharField(max_length=300)
    method = models.CharField(max_length=20, choices=Method.choices, default=Method.MOTION)
    seats = models.PositiveSmallIntegerField(default=1)
    marks = models.PositiveSmallIntegerField(
        null=True, blank=True
    )  # at most so many; empty: as many as there are
    money = models.DecimalField(
        max_digits=18, decimal_places=2, null=True, blank=True
    )  # of a choice of projects
    threshold = models.PositiveIntegerField(default=0)  # projects with fewer votes are not funded
    order_seed = models.CharField(max_length=64, blank=True)  # the options stand in the order drawn with it

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "number"], name="question_number_once"),
            models.CheckConstraint(condition=Q(seats__gte=1), name="question_has_a_seat"),
            models.CheckConstraint(condition=Q(marks=None) | Q(marks__gte=1), name="question_has_a_mark"),
            models.CheckConstraint(
                condition=Q(money=None) | Q(method__in=["greedy", "shares"], money__gt=0),
                name="question_money_is_for_projects",
            ),
        ]

    def __str__(self) -> str:
        return self.wording

    @property
    def is_additive(self) -> bool:
        return self.method in self.ADDITIVE

    @property
    def is_ranked(self) -> bool:
        return self.method in self.RANKED


class Option(models.Model):
    """What can be chosen. A motion has for, against, abstain; every other question has, last, the option `blank`.

    `keep` is the code of "none of these, as it is" among options that are compared in pairs. Where the option is a
    person, `member` says who: such a person neither counts nor keeps a key of this vote.
    """

    BLANK = "blank"
    KEEP = "keep"

    question = models.ForeignKey(Question, models.PROTECT, related_name="options")
    number = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=20)
    label = models.CharField(max_length=200, blank=True)
    member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    group = models.CharField(
        max_length=12, blank=True
    )  # crew or department, where seats are reserved for some
    cost = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)  # of a project

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="option_number_once"),
            models.UniqueConstraint(fields=["question", "code"], name="option_code_once"),
            models.CheckConstraint(condition=Q(code__regex="^[a-z0-9-]+$"), name="option_code_is_plain"),
        ]

    def __str__(self) -> str:
        return self.label or self.code


class ReservedSeat(models.Model):
    """So many of the seats go first to the best of a group: a crew or a department (practice C08)."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="reserved")
    group = models.CharField(max_length=12)
    seats = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["group"]
        constraints = [
            models.UniqueConstraint(fields=["question", "group"], name="reserved_seats_once_per_group"),
            models.CheckConstraint(condition=Q(seats__gte=1), name="reserved_seats_are_some"),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.seats}"


class Withdrawal(models.Model):
    """A candidate steps back after the paper was printed: the paper stays as it is, the count strikes the name."""

    option = models.OneToOneField(Option, models.PROTECT, related_name="withdrawal")
    because = models.CharField(max_length=300)
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="withdrawal_has_a_reason")]

    def __str__(self) -> str:
        return str(self.option)


class Lot(models.Model):
    """A lot drawn in public before a count that needs one: whoever repeats the count with this seed gets the same.

    The seed is what fell (dice, numbers out of a bowl), written as it was read out before two witnesses.
    """

    ballot = models.OneToOneField(Ballot, models.PROTECT, related_name="lot")
    seed = models.CharField(max_length=200)
    how = models.CharField(max_length=300)
    witness_1 = models.ForeignKey(Member, models.PROTECT, related_name="+")
    witness_2 = models.ForeignKey(Member, models.PROTECT, related_name="+")
    drawn_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(seed="") & ~Q(how=""), name="lot_has_its_words"),
            models.CheckConstraint(
                condition=~Q(witness_1=F("witness_2"))
                & ~Q(witness_1=F("drawn_by"))
                & ~Q(witness_2=F("drawn_by")),
                name="lot_before_two_witnesses",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ballot_id}: {self.seed}"
