"""Handing an office over: what goes with it, line by line, signed by who goes and who comes. Nobody else reads it but
who audits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coop.in_office import actions
from coop.in_office.models import HandedOver
from coop.in_office.rules import handover as rules
from coop.members.models import Mandate, Power
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..paper import to_print
from ..sheets import Sheet, WordsField
from ..stories import Story
from ..timetable import say_day


class LineSheet(Sheet):
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=lambda: [(kind.value, capfirst(str(kind.label))) for kind in HandedOver.Kind],
    )
    text = WordsField(
        label=gettext_lazy("What is handed over"),
        max_length=300,
        help_text=gettext_lazy("Say where a password is kept, and never the password."),
    )


class SignSheet(Sheet):
    lines: forms.ModelMultipleChoiceField[HandedOver] = forms.ModelMultipleChoiceField(None)

    def __init__(self, *args: Any, mandate: Mandate, **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["lines"]
        field.queryset = HandedOver.objects.filter(mandate=mandate)


def _mandate(here: Here, key: int) -> Mandate:
    """For the two, and who audits; for everybody else there is nothing here."""
    mandate = access.mandate(here, key)
    if not rules.reads(mandate, acting(here)) and not here.may(Power.AUDIT):
        raise Http404
    return mandate


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """GET shows the list; POST adds a line to it."""
    here = enter(request, coop)
    mandate = _mandate(here, key)
    form = LineSheet(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, here, mandate, form=form)
    try:
        actions.add_handover_line(mandate=mandate, by=acting(here), at=here.at, **form.cleaned_data)
    except Refused as refusal:
        return _page(request, here, mandate, form=form, reasons=refusal.reasons)
    messages.success(request, _("It stands on the list."))
    return redirect("handover", coop, key)


def _page(
    request: HttpRequest,
    here: Here,
    mandate: Mandate,
    *,
    form: LineSheet | None = None,
    reasons: list[Reason] | None = None,
) -> HttpResponse:
    me = acting(here)
    lines = list(HandedOver.objects.filter(mandate=mandate).select_related("received_by"))
    against = rules.obstacles_to_handing_over(mandate, by=me, at=here.at, bylaws=here.bylaws)
    comes = rules.successor(mandate)
    goes = mandate.member_id == me.pk
    receives = comes is not None and comes.pk == me.pk and not goes
    context = {
        "mandate": mandate,
        "lines": lines,
        "to_hand": [one for one in lines if one.handed_at is None] if goes and not against else [],
        "to_receive": [one for one in lines if one.handed_at and not one.received_at] if receives else [],
        "unsigned": sum(one.received_at is None for one in lines),
        "successor": comes,
        "goes": goes,
        "against": against if goes and not reasons else [],
        "form": form or LineSheet() if goes and not against else None,
        "reasons": reasons or [],
    }
    status = 409 if reasons else 422 if form is not None and form.errors else 200
    return render(request, "offices/handover/handover.html", context, status=status)


@require_POST
def begin(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """With what the house knows: actions that are open, questions nobody has answered."""
    here = enter(request, coop)
    mandate = _mandate(here, key)
    try:
        made = actions.begin_handover(mandate=mandate, by=acting(here), at=here.at)
    except Refused as refusal:
        return _page(request, here, mandate, reasons=refusal.reasons)
    words = ngettext("%(lines)d line was added.", "%(lines)d lines were added.", len(made))
    messages.success(request, words % {"lines": len(made)})
    return redirect("handover", coop, key)


@require_POST
def sign(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The lines that were ticked: handed over, or received."""
    here = enter(request, coop)
    mandate = _mandate(here, key)
    form = SignSheet(request.POST, mandate=mandate)
    lines = list(form.cleaned_data["lines"]) if form.is_valid() else []
    try:
        actions.sign_handover(mandate=mandate, lines=lines, by=acting(here), at=here.at)
    except Refused as refusal:
        return _page(request, here, mandate, reasons=refusal.reasons)
    messages.success(request, _("Signed."))
    return redirect("handover", coop, key)


