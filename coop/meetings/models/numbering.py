"""Where the numbers of a body's meetings go on when the house begins in the middle of a year."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from coop.members.models import Body
from coop.members.models.countersigned import Countersigned, by_two


class LastInBook(Countersigned):
    """The last meeting of a body and a year that stands in the old book: the first one called here is the next.

    It waits for the second signature. Of several that are confirmed the latest counts, until the first meeting of that
    year is called here; from then on the meetings themselves tell how far the numbers have come.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()
    source = models.CharField(max_length=200)  # "Book of minutes 3, page 212"

    class Meta:
        ordering = ["-confirmed_at", "-pk"]
        constraints = [
            *by_two("last_in_book"),
            models.CheckConstraint(condition=~Q(source=""), name="last_in_book_names_its_page"),
            models.CheckConstraint(
                condition=Q(year__lte=models.F("entered_on__year")), name="last_in_book_is_of_the_past"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body.code} {self.year}-{self.last}"
