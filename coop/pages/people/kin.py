"""Who is kin of me, as I say it: where the bylaws keep kin of office-holders from auditing, eligibility reads it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from coop.elections import actions
from coop.elections.models import Kinship
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..people_found import PeopleForm, PersonField

DEGREES = [
    (1, gettext_lazy("1: parent, child, husband, wife, partner")),
    (2, gettext_lazy("2: brother, sister, grandparent, grandchild")),
    (3, gettext_lazy("3: uncle, aunt, nephew, niece")),
    (4, gettext_lazy("4: cousin")),
]


class KinForm(PeopleForm):
    person = PersonField(label=gettext_lazy("Who is kin of mine"))
    degree = forms.TypedChoiceField(
        label=gettext_lazy("How near"), choices=DEGREES, coerce=int, widget=forms.RadioSelect
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        return answers | {"person": self.member("person")}


@require_http_methods(["GET", "POST"])
def kin(request: HttpRequest, coop: str) -> HttpResponse:
    """One's own alone."""
    here = enter(request, coop)
    form = KinForm(request.POST if request.method == "POST" else None, here=here)
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            actions.declare_kin(
                relative=form.cleaned_data["person"],
                degree=form.cleaned_data["degree"],
                by=acting(here),
                at=here.at,
            )
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Written down."))
            return redirect("kin", coop)
    return _show(request, here, form, reasons)


def _show(request: HttpRequest, here: Here, form: KinForm, reasons: list[Reason]) -> HttpResponse:
    me = acting(here)
    said = Kinship.objects.filter(Q(first=me) | Q(second=me), taken_back_at=None)
    lines = [
        (found, found.second if found.first_id == me.pk else found.first)
        for found in said.select_related("first", "second")
    ]
    status = 409 if reasons else 422 if form.errors else 200
    context = {"form": form, "reasons": reasons, "lines": lines, "degree": here.bylaws.kinship_degree}
    return render(request, "people/consents/kin.html", context, status=status)


@require_POST
def take_back(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Of a kinship of one's own; of others there is none to be found."""
    here = enter(request, coop)
    found = access.kinship(here, key)
    try:
        actions.take_kin_back(kinship=found, by=acting(here), at=here.at)
    except Refused as refusal:
        return _show(request, here, KinForm(here=here), refusal.reasons)
    messages.success(request, _("Taken back."))
    return redirect("kin", coop)
