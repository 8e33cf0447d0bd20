"""The collective agreement: written article by article by a commission, before all vote on it (C18)."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coop.charter.models import Cooperative
from coop.members.models import Body, Crew, Member, Shift

from .proposals import Proposal

ALARM_DAYS = (180, 120, 60)  # before an agreement expires


class Agreement(models.Model):
    """What a commission writes, with the mandate it has for that, until it is adopted and replaced by the next one.

    What it replaces may never have been kept here: it is named in words, with the day on which it expires.
    """

    class State(models.TextChoices):
        DRAFTING = "drafting", _("being written")
        ADOPTED = "adopted", _("adopted")

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    code = models.CharField(max_length=16)  # as people quote it: LA-2027
    title = models.CharField(max_length=160)
    commission = models.ForeignKey(Body, models.PROTECT, related_name="+")
    mandate = models.CharField(max_length=200)  # the decision by which the assembly asked for it
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    old_title = models.CharField(max_length=160, blank=True)
    old_expires_on = models.DateField(null=True, blank=True)
    starts_on = models.DateField()
    expires_on = models.DateField()
    by_article = models.BooleanField(default=False)  # one question for each article, beside that on the whole
    comments_until = models.DateField(null=True, blank=True)  # the last day for them, included
    # The text as it was laid before the assembly; another one, when the first was not carried or was given up.
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFTING)
    adopted_on = models.DateField(null=True, blank=True)
    adopted_by = models.CharField(max_length=200, blank=True)  # the decision
    ended_on = models.DateField(null=True, blank=True)  # the first day of the one that replaced it
    begun_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "code"], name="agreement_code_once"),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(title="") & ~Q(mandate=""), name="agreement_has_its_words"
            ),
            models.CheckConstraint(
                condition=Q(expires_on__gt=F("starts_on")), name="agreement_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(state="drafting", adopted_on=None, adopted_by="", ended_on=None)
                | Q(state="adopted", adopted_on__isnull=False, adopted_by__gt="", proposal__isnull=False),
                name="agreement_adopted_by_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(old_expires_on=None) | ~Q(old_title=""), name="agreement_names_what_expires"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def is_laid_before(self) -> bool:
        """Whether a proposal of its words is under way, or was carried: then they change by amendments only."""
        if self.proposal is None:
            return False
        ended = (Proposal.State.WITHDRAWN, Proposal.State.FALLEN, Proposal.State.REFUSED)
        return self.proposal.state not in ended and self.proposal.carried is not False

    def takes_comments(self, day: datetime.date) -> bool:
        if self.state != self.State.DRAFTING or self.is_laid_before:
            return False
        return self.comments_until is None or day <= self.comments_until

    def rules_on(self, day: datetime.date) -> bool:
        """Adopted and begun; what is expired goes on until another begins."""
        if self.state != self.State.ADOPTED or day < self.starts_on:
            return False
        return self.ended_on is None or day < self.ended_on


class AgreementArticle(models.Model):
    """One article, and who writes it. Its words stand in its versions; title and count are those of the last."""

    class State(models.TextChoices):
        FIRST_DRAFT = "first_draft", _("first draft")
        IN_DISCUSSION = "in_discussion", _("in discussion")
        AGREED = "agreed_in_commission", _("agreed in the commission")
        OPEN_QUESTION = "open_question", _("open question")

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="articles")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    writer = models.ForeignKey(Member, models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State.choices, default=State.FIRST_DRAFT)
    question = models.CharField(max_length=500, blank=True)
    waits_for = models.ForeignKey(Proposal, models.PROTECT, null=True, blank=True, related_name="+")
    versions = models.PositiveIntegerField(default=0)  # a page that shows an older one is refused

    class Meta:
        ordering = ["agreement", "number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="article_number_once"),
            models.CheckConstraint(condition=Q(number__gt=0) & ~Q(title=""), name="article_has_its_head"),
            models.CheckConstraint(
                condition=Q(state="open_question", question__gt="")
                | (~Q(state="open_question") & Q(question="", waits_for=None)),
                name="article_open_question_is_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class ArticleText(models.Model):
    """What an article said from one saving to the next."""

    article = models.ForeignKey(AgreementArticle, models.PROTECT, related_name="texts")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=160)
    text = models.TextField()
    author = models.ForeignKey(Member, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["article", "number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="article_text_number_once"),
            models.CheckConstraint(condition=Q(number__gt=0) & ~Q(text=""), name="article_text_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.number}"


class ArticleComment(models.Model):
    """A word on an article: of one person, with the shift they work that day, or of a council for all shifts."""

    article = models.ForeignKey(AgreementArticle, models.PROTECT, related_name="comments")
    text = models.CharField(max_length=2_000)
    author = models.ForeignKey(Member, models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    crew = models.ForeignKey(Crew, models.PROTECT, null=True, blank=True, related_name="+")
    shift = models.ForeignKey(Shift, models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="article_comment_has_words"),
            models.CheckConstraint(
                condition=Q(on_behalf_of=None) | Q(crew=None, shift=None),
                name="council_speaks_for_all_shifts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.author_id}"


class AgreementStep(models.Model):
    """A day of the timetable, and whether what was to happen has been done."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="steps")
    day = models.DateField()
    what = models.CharField(max_length=200)
    done_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "day", "what"], name="agreement_step_once"),
            models.CheckConstraint(condition=~Q(what=""), name="agreement_step_has_words"),
            models.CheckConstraint(
                condition=Q(done_by=None, done_at=None) | Q(done_by__isnull=False, done_at__isnull=False),
                name="agreement_step_done_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.what}"