@require_safe
def printed(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The list on paper, with room for both to sign."""
    here = enter(request, coop)
    mandate = _mandate(here, key)
    comes = rules.successor(mandate)
    lines = HandedOver.objects.filter(mandate=mandate)
    data = {
        "title": _("Handover"),
        "under": f"{mandate.seat.office.title}, {mandate.seat.office.body.name}",
        "house": here.cooperative.legal_name,
        "date": here.day.isoformat(),
        "notes": [
            _("Goes: %(name)s. Comes: %(next)s.")
            % {"name": mandate.member.name, "next": comes.name if comes else "……………………………"}
        ],
        "columns": [
            {"words": _("What it is"), "width": "auto"},
            {"words": _("What is handed over"), "width": "fr"},
            {"words": _("Handed over"), "width": "auto"},
            {"words": _("Received"), "width": "auto"},
        ],
        "rows": [
            [capfirst(one.get_kind_display()), one.text, _on(here, one.handed_at), _on(here, one.received_at)]
            for one in lines
        ],
        "room": 3,
    }
    return to_print("list", data, name=f"{_('Handover')}-{mandate.seat.office.title}")


def _on(here: Here, moment: Any) -> str:
    return date_format(here.cooperative.day_of(moment), "SHORT_DATE_FORMAT") if moment else ""


# --- On the front page ----------------------------------------------------------------------------------------------


def going(here: Here) -> QuerySet[Mandate]:
    """Mandates of one's own, from the warning of the bylaws until their lists had time to be signed."""
    last = here.at + rules.warning(here.bylaws)
    ends = Q(until__gt=here.at - rules.AFTERWARDS, until__lte=last, confirmed_at__isnull=False)
    return Mandate.objects.filter(ends, member=acting(here), seat__alternate=False)


def coming(here: Here) -> QuerySet[Mandate]:
    """Mandates of those before on one's own seats, with something that waits to be received."""
    me = acting(here)
    last = here.at + rules.warning(here.bylaws)
    mine = Mandate.objects.filter(
        member=me, since__gt=here.at - rules.AFTERWARDS, since__lte=last, confirmed_at__isnull=False
    )
    waiting = HandedOver.objects.filter(
        received_at=None, handed_at__isnull=False, mandate__seat__in=mine.values("seat")
    )
    return Mandate.objects.filter(pk__in=waiting.values("mandate")).exclude(member=me)


def to_hand_over(here: Here) -> list[Story]:
    """For who goes, what is to be handed over; for who comes, what is to be received."""
    goes = _signed(going(here)).select_related("seat__office").order_by("until", "pk")
    comes = _signed(coming(here)).select_related("seat__office", "member").order_by("pk")
    return [_story(here, one, _("You hand over")) for one in goes] + [
        _story(here, one, _("You take over")) for one in comes if rules.reads(one, acting(here))
    ]


def _signed(mandates: QuerySet[Mandate]) -> QuerySet[Mandate]:
    """Each with whether anything is on its list, and whether something on it is not signed by both."""
    lines = HandedOver.objects.filter(mandate=OuterRef("pk"))
    return mandates.annotate(listed=Exists(lines), unsigned=Exists(lines.filter(received_at=None)))


def _story(here: Here, one: Any, kicker: str) -> Story:
    open_, there = one.unsigned, one.listed
    late = one.until is not None and one.until <= here.at
    word = _("signed by both") if there and not open_ else _("not signed yet") if there else _("to begin")
    return Story(
        kicker=kicker,
        headline=one.seat.office.title,
        address=reverse("handover", args=[here.cooperative.slug, one.pk]),
        word=word,
        shape="done" if there and not open_ else "late" if late else "waiting",
        meta=_("the term ends on %(day)s") % {"day": say_day(here.cooperative.day_of(one.until))}
        if one.until
        else "",
    )
