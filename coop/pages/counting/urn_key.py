"""The key of a sealed urn: who keeps it, each their own code, the key made or brought, and tried before the vote."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from coop.ballots import actions
from coop.ballots.office import obstacles_to_running
from coop.ballots.rules.urn import obstacles_to_screens
from coop.ballots.sealed.trustees import NEED, in_groups
from coop.members.models import Member
from coop.refusals import Reason, Refused

from ..access import acting, enter
from ..entrance.guessed import waiting
from ..paper import to_print
from ..people_found import PeopleForm, PersonField
from ..reasons import say
from ..sheets import Sheet
from .urn_codes import AtTheUrn, CodesForm, at_the_urn

LARGEST = 64 * 1024  # bytes of the file of a ceremony; five trustees need less than 8,000
PLACES = ("first", "second", "third", "fourth", "fifth")


class TrusteesForm(PeopleForm):
    first = PersonField(label=gettext_lazy("First trustee"))
    second = PersonField(label=gettext_lazy("Second"), help_text="")
    third = PersonField(label=gettext_lazy("Third"), help_text="")
    fourth = PersonField(label=gettext_lazy("Fourth"), required=False, help_text="")
    fifth = PersonField(label=gettext_lazy("Fifth"), required=False, help_text="")

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        self.chosen: list[Member] = [who for name in PLACES if (who := self.member(name)) is not None]
        if not self.errors and (len(self.chosen) not in NEED or len(set(self.chosen)) < len(self.chosen)):
            self.add_error(None, say(Reason("trustees-three-or-five")))
        return answers


class KeyFileForm(Sheet):
    file = forms.FileField(
        label=gettext_lazy("The file of the key ceremony"),
        widget=forms.FileInput(attrs={"accept": ".json,.txt"}),
        error_messages={
            "required": gettext_lazy("Choose the file."),
            "empty": gettext_lazy("The file is empty."),
        },
    )

    def clean_file(self) -> str:
        file = self.cleaned_data["file"]
        try:
            return "" if file.size > LARGEST else file.read().decode("utf-8")
        except UnicodeDecodeError:
            return ""  # the action says that this is not the file


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "POST"])
def key(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Where the key stands, for whoever runs the vote and its trustees. A POST names the trustees."""
    here = enter(request, coop)
    found = at_the_urn(here, key)
    if request.method == "GET":
        return _page(request, found)
    form = TrusteesForm(request.POST, here=here)
    if not form.is_valid():
        return _page(request, found, trustees_form=form, status=422)
    try:
        actions.set_up_urn(ballot=found.ballot, trustees=form.chosen, by=acting(here), at=here.at)
    except Refused as refusal:
        return _page(request, found, trustees_form=form, refused=refusal.reasons, status=409)
    messages.success(request, _("The urn is set up. Now each trustee draws a code, on their own screen."))
    return redirect("urn-key", coop, key)


