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

from ..access import Here, acting, enter, page_of
from ..looking import Look
from ..people_found import PeopleForm, PersonField
from ..votes.at_the_table import ballot_of_tellers, beside

PAGE = 50


class NamesForm(PeopleForm):
    numbers = PersonField(
        label=gettext_lazy("Who counts"),
        help_text=gettext_lazy("Numbers with a space between them; or one name, and you choose from a list."),
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        words = re.split(r"[\s,;]+", answers.get("numbers", ""))
        if not any(words):
            return answers
        if not all(re.fullmatch("[0-9]{1,9}", word, re.ASCII) for word in words):
            one = self.member("numbers")
            return answers | {"members": [one] if one else []}
        try:
            return answers | {"members": self._numbered(words)}
        except forms.ValidationError as wrong:
            self.add_error("numbers", wrong)
        return answers

    def _numbered(self, words: list[str]) -> list[Member]:
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
    chosen = form.cleaned_data["members"]
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
    look = Look(request)
    context = {
        **beside(here, ballot),
        "look": look,
        "page": page_of(request, look.among(named, "{member__name} {member__number}"), PAGE),
        "form": form,
        "refused": refused,
    }
    return render(request, "counting/tellers/tellers.html", context, status=status)
