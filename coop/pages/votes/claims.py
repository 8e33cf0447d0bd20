"""Claims against a posted register of voters: making one, reading them, and deciding them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coop.ballots import actions
from coop.ballots.lines import line_of
from coop.ballots.models import Claim, Register
from coop.ballots.rules.registers import decides, obstacles_in_the_facts, obstacles_to_deciding
from coop.members.models import Power
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter, page_of
from ..fields import NumberField, NumbersForm
from ..looking import Look
from ..read_by_audit import What, note
from ..sheets import Sheet, WordsField
from .registers import claims_open, until

PAGE = 20
LONGEST = 1000
SHAPES: dict[str, str] = {
    Claim.State.OPEN: "waiting",
    Claim.State.GRANTED: "yes",
    Claim.State.REFUSED: "no",
}
GRANT, REFUSE = "grant", "refuse"


def _kinds() -> list[tuple[str, str]]:
    return [(kind.value, capfirst(str(kind.label))) for kind in Claim.Kind]


class ClaimForm(NumbersForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("What is wrong with the list"), choices=_kinds, widget=forms.RadioSelect
    )
    number = NumberField(
        label=gettext_lazy("Number of the member it is about"),
        help_text=gettext_lazy("Your own, or that of a colleague."),
    )
    text = WordsField(
        label=gettext_lazy("Why"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "With day and paper, if there is one. The person it is about reads it, whoever decides it, and the auditor."
        ),
    )
    claimed_by = NumberField(
        label=gettext_lazy("Number of the member who says so"),
        required=False,
        help_text=gettext_lazy("Leave it empty when it is yourself."),
    )

    def __init__(self, *args: Any, here: Here, table: bool, **more: Any) -> None:
        super().__init__(*args, here=here, **more)
        if not table:
            del self.fields["claimed_by"]

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        answers["member"] = self.member("number")
        says_so = self.member("claimed_by") if answers.get("claimed_by") else acting(self.here)
        return answers | {"says_so": says_so}


class DecisionForm(Sheet):
    decision = forms.ChoiceField(
        label=gettext_lazy("The decision"),
        choices=[(GRANT, gettext_lazy("Granted: the list is changed")), (REFUSE, gettext_lazy("Refused"))],
        widget=forms.RadioSelect,
    )
    reasons = WordsField(
        label=gettext_lazy("Reasons"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "Everybody reads them. A refusal needs them. Nothing about illness or family here."
        ),
    )


# --- Making one -----------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def make(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    register = access.register(here, key)
    table = decides(register, here.powers)
    if request.method != "POST":
        mine = {"number": acting(here).number}
        return _form(request, here, register, ClaimForm(initial=mine, here=here, table=table))
    form = ClaimForm(request.POST, here=here, table=table)
    if not form.is_valid():
        return _form(request, here, register, form, status=422)
    answers = form.cleaned_data
    try:
        made = actions.claim(
            register=register,
            kind=answers["kind"],
            member=answers["member"],
            text=answers["text"],
            claimed_by=answers["says_so"],
            by=acting(here),
            at=here.at,
        )
    except Refused as refusal:
        return _form(request, here, register, form, refused=refusal.reasons, status=409)
    messages.success(request, _("Your claim is entered. The decision will stand here with its reasons."))
    return redirect("claim", coop, made.pk)


def _form(
    request: HttpRequest,
    here: Here,
    register: Register,
    form: ClaimForm,
    *,
    refused: list[Reason] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"register": register, "form": form, "refused": refused, "open": claims_open(here, register)}
    context["until"] = until(here, register.claims_until)
    return render(request, "votes/registers/claim_form.html", context, status=status)


# --- Reading them ---------------------------------------------------------------------------------------------------


@require_safe
def claims(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """All claims against one register, those that wait first; the words of a claim only on its own page."""
    here = enter(request, coop)
    register = access.register(here, key)
    found = register.claims.select_related("member")
    look = Look(request)
    found = look.among(found, "{member__name} {member__number} {reasons}")
    page = page_of(request, found.order_by(F("decided_at").desc(nulls_first=True), "made_at", "pk"), PAGE)
    rows = [(one, SHAPES[one.state]) for one in page]
    context = {
        "register": register,
        "look": look,
        "page": page,
        "rows": rows,
        "open": claims_open(here, register),
    }
    return render(request, "votes/registers/claims.html", context)


# --- Deciding one ---------------------------------------------------------------------------------------------------


@require_safe
def claim(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """One claim: where it stands for everybody, its words for few, and the form for whoever decides it."""
    here = enter(request, coop)
    return _claim(request, here, access.claim(here, key))


@require_POST
def decide(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.claim(here, key)
    form = DecisionForm(request.POST)
    if obstacles := obstacles_to_deciding(found, by=acting(here), at=here.at, powers=here.powers):
        return _claim(request, here, found, form=form, refused=obstacles, status=409)
    if not form.is_valid():
        return _claim(request, here, found, form=form, status=422)
    by, at, reasons = acting(here), here.at, form.cleaned_data["reasons"]
    try:
        if form.cleaned_data["decision"] == GRANT:
            actions.grant_claim(claim=found, reasons=reasons, by=by, at=at)
            messages.success(request, _("Granted. The list has been changed."))
        else:
            actions.refuse_claim(claim=found, reasons=reasons, by=by, at=at)
            messages.success(request, _("Refused. The reasons stand beside the claim."))
    except Refused as refusal:
        found = access.claim(here, key)  # somebody may have decided it meanwhile
        return _claim(request, here, found, form=form, refused=refusal.reasons, status=409)
    return redirect("claim", coop, key)


def _claim(
    request: HttpRequest,
    here: Here,
    found: Claim,
    *,
    form: DecisionForm | None = None,
    refused: list[Reason] | None = None,
    status: int = 200,
) -> HttpResponse:
    me = acting(here)
    office = decides(found.register, here.powers)
    obstacles = obstacles_to_deciding(found, by=me, at=here.at, powers=here.powers)
    concerned = me.pk in (found.member_id, found.claimed_by_id, found.entered_by_id)
    waits = found.state == Claim.State.OPEN
    note(here, What.CLAIM, otherwise=office or concerned, key=found.pk, label=str(found.register))
    context: dict[str, Any] = {
        "claim": found,
        "register": found.register,
        "shape": SHAPES[found.state],
        "reads": office or concerned or here.may(Power.AUDIT),
        "office": office,
        "obstacles": obstacles if office and waits else [],
        "may_decide": not obstacles,
        "form": form or DecisionForm(),
        "typed": {_("Reasons"): form.data.get("reasons", "")} if form and obstacles else None,
        "refused": refused,
    }
    if office and waits:
        context |= {
            "line": found.register.lines().filter(member=found.member_id).first(),
            "drawn": line_of(found.member, found.register.closes_on),
            "against": obstacles_in_the_facts(found),
        }
    return render(request, "votes/registers/claim.html", context, status=status)
