import datetime
import zoneinfo

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coop.charter.slugs import RESERVED, SLUG_PATTERN
from coop.journal.models import Chain


class LegalForm(models.TextChoices):
    OCCUPIED = "occupied", _("occupied plant")
    COOPERATIVE = "cooperative", _("worker co-operative")
    NATIONALISED = "nationalised", _("nationalised under workers' control")
    COMANAGEMENT = "comanagement", _("co-management")
    NETWORK = "network", _("network of co-operatives")


class Cooperative(models.Model):
    """One plant, or a network of plants. The slug is the first word of every address of its pages."""

    slug = models.CharField(max_length=40, unique=True)
    legal_name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    legal_form = models.CharField(max_length=20, choices=LegalForm.choices)
    town = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=120, blank=True)
    motto = models.CharField(max_length=200, blank=True)
    registered_number = models.CharField(max_length=60, blank=True)
    founded = models.DateField(null=True, blank=True)
    time_zone = models.CharField(max_length=60)
    currency_code = models.CharField(max_length=8)
    currency_decimals = models.PositiveSmallIntegerField(default=2)
    language = models.CharField(max_length=8, default="en")
    reference_pay = models.DecimalField(max_digits=14, decimal_places=4, default=0)
    chain = models.OneToOneField(Chain, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(condition=Q(slug__regex=SLUG_PATTERN), name="cooperative_slug_is_plain"),
            models.CheckConstraint(condition=~Q(slug__in=RESERVED), name="cooperative_slug_is_free"),
            models.CheckConstraint(
                condition=~Q(legal_name="") & ~Q(short_name=""), name="cooperative_has_names"
            ),
            models.CheckConstraint(
                condition=Q(legal_form__in=LegalForm.values), name="cooperative_legal_form_is_known"
            ),
            models.CheckConstraint(condition=~Q(time_zone=""), name="cooperative_has_time_zone"),
            models.CheckConstraint(
                condition=Q(currency_code__regex="^[A-Z][A-Z0-9]{0,7}$"),
                name="cooperative_currency_code_is_plain",
            ),
            models.CheckConstraint(
                condition=Q(currency_decimals__lte=4), name="cooperative_currency_decimals_to_four"
            ),
            models.CheckConstraint(
                condition=Q(language__regex="^[a-z]{2}(-[a-z]{2})?$"), name="cooperative_language"
            ),
            models.CheckConstraint(
                condition=Q(reference_pay__gte=0), name="cooperative_reference_pay_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    def day_of(self, at: datetime.datetime) -> datetime.date:
        """The calendar day of a moment where the plant stands."""
        return at.astimezone(self.zone).date()
