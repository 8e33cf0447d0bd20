"""Who steps aside on an item: everybody for themselves, or whoever leads writes them down, also many at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from coop.meetings import actions
from coop.meetings.conflicts import in_conflict
from coop.meetings.models import AgendaItem, ConflictOfInterest
from coop.meetings.rules.leading import obstacles_to_leading
from coop.members.models import Mandate, Member
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..people_found import PeopleForm, PersonField
from ..sheets import Sheet, WordsField
from .floor import led


class MineForm(Sheet):
    because = WordsField(
        label=gettext_lazy("Why I step aside"),
        help_text=gettext_lazy("One line for the minutes: it is my own report; my brother sells to us."),
        max_length=200,
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        # It stands beside the form for others, which asks for a reason too.
        super().__init__(*args, auto_id="mine_%s", **more)


class OthersForm(PeopleForm):
    """Office-holders who are there, ticked; or one person by number or name."""

    holders = forms.MultipleChoiceField(
        label=gettext_lazy("Office-holders in the hall"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    number = PersonField(label=gettext_lazy("Somebody else"), required=False)
    because = WordsField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("Such as: their own report, accounts or responsibility."),
        max_length=200,
    )

    def __init__(self, *args: Any, holders: list[Member], **more: Any) -> None:
        super().__init__(*args, **more)
        self.found = {str(one.number): one for one in holders}
        told = _("%(name)s, No. %(number)s")
        named = [(number, told % {"name": one.name, "number": number}) for number, one in self.found.items()]
        self.fields["holders"].choices = named  # type: ignore[attr-defined]
        if not named:
            del self.fields["holders"]

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        people = [self.found[number] for number in answers.get("holders") or ()]
        if answers.get("number") and (one := self.member("number")) is not None:
            people.append(one)
        if not people and not self.errors:
            self.add_error("number", _("Tick somebody, or give a number or a name."))
        answers["people"] = list(dict.fromkeys(people))
        return answers


def holders_in_hall(item: AgendaItem, here: Here) -> list[Member]:
    """Who is in the hall with a vote and holds a seat or an office now, and does not step aside yet. One query."""
    inside = item.meeting.attendances.filter(left_at=None, votes=True).values("member")
    aside = ConflictOfInterest.objects.filter(item=item, lifted_at=None).values("member")
    held = Mandate.objects.filter(Mandate.in_force(here.at), seat__alternate=False).values("member")
    found = Member.objects.filter(pk__in=inside).filter(pk__in=held).exclude(pk__in=aside)
    return list(found.order_by("number"))


@require_http_methods(["GET", "POST"])
def aside(request: HttpRequest, coop: str, key: int, place: str) -> HttpResponse:
    """Everybody reads who steps aside, and does so for themselves."""
    here = enter(request, coop)
    item = access.item(here, key, place)
    if item.meeting.number is None:
        raise Http404
    form = MineForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _page(request, here, item, mine=form)
    if not form.is_valid():
        return _page(request, here, item, mine=form, status=422)
    me = acting(here)
    try:
        actions.step_aside(item=item, member=me, because=form.cleaned_data["because"], by=me, at=here.at)
    except Refused as refusal:
        return _page(request, here, item, mine=form, reasons=refusal.reasons, status=409)
    messages.success(request, _("You step aside on this item: you do not vote on it."))
    return redirect("item-aside", coop, key, place)


@require_POST
def others(request: HttpRequest, coop: str, key: int, place: str) -> HttpResponse:
    """Whoever leads writes down those who do not vote on this item."""
    here = enter(request, coop)
    item = access.item(here, key, place)
    led(here, item.meeting)
    form = OthersForm(request.POST, here=here, holders=holders_in_hall(item, here))
    if not form.is_valid():
        return _page(request, here, item, others=form, status=422)
    people, because = form.cleaned_data["people"], form.cleaned_data["because"]
    try:
        actions.step_aside_all(item=item, members=people, because=because, by=acting(here), at=here.at)
    except Refused as refusal:
        return _page(request, here, item, others=form, reasons=refusal.reasons, status=409)
    words = ngettext("%(count)s person steps aside.", "%(count)s people step aside.", len(people))
    messages.success(request, words % {"count": len(people)})
    return redirect("item-aside", coop, key, place)


@require_POST
def back(request: HttpRequest, coop: str, key: int, place: str) -> HttpResponse:
    """It was written down by mistake."""
    here = enter(request, coop)
    item = access.item(here, key, place)
    asked = request.POST.get("number", "")
    found = ConflictOfInterest.objects.filter(item=item, lifted_at=None).select_related(
        "item__meeting", "member"
    )
    conflict = next((one for one in found if str(one.member.number) == asked), None)
    if conflict is None:
        raise Refused([Reason("steps-aside-no-more")])
    actions.come_back_in(conflict=conflict, by=acting(here), at=here.at)
    messages.success(request, _("%(name)s takes part again.") % {"name": conflict.member.name})
    return redirect("item-aside", coop, key, place)


def _page(
    request: HttpRequest,
    here: Here,
    item: AgendaItem,
    *,
    mine: MineForm | None = None,
    others: OthersForm | None = None,
    reasons: list[Reason] | None = None,
    status: int = 200,
) -> HttpResponse:
    me = acting(here)
    leads = not obstacles_to_leading(item.meeting, by=me, at=here.at)
    found = ConflictOfInterest.objects.filter(item=item, lifted_at=None).select_related("member")
    context = {
        "item": item,
        "meeting": item.meeting,
        "aside": list(found.order_by("member__number")),
        "mine": None if in_conflict(item, me) else (mine or MineForm()),
        "leads": leads,
        "others": (others or OthersForm(here=here, holders=holders_in_hall(item, here))) if leads else None,
        "reasons": reasons or [],
        "me": me,
    }
    return render(request, "meetings/aside/aside.html", context, status=status)
