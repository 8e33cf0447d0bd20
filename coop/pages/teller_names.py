"""Who the tellers of a vote are."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.ballots import actions
from coop.ballots.models import Ballot, Teller
from coop.members.models import Member
from coop.refusals import Reason, Refused

from .access import Here, acting, enter, page_of
from .at_the_table import ballot_of_tellers, beside
from .sheets import Sheet, WordsField

PAGE = 50


class NamesForm(Sheet):
    numbers = WordsField(
        label=gettext_lazy("Member numbers"),
        max_length=200,
        help_text=gettext_lazy("With a space between them. Two who count and do not stand in this vote."),
    )

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, **more)
        self.here = here

    def clean_numbers(self) -> list[Member]:
        words = re.split(r"[\s,;]+", self.cleaned_data["numbers"])
        if not all(re.fullmatch("[0-9]{1,9}", word, re.ASCII) for word in words):
            raise forms.ValidationError(_("A member number has only digits."))
        numbers = {int(word) for word in words}
        if len(numbers) < len(words):
            raise forms.ValidationError(
                _("One number stands here twice. Two different people count; write each number once.")
            )
        found = Member.objects.filter(cooperative=self.here.cooperative, number__in=numbers).order_by(
            "number"
        )
        if missing := sorted(numbers - {member.number for member in found}):
            raise forms.ValidationError(_("Nobody here has the number %(number)s.") % {"number": missing[0]})
        return list(found)


@require_http_methods(["GET", "POST"])
def tellers(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    ballot = ballot_of_tellers(here, key)
    if request.method != "POST":
        return _tellers(request, here, ballot, NamesForm(here=here))
    form = NamesForm(request.POST, here=here)
    if not form.is_valid():
        return _tellers(request, here, ballot, form, status=422)
    chosen = form.cleaned_data["numbers"]
    try:
        actions.name_tellers(ballot=ballot, members=chosen, by=acting(here), at=here.at)
    except Refused as refusal:
        return _tellers(request, here, ballot, form, refused=refusal.reasons, status=409)
    messages.success(request, _("Named: %(names)s.") % {"names": ", ".join(one.name for one in chosen)})
    return redirect("tellers", coop, key)


def _tellers(
    request: HttpRequest,
    here: Here,
    ballot: Ballot,
    form: NamesForm,
    *,
    refused: list[Reason] | None = None,
    status: int = 200,
) -> HttpResponse:
    named = Teller.objects.filter(ballot=ballot).select_related("member", "named_by")
    context = {
        **beside(here, ballot),
        "page": page_of(request, named, PAGE),
        "form": form,
        "refused": refused,
    }
    return render(request, "tellers/tellers.html", context, status=status)
