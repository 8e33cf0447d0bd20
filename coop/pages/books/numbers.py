"""Everything that is carried over from the books, on one page; and the numbers of meetings that go on from there."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coop.decisions.models import CarriedDecision
from coop.meetings import actions
from coop.meetings.models import LastInBook
from coop.meetings.numbering import HIGHEST
from coop.members.models import Body, Mandate
from coop.members.rules import obstacles_to_carrying_over
from coop.members.rules.second_person import obstacles_to_keeping_the_archive
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..fields import EARLIEST, SourceField
from ..second_person import answered, beside
from ..sheets import Sheet


class LastForm(Sheet):
    body: forms.ModelChoiceField[Body] = forms.ModelChoiceField(
        None, label=gettext_lazy("Whose meetings"), to_field_name="code", empty_label=None
    )
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=EARLIEST.year)
    last = forms.IntegerField(
        label=gettext_lazy("Number of the last meeting in the book"), min_value=1, max_value=HIGHEST
    )
    source = SourceField()

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, **more)
        self.here = here
        bodies = Body.objects.filter(cooperative=here.cooperative).exclude(kind=Body.Kind.REGISTER)
        field: Any = self.fields["body"]
        field.queryset = bodies.select_related("cooperative__chain").order_by("name")
        field.initial = bodies.filter(kind=Body.Kind.ASSEMBLY).values_list("code", flat=True).first()
        self.fields["year"].initial = here.day.year

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if year > self.here.day.year:
            raise forms.ValidationError(_("That year has not come yet."))
        return year


@require_safe
def carried_over(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    return _show(request, here)


@require_http_methods(["GET", "POST"])
def number(request: HttpRequest, coop: str) -> HttpResponse:
    """The number at which the meetings of a body and a year end in the book."""
    here = enter(request, coop)
    if obstacles_to_keeping_the_archive(here.cooperative, by=acting(here), at=here.at, powers=here.powers):
        raise Http404
    form = LastForm(request.POST if request.method == "POST" else None, here=here)
    context: dict[str, Any] = {"form": form}
    if request.method == "GET":
        return render(request, "books/carried_over/number.html", context)
    if not form.is_valid():
        return render(request, "books/carried_over/number.html", context, status=422)
    try:
        actions.go_on_from_book(**form.cleaned_data, by=acting(here), at=here.at)
    except Refused as refusal:
        context["refused"] = refusal.reasons
        return render(request, "books/carried_over/number.html", context, status=409)
    messages.success(request, _("Entered. It counts when a second person has looked at the last page."))
    return redirect("carried-over", coop)


@require_POST
def countersign(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    entry = access.last_in_book(here, key)
    try:
        answered(
            request,
            here,
            confirm=partial(actions.confirm_last, entry=entry),
            turn_down=partial(actions.turn_down_last, entry=entry),
            confirmed=_("Confirmed. The next meeting goes on from there."),
        )
    except Refused as refusal:
        return _show(request, here, refused=refusal.reasons, typed=(key, request.POST.get("because", "")))
    return redirect("carried-over", coop)


def _show(
    request: HttpRequest,
    here: Here,
    *,
    refused: list[Reason] | None = None,
    typed: tuple[int, str] = (0, ""),
) -> HttpResponse:
    me = acting(here)
    asked: dict[str, Any] = {"by": me, "at": here.at, "powers": here.powers}
    context = {
        "refused": refused,
        "numbers": [_row(here, entry, typed) for entry in access.last_numbers(here)],
        "archive": not obstacles_to_keeping_the_archive(here.cooperative, **asked),
        "carries": not obstacles_to_carrying_over(here.cooperative, **asked),
        "decisions": CarriedDecision.objects.filter(cooperative=here.cooperative).aggregate(
            counted=Count("pk", filter=CarriedDecision.counted()),
            waiting=Count("pk", filter=Q(confirmed_at=None, refused_at=None)),
        ),
        "mandates": Mandate.objects.filter(
            member__cooperative=here.cooperative, begun=Mandate.Begun.CARRIED_OVER
        ).aggregate(
            counted=Count("pk", filter=Q(confirmed_at__isnull=False)),
            waiting=Count("pk", filter=Q(confirmed_at=None, ended="")),
        ),
    }
    return render(request, "books/carried_over/carried_over.html", context, status=409 if refused else 200)


def _row(here: Here, entry: LastInBook, typed: tuple[int, str]) -> dict[str, Any]:
    return {
        "entry": entry,
        **beside(here, entry),
        "typed": typed[1] if typed[0] == entry.pk else "",
    }
