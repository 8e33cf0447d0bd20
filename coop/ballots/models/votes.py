"""The roll of one ballot, and the named votes of an open one."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q

from coop.asked_often import Often, given
from coop.members.models import Member, Posting

from .ballots import Ballot, Channel, Question
from .urns import Urn


class RollEntry(models.Model):
    """Somebody who may vote on this ballot. `channel` is filled once, by the vote: nobody counts twice.

    No time stands here: in a secret vote the order of marks would tell too much. `part`: the sitting of the meeting in
    which this person was there and had their turn. When that part of the vote is over they still count as present, and
    no longer vote.
    """

    has_moved: (
        bool  # as `on` finds it: whether anything is written of another post since the register was closed
    )

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="roll")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    present = models.BooleanField(default=False)
    part = models.PositiveSmallIntegerField(null=True, blank=True)
    channel = models.CharField(max_length=8, choices=Channel.choices, null=True, blank=True)  # noqa: DJ001 - empty is no channel
    urn = models.ForeignKey(
        Urn, models.PROTECT, null=True, blank=True, related_name="+"
    )  # where the paper went in

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "member"], name="on_the_roll_once"),
            models.CheckConstraint(
                condition=Q(channel=None) | Q(channel__in=["phone", "paper", "hands"]),
                name="roll_channel_is_known",
            ),
            models.CheckConstraint(condition=Q(urn=None) | Q(channel="paper"), name="roll_urn_is_for_paper"),
        ]

    def __str__(self) -> str:
        return f"{self.ballot_id}: {self.member_id}"

    @staticmethod
    def of(member: Member) -> models.QuerySet[RollEntry]:
        """The lines of this person on every roll, with all that decides whether they vote on a screen: one question."""
        return (
            RollEntry.objects.filter(member=member)
            .select_related("ballot__register", "member__account")
            .defer("ballot__text")
        )

    @staticmethod
    def on(ballot: Ballot, member: Member) -> RollEntry | None:
        """The line of this person on the roll of one ballot, as `of` finds it; asked with every paper."""
        return LINE.first(ballot=ballot.pk, member=member.pk)

    @property
    def paper_only(self) -> bool:
        """Whether others replaced this person's secret after the register was drawn."""
        account = self.member.account
        reset_at = account.reset_at if account else None
        return reset_at is not None and reset_at > self.ballot.register.drawn_at


def _posts_since() -> models.QuerySet[Posting]:
    return Posting.objects.filter(
        member=OuterRef("member"), struck_at=None, since__gt=OuterRef("ballot__register__closes_on")
    )


LINE = Often(
    lambda: (
        RollEntry.objects.filter(ballot_id=given("ballot"), member_id=given("member"))  # type: ignore[no-redef]
        .select_related("ballot__register", "member__account")
        .annotate(has_moved=Exists(_posts_since()))
        .only(
            "ballot__register__closes_on",
            "ballot__register__drawn_at",
            "channel",
            "member__account__reset_at",
            "part",
            "present",
            "urn",
        )
    )
)


class NamedVote(models.Model):
    """One answer to one question of an open vote. `form` is the number of the paper: the same one twice is one vote.

    `answer` is the paper in the notation of `counting.papers`: "for", "a=c" (two marks), "b>a" (a ranking), "blank".
    """

    entry = models.ForeignKey(RollEntry, models.PROTECT, related_name="votes")
    question = models.ForeignKey(Question, models.PROTECT, related_name="votes")
    answer = models.CharField(max_length=1000)
    form = models.CharField(max_length=32)
    cast_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "question"], name="one_answer_per_question"),
            models.UniqueConstraint(fields=["question", "form"], name="paper_number_once"),
            models.CheckConstraint(condition=~Q(answer=""), name="answer_is_said"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.answer}"
