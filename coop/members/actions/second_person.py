"""The second signature under an entry, or its refusal. The stage that keeps the entry writes the journal line."""

from __future__ import annotations

import datetime

from django.db import transaction

from coop.refusals import refuse_if

from ..models import Member
from ..models.countersigned import Countersigned
from ..rules.second_person import obstacles_to_confirming, obstacles_to_turning_down


@transaction.atomic
def confirm_entry(*, entry: Countersigned, by: Member, at: datetime.datetime) -> None:
    """Somebody else has compared it with the paper."""
    locked = _locked(entry)
    refuse_if(obstacles_to_confirming(locked, by=by, at=at))
    type(entry)._base_manager.filter(pk=entry.pk).update(confirmed_by=by, confirmed_at=at)


@transaction.atomic
def turn_down_entry(*, entry: Countersigned, because: str, by: Member, at: datetime.datetime) -> None:
    """The paper says otherwise: it stays legible and counts for nothing."""
    locked = _locked(entry)
    refuse_if(obstacles_to_turning_down(locked, because=because, by=by, at=at))
    type(entry)._base_manager.filter(pk=entry.pk).update(
        refused_by=by, refused_at=at, refused_because=because.strip()
    )


def _locked(entry: Countersigned) -> Countersigned:
    return type(entry)._base_manager.select_for_update(of=("self",), no_key=True).get(pk=entry.pk)
