"""Two versions of a proposal side by side: as published, as its mover has it, as the meeting left it, as decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from coop.decisions.models import Decision
from coop.proposals.amended_text import AmendedText
from coop.proposals.amending import Delete, Insert, Mark, Words
from coop.proposals.comparing import Pair, paired
from coop.proposals.models import Proposal
from coop.proposals.versions import Stage, Version, versions
from coop.proposals.wording import clauses_in

from .. import access
from ..access import enter
from ..sheets import Sheet
from .amendment_marks import Marked, words_in_and_out

NAMES = {
    Stage.PUBLISHED: gettext_lazy("as it was published"),
    Stage.TAKEN_IN: gettext_lazy("with what its mover took in"),
    Stage.LEFT: gettext_lazy("as the meeting left it"),
    Stage.DECIDED: gettext_lazy("as it was decided"),
}


class Two(Sheet):
    first = forms.ChoiceField(label=gettext_lazy("This version"))
    second = forms.ChoiceField(label=gettext_lazy("Beside this one"))

    def __init__(self, *args: Any, found: list[Version], **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [(str(one.stage), name_of(one)) for one in found]
        for field in self.fields.values():
            field.choices = choices  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Row:
    """A clause of both versions: as one marked text, and each by itself with its part of the marks."""

    pair: Pair
    runs: list[Marked]

    @property
    def left(self) -> list[Marked]:
        return [run for run in self.runs if run.mark != Mark.IN]

    @property
    def right(self) -> list[Marked]:
        return [run for run in self.runs if run.mark != Mark.OUT]


def name_of(version: Version) -> str:
    """What it is, and the amendments in it."""
    name = str(NAMES[version.stage])
    if not version.amendments:
        return name
    labels = ", ".join(one.short for one in version.amendments)
    return _("%(version)s (%(labels)s)") % {"version": name, "labels": labels}


@require_safe
def compared(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Computed anew for every reader, from as many queries for one amendment as for three hundred."""
    here = enter(request, coop)
    found = access.proposal(here, key)
    if found.published_at is None:
        raise Http404
    every = _versions(found)
    form = Two(request.GET if {"first", "second"} & request.GET.keys() else None, found=every)
    first, second = every[0], every[-1]
    if form.is_valid():
        by_stage = {str(one.stage): one for one in every}
        first, second = by_stage[form.cleaned_data["first"]], by_stage[form.cleaned_data["second"]]
    elif not form.is_bound:
        form = Two(initial={"first": str(first.stage), "second": str(second.stage)}, found=every)
    rows = [] if form.errors else _rows(first.clauses, second.clauses)
    context = {
        "proposal": found,
        "form": form,
        "several": len(every) > 1,
        "first": name_of(first),
        "second": name_of(second),
        "rows": rows,
        "changed": sum(row.pair.is_changed for row in rows),
    }
    return render(request, "proposals/versions/compared.html", context, status=422 if form.errors else 200)


def _versions(proposal: Proposal) -> list[Version]:
    found = versions(AmendedText.of(proposal))
    decision = (
        Decision.objects.filter(proposal=proposal, amendment=None, number__isnull=False)
        .order_by("put_at", "pk")
        .last()
    )
    if decision is not None:
        clauses = [clause.text for clause in clauses_in(decision.final_text)[1]]
        found.append(Version(Stage.DECIDED, clauses))
    return found


def _rows(old: Sequence[str], new: Sequence[str]) -> list[Row]:
    return [Row(pair, _runs(pair)) for pair in paired(old, new)]


def _runs(pair: Pair) -> list[Marked]:
    if pair.before is None:
        return words_in_and_out("", Insert(0, pair.new))
    if pair.after is None:
        return words_in_and_out(pair.old, Delete(pair.before))
    return words_in_and_out(pair.old, Words(pair.before, pair.new))
