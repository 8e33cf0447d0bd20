"""What was rejected and may come back: from which day, told beside it; and naming it in what is written anew."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.proposals.models import Proposal
from coop.proposals.rules import obstacles_to_writing, rejected_ones, returns_on

from .. import access
from ..access import Here, acting

State = Proposal.State


class Again(forms.ModelChoiceField):
    """Which rejected proposal a draft brings back."""

    def __init__(self, rejected: Any, here: Here) -> None:
        self.here = here
        super().__init__(
            rejected,
            label=gettext_lazy("Does it bring back something that was rejected?"),
            required=False,
            empty_label=gettext_lazy("no"),
            help_text=gettext_lazy(
                "What was rejected comes back after the months of the bylaws. The same words count as the same, "
                "whatever is chosen here."
            ),
            error_messages={"invalid_choice": gettext_lazy("Choose one of those that stand here.")},
        )

    def label_from_instance(self, obj: Proposal) -> str:
        obj.cooperative = self.here.cooperative
        day = date_format(returns_on(obj, self.here.bylaws), "DATE_FORMAT")
        return _("%(proposal)s (from %(day)s)") % {"proposal": obj, "day": day}


def add_again(form: forms.Form, here: Here) -> None:
    """The question stands in the form as soon as something has ever been rejected."""
    rejected = rejected_ones(here.cooperative)
    if rejected.exists():
        form.fields["again"] = Again(rejected, here)
        form.order_fields(["title", "clauses", "again"])


def begun_anew(request: HttpRequest, here: Here) -> dict[str, Any]:
    """With `?again=` the sheet holds the words of the rejected one; a key that names none is not there."""
    if "again" not in request.GET:
        return {"clauses": ["", ""]}
    before = access.rejected(here, request.GET["again"])
    words = {name: getattr(before, name) for name in ("title", "reasons", "matter")}
    return words | {"clauses": [clause.text for clause in before.clauses.all()], "again": before.pk}


@dataclass(frozen=True)
class MayReturn:
    """`day`: from which on; `now`: whether whoever looks may write it anew already."""

    proposal: Proposal
    day: datetime.date
    now: bool


def may_return(here: Here, found: Proposal) -> MayReturn | None:
    """Of a proposal that was put to the vote and not carried."""
    if found.state != State.SETTLED or found.carried is not False:
        return None
    found.cooperative = here.cooperative
    day = returns_on(found, here.bylaws)
    writes = not obstacles_to_writing(acting(here), here.day, here.bylaws)
    return MayReturn(found, day, writes and here.day >= day)


def comes_after(found: Proposal) -> list[Proposal]:
    """What has brought it back since, the first first."""
    return list(Proposal.objects.filter(again=found, number__isnull=False).order_by("published_at", "pk"))
