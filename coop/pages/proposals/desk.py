"""The writing desk: a proposal is written in clauses, looked at, kept as a draft, published or withdrawn."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.members.models import Body
from coop.proposals import actions
from coop.proposals.models import Proposal
from coop.proposals.rules import (
    bodies_spoken_for,
    obstacles_in_text,
    obstacles_to_publishing,
    obstacles_to_returning,
    obstacles_to_rewriting,
    obstacles_to_withdrawing,
    obstacles_to_writing,
)
from coop.proposals.wording import MOST_CLAUSES
from coop.refusals import Reason, Refused, refuse_if

from .. import access
from ..access import Here, acting, enter
from ..reasons import say
from ..sheets import WordsField
from .brought_back import add_again, begun_anew
from .proposals import say_rule_for, sentence


class ClauseBoxes(forms.Widget):
    """Several boxes of one name; the page draws them itself."""

    use_fieldset = True

    def value_from_datadict(self, data: Any, files: MultiValueDict[str, Any], name: str) -> list[str]:
        return list(data.getlist(name))


class Clauses(forms.Field):
    widget = ClauseBoxes

    def clean(self, value: list[str] | None) -> list[str]:
        clauses = value or []
        if any("\x00" in text for text in clauses):
            raise forms.ValidationError(_("There is a character in it that cannot be stored."))
        if any("\ufffd" in text for text in clauses):
            raise forms.ValidationError(
                _("Some letters of this did not arrive whole. Please type them again.")
            )
        reasons = obstacles_in_text("title", clauses)
        if reasons:
            raise forms.ValidationError([say(reason) for reason in reasons])
        return clauses


class Words(forms.Form):
    """A proposal as it is typed. Which majority it will need is said beside each matter."""

    title = WordsField(
        label=gettext_lazy("Title"),
        max_length=160,
        help_text=gettext_lazy("What shall be decided, in one line."),
        error_messages={"required": gettext_lazy("A proposal needs a title.")},
    )
    clauses = Clauses(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy("One thing in each clause: so it can be cited, and changed, by its number."),
    )
    matter = forms.ChoiceField(
        label=gettext_lazy("What kind of business is it?"),
        choices=Proposal.Matter.choices,
        initial=Proposal.Matter.ORDINARY,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("The bylaws ask for another majority for each kind."),
    )
    on_behalf_of: forms.ModelChoiceField[Body] | None = forms.ModelChoiceField(
        None,
        label=gettext_lazy("In whose name?"),
        required=False,
        to_field_name="code",
        empty_label=gettext_lazy("my own"),
        help_text=gettext_lazy("A body may decide at its own meetings what was written in its name."),
    )
    reasons = WordsField(
        label=gettext_lazy("Reasons"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Why. They are shown with the proposal; only the text itself is voted."),
    )

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, **more)
        bodies = bodies_spoken_for(acting(here), here.at).order_by("name")
        if "on_behalf_of" in self.fields and bodies:
            self.fields["on_behalf_of"].queryset = bodies  # type: ignore[attr-defined]
        else:
            self.fields.pop("on_behalf_of", None)
        add_again(self, here)
        self.fields["matter"].choices = [  # type: ignore[attr-defined]
            (matter, format_html("<b>{}.</b> {}", sentence(label), say_rule_for(here.bylaws, matter)))
            for matter, label in Proposal.Matter.choices
        ]

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean(self) -> None:
        for name in self.fields:
            if name != "clauses" and len(cast(QueryDict, self.data).getlist(name)) > 1:
                self.add_error(name, say(Reason("two-choices")))

    @property
    def typed(self) -> dict[str, Any]:
        """What stands in the boxes now, valid or not."""
        return {name: self[name].value() for name in self.fields}


class WordsAgain(Words):
    """The same for a draft: `revision` is the one that was on the screen. In whose name it is was said at the first."""

    on_behalf_of = None
    revision = forms.IntegerField(
        min_value=1,
        max_value=2**31 - 1,
        widget=forms.HiddenInput,
        error_messages={"required": gettext_lazy("This form cannot be read. Open the draft again.")},
    )


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    me = acting(here)
    if request.method == "GET":
        obstacles = obstacles_to_writing(me, here.day, here.bylaws)
        form = Words(here=here, initial=begun_anew(request, here))
        return _desk(request, form, obstacles=obstacles)
    form = Words(request.POST, here=here)
    if answer := _only_looked(request, here, form):
        return answer
    try:
        written = actions.write(**form.cleaned_data, by=me, at=here.at)
    except Refused as refusal:
        return _desk(request, form, refused=refusal.reasons, status=409)
    messages.success(request, _("Saved as a draft. Only you see it until you publish it."))
    return redirect("proposal", coop, written.pk)


@require_http_methods(["GET", "POST"])
def rewrite(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    me = acting(here)
    stored = access.proposal(here, key)
    if request.method == "GET":
        refuse_if(obstacles_to_rewriting(stored, by=me, revision=stored.revision))
        texts = [clause.text for clause in stored.clauses.all()]
        initial = {name: getattr(stored, name) for name in ("title", "matter", "reasons", "revision")}
        initial |= {"clauses": texts, "again": stored.again_id}
        return _desk(request, WordsAgain(here=here, initial=initial), draft=stored)
    form = WordsAgain(request.POST, here=here)
    if answer := _only_looked(request, here, form, draft=stored):
        return answer
    try:
        actions.rewrite(proposal=stored, **form.cleaned_data, by=me, at=here.at)
    except Refused as refusal:
        now = access.proposal(here, key)
        again = WordsAgain(here=here, initial=form.typed | {"revision": now.revision})
        return _desk(request, again, refused=refusal.reasons, draft=now, stored=now, status=409)
    messages.success(request, _("Saved. Only you see it until you publish it."))
    return redirect("proposal", coop, key)


def _only_looked(request: HttpRequest, here: Here, form: Words, **context: Any) -> HttpResponse | None:
    """One more clause, a preview, or something to mend: the desk again with what was typed. None: save it."""
    if request.POST.get("do") == "add":
        typed = form.typed
        more = [""] if len(typed["clauses"]) < MOST_CLAUSES else []
        again = type(form)(here=here, initial=typed | {"clauses": [*typed["clauses"], *more]})
        return _desk(request, again, added=True, **context)
    if not form.is_valid():
        return _desk(request, form, status=422, **context)
    if request.POST.get("do") == "preview":
        texts = [text for text in form.cleaned_data["clauses"] if text.strip()]
        preview = form.cleaned_data | {
            "clauses": [{"number": number, "text": text} for number, text in enumerate(texts, 1)],
            "rule": say_rule_for(here.bylaws, form.cleaned_data["matter"]),
        }
        return _desk(request, form, preview=preview, **context)
    return None


def _desk(request: HttpRequest, form: Words, *, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, "proposals/write.html", context | {"form": form}, status=status)


# --- Out of the drawer, and back -------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    me = acting(here)
    found = access.proposal(here, key)
    seen = request.POST.getlist("revision")
    if request.method == "POST" and seen == [str(found.revision)]:
        published = actions.publish(proposal=found, by=me, at=here.at)
        done = _("It is published as %(label)s and carries your signature. Tell people about it.")
        messages.success(request, done % {"label": published.label})
        return redirect("proposal", coop, key)
    obstacles = obstacles_to_publishing(found, by=me) or obstacles_to_writing(me, here.day, here.bylaws)
    obstacles = obstacles or obstacles_to_returning(found, at=here.at, bylaws=here.bylaws)
    context = {
        "proposal": found,
        "clauses": found.clauses.all(),
        "rule": say_rule_for(here.bylaws, found.matter),
        "days": here.bylaws.proposal_support_days,
        "obstacles": obstacles,
    }
    if request.method == "GET":
        return render(request, "proposals/publish.html", context)
    readable = len(seen) == 1 and seen[0].isdecimal()
    context["refused"] = [Reason("words-changed-meanwhile")]
    return render(request, "proposals/publish.html", context, status=409 if readable else 422)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = enter(request, coop)
    me = acting(here)
    found = access.proposal(here, key)
    if request.method == "POST":
        actions.withdraw(proposal=found, by=me, at=here.at)
        messages.success(request, _("It is withdrawn. It stays readable, with its signatures."))
        return redirect("proposal", coop, key)
    context = {"proposal": found, "obstacles": obstacles_to_withdrawing(found, by=me)}
    return render(request, "proposals/withdraw.html", context)
