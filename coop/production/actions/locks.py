"""Rows as they stand, held until the transaction ends; several problems in the order of their ids."""

from __future__ import annotations

from coop.charter.models import Cooperative

from ..models import Problem


def locked(problem: Problem) -> Problem:
    held = Problem.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("cooperative__chain", "area__department", "raised_by__cooperative").get(
        pk=problem.pk
    )


def hold(cooperative: Cooperative) -> Cooperative:
    """One at a time gives numbers."""
    held = Cooperative.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("chain").get(pk=cooperative.pk)
