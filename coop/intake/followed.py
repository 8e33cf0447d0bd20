"""Whether anything has followed on a line that a list entered: only then can it no longer be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coop.journal.models import Entry
from coop.members.models import Correction, Member, Posting, Standing
from coop.members.seen import last_entry

from .models import Intake, IntakeRow

TOLD_BY_THE_JOURNAL = (IntakeRow, Standing, Posting, Correction)
BY_THE_LIST = ("member-admitted", "member-struck")


def tied_up(intake: Intake, made: Mapping[int, Mapping[str, Any]]) -> set[int]:
    """Those of whom anything else is known by now: access, a card, a vote, a mandate, a change of their line.

    `made` is what the list made of each member, by their id. Every table that points to people is asked, also those
    of stages further down: whoever adds one need not think of lists.
    """
    keys = list(made)
    tied = set(Member.objects.filter(pk__in=keys, account__isnull=False).values_list("pk", flat=True))
    for relation in Member._meta.get_fields(include_hidden=True):
        model: Any = relation.related_model
        if relation.auto_created and relation.is_relation and model not in TOLD_BY_THE_JOURNAL:
            column = relation.field.name  # type: ignore[union-attr]
            rows = model._base_manager.filter(**{f"{column}__in": keys})
            tied |= set(rows.values_list(column, flat=True))
    return tied | _changed(intake, made)


def _changed(intake: Intake, made: Mapping[int, Mapping[str, Any]]) -> set[int]:
    """Those with a later line in the journal. A number that was entered anew knows which line was its last."""
    since = Entry.objects.filter(chain=intake.cooperative.chain_id, at__gte=intake.confirmed_at)
    told = since.filter(subject_kind="member", subject_id__in=[str(key) for key in made])
    changed = {int(key) for key in told.exclude(verb__in=BY_THE_LIST).values_list("subject_id", flat=True)}
    again = {key for key in changed if "last" in made[key]}
    as_left = {
        one.pk for one in Member.objects.filter(pk__in=again) if last_entry(one) == made[one.pk]["last"]
    }
    return changed - as_left
