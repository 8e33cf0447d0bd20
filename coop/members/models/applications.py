"""Asking to become a member: in writing, decided by the council with its reasons, open to appeal (practice C01)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coop.charter.models import Cooperative

from .people import Member
from .plant import Crew, Department


class Application(models.Model):
    """Open, then admitted, refused or withdrawn; a refusal may be appealed and is then upheld or turned over.

    A person is a member from the decision, not from the first working day. `applicant` is the line of the register of
    somebody who is in it already, hired or on trial; `member` is who came of it.
    """

    class State(models.TextChoices):
        OPEN = "open", _("waits for a decision")
        ADMITTED = "admitted", _("admitted")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")
        APPEALED = "appealed", _("refused, under appeal")
        UPHELD = "upheld", _("refused, also on appeal")

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    applicant = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="applications")
    name = models.CharField(max_length=120)
    plain_name = models.CharField(max_length=120, db_index=True)
    born = models.DateField(null=True, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")
    crew = models.ForeignKey(Crew, models.PROTECT, null=True, blank=True, related_name="+")
    job = models.CharField(max_length=120, blank=True)
    text = models.TextField(max_length=2000, blank=True)  # in the applicant's own words
    applied_on = models.DateField()  # the day on the paper
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)

    decided_on = models.DateField(null=True, blank=True)
    document = models.CharField(max_length=200, blank=True)  # the council's minute
    reasons = models.TextField(max_length=2000, blank=True)  # told to the applicant; obligatory for a refusal
    appealed_on = models.DateField(null=True, blank=True)
    appeal = models.TextField(max_length=2000, blank=True)
    appeal_decided_on = models.DateField(null=True, blank=True)
    appeal_document = models.CharField(max_length=200, blank=True)
    appeal_reasons = models.TextField(max_length=2000, blank=True)
    member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-applied_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "admitted", "refused", "withdrawn", "appealed", "upheld"]),
                name="application_state_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["admitted", "refused", "appealed", "upheld"])
                | (Q(decided_on__isnull=False) & ~Q(document="")),
                name="application_decided_by_a_document",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "appealed", "upheld"]) | ~Q(reasons=""),
                name="application_refused_with_reasons",
            ),
            models.CheckConstraint(
                condition=Q(state="admitted", member__isnull=False) | (~Q(state="admitted") & Q(member=None)),
                name="application_admitted_names_the_member",
            ),
        ]

    def __str__(self) -> str:
        return self.name
