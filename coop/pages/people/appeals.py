"""An appeal against a suspension: written by whom it is about, read by few, decided by the assembly."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from coop.decisions.models import Decision
from coop.members.models import Body, Power
from coop.members.rules.lives import last_day_of_appeal, obstacles_to_appealing
from coop.oversight import actions
from coop.oversight.models import Appeal
from coop.oversight.rules.appeals import SETTLED
from coop.oversight.rules.findings import LONGEST
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..paper import to_print
from ..read_by_audit import What, note
from ..sheets import Sheet, WordsField
from ..timetable import say_distance
from .discipline import DecisionField, suspension_of, vote_while_suspended

SHAPES = {Appeal.State.OPEN: "waiting", Appeal.State.LIFTED: "yes", Appeal.State.UPHELD: "no"}
LEADS = (Power.CONVENE, Power.CHAIR, Power.RECORD_MINUTES)  # over the assembly: they lay it before the hall


class AppealForm(Sheet):
    text = WordsField(
        label=gettext_lazy("Why you appeal"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy(
            "Read by who keeps the register, who audits, and who leads the assembly; in the hall you say yourself"
            " what you want to be heard."
        ),
    )


@require_http_methods(["GET", "POST"])
def make(request: HttpRequest, coop: str, number: int) -> HttpResponse:
    """GET says what an appeal is. For the person, and for the register office with a paper."""
    here = enter(request, coop)
    person = access.member(here, number)
    standing = suspension_of(here, person)
    if standing is None or not (acting(here).pk == person.pk or here.may(Power.KEEP_REGISTER)):
        raise Http404
    form = AppealForm(request.POST if request.method == "POST" else None)
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            made = actions.make_appeal(
                standing=standing, text=form.cleaned_data["text"], by=acting(here), at=here.at
            )
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(
                request, _("The appeal is on record, and on the next agenda of the assembly by itself.")
            )
            return redirect("appeal", coop, made.pk)
    against = obstacles_to_appealing(standing, by=acting(here), at=here.at, day=here.day, bylaws=here.bylaws)
    context = {
        "person": person,
        "standing": standing,
        "form": form,
        "reasons": reasons,
        "against": [] if reasons else against,
        "last": last_day_of_appeal(standing.since, here.bylaws),
        "vote": vote_while_suspended(here),
    }
    status = 409 if reasons or (against and form.is_bound) else 422 if form.errors else 200
    return render(request, "people/appeals/make.html", context, status=status)


def _reads(here: Here, found: Appeal) -> bool:
    """Who reads the words: the appellant, and those whose office it is to hear it. An audit is written down."""
    otherwise = acting(here).pk == found.appellant_id or here.may(Power.KEEP_REGISTER)
    if not otherwise:
        assembly = Body.objects.get(cooperative=here.cooperative, kind=Body.Kind.ASSEMBLY)
        otherwise = here.powers.any_of(LEADS, assembly)
    note(here, What.APPEAL, otherwise=otherwise, key=found.pk, label=found.label)
    return otherwise or here.may(Power.AUDIT)


@require_safe
def page(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = access.appeal(here, key)
    open_ = found.state == Appeal.State.OPEN
    late = open_ and found.due_on is not None and found.due_on < here.day
    context = {
        "found": found,
        "shape": "late" if late else SHAPES[Appeal.State(found.state)],
        "word": _("the assembly is late with it") if late else found.get_state_display(),
        "distance": say_distance(here.day, found.due_on) if open_ and found.due_on else "",
        "reads": _reads(here, found),
        "decides": here.may(Power.KEEP_REGISTER) and open_,
    }
    return render(request, "people/appeals/appeal.html", context)


class DecideForm(Sheet):
    decision = DecisionField(
        Decision.objects.none(),
        label=gettext_lazy("Decision of the assembly"),
        empty_label=gettext_lazy("choose one"),
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("What it decided"),
        choices=[
            ("lifted", gettext_lazy("The suspension is lifted")),
            ("upheld", gettext_lazy("The suspension stays, and is final")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any, found: Appeal) -> None:
        super().__init__(data)
        offered = Decision.objects.select_related("body").filter(
            cooperative=found.cooperative,
            body__kind=Body.Kind.ASSEMBLY,
            outcome__in=SETTLED,
            decided_at__gt=found.made_at,
        )
        self.fields["decision"].queryset = offered  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The register office writes down what the assembly decided; the standing follows in the same act."""
    here = enter(request, coop)
    found = access.appeal(here, key)
    if not here.may(Power.KEEP_REGISTER):
        raise Http404
    form = DecideForm(request.POST if request.method == "POST" else None, found)
    reasons: list[Reason] = []
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.decide_appeal(
                appeal=found,
                decision=given["decision"],
                lifted=given["outcome"] == "lifted",
                by=acting(here),
                at=here.at,
            )
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Written down. The record of the person says so from today."))
            return redirect("appeal", coop, key)
    status = 409 if reasons else 422 if form.errors else 200
    context = {"found": found, "form": form, "reasons": reasons, "open": found.state == Appeal.State.OPEN}
    return render(request, "people/appeals/decide.html", context, status=status)


@require_safe
def printed(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """For the file and for the hall; only who reads the words prints them."""
    here = enter(request, coop)
    found = access.appeal(here, key)
    if not _reads(here, found):
        raise Http404
    day_of = here.cooperative.day_of
    told = {"name": found.appellant.name, "number": found.appellant.number}
    notes = [
        _("%(name)s, No. %(number)s") % told,
        _("Suspended from %(day)s, by: %(document)s.")
        % {"day": date_format(found.standing.since, "DATE_FORMAT"), "document": found.standing.document},
        "",
        *found.text.split("\n"),
        "",
        _("Put on the next agenda of the assembly by the rules."),
    ]
    if found.decision is not None:
        notes += ["", f"{found.decision.label}: {found.get_state_display()}"]
    sheet = {
        "title": _("%(label)s: appeal against a sanction") % {"label": found.label},
        "house": here.cooperative.legal_name,
        "date": here.day.isoformat(),
        "under": _("Made on %(day)s") % {"day": date_format(day_of(found.made_at), "DATE_FORMAT")},
        "notes": notes,
    }
    return to_print("told", sheet, name=found.label.replace(" ", "_"))
