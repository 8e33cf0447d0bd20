"""What happens in the hall: who leads today, which item is called, who speaks, what is moved, who steps aside."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coop.decisions.models import Decision
from coop.members.models import Member, Power

from .agenda import AgendaItem
from .meetings import Attendance, Meeting, Sitting


class SittingOffice(models.Model):
    """Chair or secretary for one sitting, named by those present where the elected one is not there.

    It gives that power over this meeting alone, from the naming until it is ended; a secretary for the day writes and
    signs the record of that sitting afterwards too.
    """

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="offices")
    power = models.CharField(
        max_length=16, choices=[(one.value, one.label) for one in (Power.CHAIR, Power.RECORD_MINUTES)]
    )
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    named_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["sitting__number", "named_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "power"], condition=Q(ended_at=None), name="one_office_of_a_sitting"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("named_at")), name="sitting_office_ends_after"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sitting_id}: {self.member_id} {self.power}"


class Stay(models.Model):
    """Somebody was in the hall from one moment to another. A person has one at most that has not ended."""

    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="stays")
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="stays")
    came_at = models.DateTimeField()
    went_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["came_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["attendance"], condition=Q(went_at=None), name="in_one_place_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(went_at=None) | Q(went_at__gte=F("came_at")), name="goes_after_coming"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attendance_id}: {self.came_at:%H:%M}"


class OnWatch(models.Model):
    """Somebody of the minimum crew, who cannot leave the furnaces for a sitting: the box comes to them."""

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="on_watch")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    post = models.CharField(max_length=120, blank=True)  # "potline 1, control room"
    named_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    named_at = models.DateTimeField()

    class Meta:
        ordering = ["member__number"]
        verbose_name_plural = "on watch"
        constraints = [models.UniqueConstraint(fields=["sitting", "member"], name="on_watch_once")]

    def __str__(self) -> str:
        return f"{self.sitting_id}: {self.member_id}"


class QuorumCount(models.Model):
    """People were counted: at a vote, or because somebody asked. What was needed then stands beside it."""

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="counts")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="+")
    present = models.PositiveIntegerField()
    needed = models.PositiveIntegerField()
    call = models.PositiveSmallIntegerField()  # 1 or 2
    asked_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    counted_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    counted_at = models.DateTimeField()

    class Meta:
        ordering = ["counted_at", "pk"]

    def __str__(self) -> str:
        return f"{self.sitting_id}: {self.present}/{self.needed}"

    @property
    def reached(self) -> bool:
        return self.present >= self.needed


class Pause(models.Model):
    """The sitting rests, and the screen in the hall is black: shouting, an alarm, food."""

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="pauses")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    goes_on_at = models.DateTimeField(null=True, blank=True)  # as it was announced, where it was
    because = models.CharField(max_length=160)
    called_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["sitting"], condition=Q(until=None), name="one_pause_at_a_time"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="pause_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sitting_id}: {self.because}"


class ItemCall(models.Model):
    """The chair calls an item in a sitting; from here to the next call (or the end) it is the one under way."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="calls")
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="calls")
    called_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    called_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["called_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sitting"], condition=Q(ended_at=None), name="one_item_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("called_at")), name="item_ends_after_its_call"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sitting_id}: {self.item_id}"


class ConflictOfInterest(models.Model):
    """Somebody steps aside on an item: a voice perhaps, no vote on it, and the base of its majority is smaller.

    Declared by themselves, or written down by whoever leads (their own report, accounts or responsibility).
    """

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="conflicts")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    because = models.CharField(max_length=200)
    declared_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["declared_at", "pk"]
        verbose_name_plural = "conflicts of interest"
        constraints = [
            models.UniqueConstraint(
                fields=["item", "member"], condition=Q(lifted_at=None), name="steps_aside_once"
            ),
            models.CheckConstraint(condition=~Q(because=""), name="conflict_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.member_id}"


class Turn(models.Model):
    """Somebody wants the floor on an item, has it, or had it. What was said is not recorded, only who spoke.

    `unnamed`: the minutes say "a member of the night shift" instead of the name, as the speaker has asked.
    """

    class Kind(models.TextChoices):
        MOVER = "mover", _("puts it forward")
        SPEAKER = "speaker", _("speaks")
        POINT_OF_ORDER = "point_of_order", _("point of order")
        REPLY = "reply", _("the mover's reply")

    class Direction(models.TextChoices):
        FOR = "for", _("for")
        AGAINST = "against", _("against")
        NONE = "", _("not said")

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="turns")
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="turns")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind.choices, default=Kind.SPEAKER)
    direction = models.CharField(max_length=8, choices=Direction.choices, blank=True)
    unnamed = models.BooleanField(default=False)
    interpreted = models.BooleanField(default=False)  # double time, where the bylaws say so
    asked_at = models.DateTimeField()
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    seconds = models.PositiveSmallIntegerField()  # allowed, from the bylaws, when it was asked for
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "sitting", "member", "kind"],
                condition=Q(began_at=None, withdrawn_at=None),
                name="asks_for_the_floor_once",
            ),
            models.UniqueConstraint(
                fields=["sitting"],
                condition=Q(began_at__isnull=False, ended_at=None),
                name="one_speaker_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(began_at__isnull=False, ended_at__gte=F("began_at")),
                name="turn_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(began_at=None), name="withdrawn_before_speaking"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.member_id}"


class ProceduralMotion(models.Model):
    """A motion on how to go on, decided at once by raised hands; only closing the debate has a majority of its own."""

    class Kind(models.TextChoices):
        CLOSE_LIST = "close_list", _("close the list of speakers")
        CLOSE_DEBATE = "close_debate", _("close the debate and vote")
        NEXT_ITEM = "next_item", _("go on to the next item")
        COUNT = "count", _("count those present")
        ADJOURN = "adjourn", _("adjourn")
        TAKE_UP = "take_up", _("take up an amendment that came late")
        VOTE_ANYWAY = "vote_anyway", _("vote on an amendment that fell as contrary")
        AGAINST_CHAIR = "against_chair", _("appeal against a ruling of the chair")
        OTHER = "other", _("another motion of order")

    class Outcome(models.TextChoices):
        CARRIED = "carried", _("carried")
        NOT_CARRIED = "not_carried", _("not carried")
        RULED_OUT = "ruled_out", _("ruled out by the chair")

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="procedural_motions")
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="procedural_motions")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    words = models.CharField(max_length=200, blank=True)
    moved_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    votes_for = models.PositiveIntegerField(null=True, blank=True)  # none: nobody asked for a count
    votes_against = models.PositiveIntegerField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["decided_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(votes_for=None, votes_against=None)
                | Q(votes_for__isnull=False, votes_against__isnull=False),
                name="motion_of_order_has_both_figures",
            ),
            models.CheckConstraint(condition=~Q(kind="other") | ~Q(words=""), name="other_motion_says_what"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.get_kind_display()}"


class Announcement(models.Model):
    """Whoever chairs has told the hall the result; before that no screen in the hall shows it."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="+")
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="announcements")
    announced_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    announced_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.item_id}: {self.decision_id}"


class OffAgenda(models.Model):
    """Raised from the floor and not on the agenda: written down, not decided, and offered to the next notice."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="off_agenda")
    title = models.CharField(max_length=160)
    text = models.TextField(max_length=2000, blank=True)
    raised_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    item = models.ForeignKey(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="+"
    )  # took it up

    class Meta:
        ordering = ["raised_at", "pk"]
        verbose_name_plural = "off the agenda"
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="off_agenda_has_a_title")]

    def __str__(self) -> str:
        return self.title
