"""Who is on watch during a sitting: the minimum crew, and the box that comes to them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.ballots.models import Ballot, Urn
from coop.meetings import actions
from coop.meetings.models import OnWatch, Sitting
from coop.refusals import Reason, Refused

from .. import access
from ..access import acting, enter, page_of
from ..looking import Look
from ..people_found import PeopleForm, PersonField
from ..sheets import WordsField
from .floor import led

PAGE = 50


class WatchForm(PeopleForm):
    number = PersonField(label=gettext_lazy("Who stays at their post"))
    post = WordsField(
        label=gettext_lazy("Where the box finds them"),
        help_text=gettext_lazy("Such as: potline 1, control room."),
        max_length=120,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        answers["member"] = self.member("number")
        return answers


@require_http_methods(["GET", "POST"])
def watch(request: HttpRequest, coop: str, key: int, number: int) -> HttpResponse:
    """The list of one sitting, and the next name on it."""
    here = enter(request, coop)
    sitting = access.sitting(here, key, number)
    led(here, sitting.meeting)
    form = WatchForm(request.POST if request.method == "POST" else None, here=here)
    if not form.is_bound:
        return _page(request, sitting, form, [], status=200)
    if not form.is_valid():
        return _page(request, sitting, form, [], status=422)
    named = form.cleaned_data["member"]
    post = form.cleaned_data["post"]
    try:
        actions.put_on_watch(sitting=sitting, member=named, post=post, by=acting(here), at=here.at)
    except Refused as refusal:
        return _page(request, sitting, form, refusal.reasons, status=409)
    messages.success(request, _("%(name)s is on watch; the box comes to them.") % {"name": named.name})
    return redirect("sitting-watch", coop, key, number)


def _page(
    request: HttpRequest, sitting: Sitting, form: forms.Form, reasons: list[Reason], *, status: int
) -> HttpResponse:
    listed = OnWatch.objects.filter(sitting=sitting).select_related("member")
    items = sitting.meeting.items.filter(decision__ballot__state=Ballot.State.OPEN)
    running = items.values_list("decision__ballot", flat=True)
    boxes = Urn.objects.filter(ballot__in=running, mobile=True, part=sitting.number).select_related("ballot")
    look = Look(request)
    context = {
        "meeting": sitting.meeting,
        "sitting": sitting,
        "look": look,
        "page": page_of(request, look.among(listed, "{member__name} {member__number} {post}"), PAGE),
        "boxes": list(boxes),
        "form": form if sitting.closed_at is None else None,
        "reasons": reasons,
    }
    return render(request, "meetings/watch/watch.html", context, status=status)