@sensitive_post_parameters()
@sensitive_variables()
@require_POST
def draw(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The answer to the button is the only place where the code of a trustee ever stands."""
    here = enter(request, coop)
    found = at_the_urn(here, key)
    if request.POST.getlist("as") not in (
        ["page"],
        ["paper"],
    ):  # before anything is drawn that nobody would see
        return _page(request, found, refused=[Reason("code-shown-how")], status=422)
    try:
        code = in_groups(actions.draw_code(ballot=found.ballot, by=acting(here), at=here.at))
    except Refused as refusal:
        return _page(request, found, refused=refusal.reasons, status=409)
    if request.POST["as"] == "paper":
        return to_print("trustee", _sheet(found, code), name=_("code"))
    return render(request, "counting/urns/code.html", {"ballot": found.ballot, "code": code})


@sensitive_variables()
def _sheet(found: AtTheUrn, code: str) -> dict[str, Any]:
    me = acting(found.here)
    return {
        "title": _("Code of a trustee"),
        "under": f"{found.ballot.title} · {me.name} · {date_format(found.here.day, 'DATE_FORMAT')}",
        "house": found.here.cooperative.short_name,
        "date": found.here.day.isoformat(),
        "code": code,
        "notes": [
            _("Keep this sheet like the key of a box: shut away, shown to nobody, copied by nobody."),
            _(
                "Bring it when the key is tried, and when the sealed urn is opened. Then it is destroyed in public."
            ),
        ],
    }


@require_POST
def make(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = at_the_urn(here, key)
    try:
        actions.make_key(ballot=found.ballot, by=acting(here), at=here.at)
    except Refused as refusal:
        return _page(request, found, refused=refusal.reasons, status=409)
    messages.success(request, _("The key is made and divided. Now trustees try it with their codes."))
    return redirect("urn-key", coop, key)


@require_POST
def upload(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The file of a ceremony that was held on another machine."""
    here = enter(request, coop)
    found = at_the_urn(here, key)
    form = KeyFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, found, file_form=form, status=422)
    try:
        actions.take_key(ballot=found.ballot, file=form.cleaned_data["file"], by=acting(here), at=here.at)
    except Refused as refusal:
        unreadable = refusal.reasons[0].code == "key-file-unreadable"
        return _page(request, found, refused=refusal.reasons, status=422 if unreadable else 409)
    messages.success(request, _("The key is taken over. Now trustees try it with their codes."))
    return redirect("urn-key", coop, key)


@sensitive_post_parameters()
@sensitive_variables()
@require_POST
def test(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    found = at_the_urn(here, key)
    form = CodesForm(request.POST, trustees=found.trustees, need=found.urn.need if found.urn else 0)
    if not form.is_valid():
        return _page(request, found, codes_form=form, status=422)
    try:
        actions.test_key(ballot=found.ballot, codes=form.codes, by=acting(here), at=here.at)
    except Refused as refusal:
        wrong = refusal.reasons[0].code == "codes-do-not-open"
        if wrong:
            actions.note_wrong_codes(ballot=found.ballot, by=acting(here), at=here.at)
        return waiting(_page(request, found, refused=refusal.reasons, status=422 if wrong else 409), refusal)
    messages.success(request, _("The codes opened a test envelope. The key works; keep the codes well."))
    return redirect("urn-key", coop, key)


def _page(
    request: HttpRequest,
    found: AtTheUrn,
    *,
    trustees_form: TrusteesForm | None = None,
    codes_form: CodesForm | None = None,
    file_form: KeyFileForm | None = None,
    refused: list[Reason] | None = None,
    status: int = 200,
) -> HttpResponse:
    here, ballot, urn = found.here, found.ballot, found.urn
    undrawn = [one for one in found.trustees if one.drawn_at is None]
    draft = ballot.state == ballot.State.DRAFT
    runs = not obstacles_to_running(ballot, by=acting(here), at=here.at)
    context = {
        "ballot": ballot,
        "urn": urn,
        "trustees": found.trustees,
        "mine": found.mine,
        "undrawn": undrawn,
        "untouched": len(undrawn) == len(found.trustees),
        "draft": draft,
        "runs": runs,
        "refused": refused,
        "not_on_screens": obstacles_to_screens(ballot) if draft and not refused else [],
        "trustees_form": trustees_form or TrusteesForm(here=here),
        "file_form": file_form or KeyFileForm(),
        "codes_form": codes_form or CodesForm(trustees=found.trustees, need=urn.need if urn else 0),
        "steps": _steps(found, undrawn),
    }
    return render(request, "counting/urns/key.html", context, status=status)


def _steps(found: AtTheUrn, undrawn: list[Any]) -> list[dict[str, str]]:
    """Where the key stands on its way, for shared/steps.html."""
    urn = found.urn
    done = [
        urn is not None,
        urn is not None and not undrawn,
        urn is not None and urn.made_at is not None,
        urn is not None and urn.tested_at is not None,
    ]
    words = [_("Trustees named"), _("Codes drawn"), _("Key made"), _("Key tried")]
    first = done.index(False) if False in done else len(done)
    return [
        {"label": label, "state": "done" if place < first else "now" if place == first else "next"}
        for place, label in enumerate(words)
    ]
