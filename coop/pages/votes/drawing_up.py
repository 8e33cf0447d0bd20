"""Drawing up a vote outside of a meeting: who votes, what is asked and how, until when. Somebody else opens it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Case, QuerySet, When
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from coop.ballots import actions
from coop.ballots.models import Ballot, Register
from coop.ballots.models.ballots import Channel
from coop.ballots.office import RUNNING
from coop.ballots.rules.drawing_up import MOST_QUESTIONS
from coop.members.models import Body
from coop.proposals.models import Proposal
from coop.refusals import Reason, Refused

from ..access import Here, acting, enter
from ..fields import HourField
from ..sheets import Sheet, WordsField
from .questions_asked import QuestionForm

NEW = "new"
UNJUDGED = {"more", "find", "put"}  # buttons that only find room or somebody
PUT = re.compile(r"(q[0-9]{1,2})-([0-9]{1,9} .{1,200})")
REGISTERS = 30  # the last ones; an older list is nobody's register any more


def bodies_to_lead(here: Here) -> QuerySet[Body]:
    """The bodies whose votes this person draws up, opens and closes."""
    return Body.objects.filter(here.powers.over(*RUNNING, field="pk"), cooperative=here.cooperative)


def _secrecies() -> list[tuple[str, str]]:
    return [(code, capfirst(str(words))) for code, words in Ballot.Secrecy.choices]


def _channels() -> list[tuple[str, str]]:
    """Hands are raised in meetings."""
    return [(code.value, capfirst(str(code.label))) for code in (Channel.PHONE, Channel.PAPER)]


class VoteForm(Sheet):
    body: forms.ModelChoiceField[Body] = forms.ModelChoiceField(
        None, label=gettext_lazy("Who votes"), to_field_name="code", empty_label=None
    )
    register = forms.ChoiceField(
        label=gettext_lazy("On which register of voters"),
        help_text=gettext_lazy(
            "A new one is drawn as of today and is open to claims for the days of the bylaws; until then the vote"
            " cannot open. One that is final already can be opened at once."
        ),
    )
    title = WordsField(
        label=gettext_lazy("Title"),
        max_length=200,
        help_text=gettext_lazy("As it stands in lists, such as “Election of the council, 2027”."),
    )
    text = WordsField(
        label=gettext_lazy("What it is about"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Stands on the page of the vote and is frozen when it opens."),
    )
    matter = forms.ChoiceField(
        label=gettext_lazy("What kind of business is it?"),
        choices=Proposal.Matter.choices,
        initial=Proposal.Matter.ORDINARY,
        help_text=gettext_lazy("Decides the majority. Where people stand, it is the majority for elections."),
    )
    secrecy = forms.ChoiceField(
        label=gettext_lazy("Open or secret"),
        choices=_secrecies,
        widget=forms.RadioSelect,
        initial=Ballot.Secrecy.SECRET,
        help_text=gettext_lazy(
            "Secret unless you say otherwise; elections of people are always secret where the rules say so."
        ),
    )
    channels = forms.MultipleChoiceField(
        label=gettext_lazy("How people can vote"),
        choices=_channels,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Tick one or both; nothing is ticked for you. Everybody votes one way only, and all is counted together."
        ),
    )
    closes_at = HourField(
        label=gettext_lazy("Closes at"),
        help_text=gettext_lazy("Day and hour on the clock of the plant. Nobody can shorten it afterwards."),
    )

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, **more)
        self.here = here
        bodies = bodies_to_lead(here)
        assembly = Case(When(kind=Body.Kind.ASSEMBLY, then=0), default=1)  # most votes are of everybody
        self.fields["body"].queryset = bodies.order_by(assembly, "code")  # type: ignore[attr-defined]
        self.registers = {
            str(register.pk): register
            for register in Register.objects.filter(cooperative=here.cooperative, body__in=bodies)
            .select_related("body")
            .order_by("-closes_on", "-pk")[:REGISTERS]
        }
        listed = [(key, _said(register)) for key, register in self.registers.items()]
        self.fields["register"].choices = [("", _("Choose one")), (NEW, _("A new one, as of today")), *listed]  # type: ignore[attr-defined]

    def drawn(self) -> Register | None:
        register = self.registers.get(self.cleaned_data["register"])
        if register is not None:
            register.cooperative = register.body.cooperative = self.cleaned_data["body"].cooperative
        return register


def _said(register: Register) -> str:
    words = (
        ngettext(
            "%(body)s, as of %(day)s, %(people)s person",
            "%(body)s, as of %(day)s, %(people)s people",
            register.people,
        )
        if register.final_at
        else ngettext(
            "%(body)s, as of %(day)s, %(people)s person, not final yet",
            "%(body)s, as of %(day)s, %(people)s people, not final yet",
            register.people,
        )
    )
    day = date_format(register.closes_on, "DATE_FORMAT")
    return words % {"body": register.body.name, "day": day, "people": register.people}


@require_http_methods(["GET", "POST"])
def draw_up(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    if not bodies_to_lead(here).exists():
        raise Http404
    draft = sent(request, here)
    if not draft.judged or not draft.is_whole():
        return show(request, draft, status=422 if draft.judged else 200)
    try:
        made = actions.prepare(**draft.given(), by=acting(here), at=here.at)
    except Refused as refusal:
        return show(request, draft, reasons=refusal.reasons, status=409)
    messages.success(request, _("Drawn up. Somebody else reads it once more and opens it."))
    return redirect("vote-office", coop, made.pk)


@dataclass
class Draft:
    """The sheets of a vote that is drawn up. `judged`: sent to be entered, not only to find room or somebody."""

    form: VoteForm
    asked: list[QuestionForm]
    judged: bool

    def is_whole(self) -> bool:
        """Judges each sheet, so that all that is wrong is said at once."""
        whole = [one.is_valid() for one in (self.form, *self.asked)]
        return all(whole)

    def given(self) -> dict[str, Any]:
        """What the sheets say, as the actions take it."""
        names = ("body", "title", "text", "matter", "secrecy", "channels", "closes_at")
        told = {name: self.form.cleaned_data[name] for name in names}
        told["body"].cooperative = self.form.here.cooperative
        return told | {"register": self.form.drawn(), "questions": [one.asked() for one in self.asked]}


def sent(request: HttpRequest, here: Here) -> Draft:
    """The sheets as they were sent; empty ones for a page that is only looked at."""
    if request.method != "POST":
        return Draft(VoteForm(here=here), [QuestionForm(here=here, prefix="q1")], judged=False)
    posted, many = _put(request.POST), _how_many(request)
    form = VoteForm(posted, here=here)
    asked = [QuestionForm(posted, here=here, prefix=f"q{n}") for n in range(1, many + 1)]
    if "more" in request.POST and many < MOST_QUESTIONS:
        asked.append(QuestionForm(here=here, prefix=f"q{many + 1}"))
    judged = UNJUDGED.isdisjoint(request.POST)
    if not judged:  # what was typed stands in the boxes, without a word about what is missing
        for one in (form, *asked):
            one.quiet()
        for one in asked if "find" in request.POST else ():
            one.look()
    return Draft(form, asked, judged)


def _put(posted: QueryDict) -> QueryDict:
    """What was sent, with whom a search found among the choices of its question when that was pressed."""
    told = PUT.fullmatch(posted.get("put", ""))
    if told is None:
        return posted
    filled = posted.copy()
    name = f"{told[1]}-choices"
    filled[name] = f"{posted.get(name, '').rstrip()}\n{told[2]}".lstrip()
    filled[f"{told[1]}-find"] = ""
    return filled


def _how_many(request: HttpRequest) -> int:
    """How many questions stand on the form; a number that no page sent is one."""
    said = request.POST.get("questions", "1")
    count = int(said) if said.isascii() and said.isdecimal() and len(said) < 3 else 1
    return max(1, min(count, MOST_QUESTIONS))


def show(
    request: HttpRequest,
    draft: Draft,
    *,
    reasons: list[Reason] | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        "form": draft.form,
        "asked": draft.asked,
        "reasons": reasons,
        "room": len(draft.asked) < MOST_QUESTIONS,
        "judged": status != 200,
        **more,
    }
    return render(request, "votes/drawing_up/draw_up.html", context, status=status)
