"""The forms of the collective agreement."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy

from coop.decisions.models import CarriedDecision, Decision
from coop.members.models import Body, Member
from coop.proposals.models import Agreement, AgreementArticle, Proposal
from coop.proposals.rules import bodies_spoken_for
from coop.proposals.rules.agreements import LONGEST_ARTICLE, LONGEST_COMMENT, LONGEST_TITLE, commission_of

from ..access import Here, acting
from ..sheets import ChoiceByCaseField, DayField, Sheet, WordsField

MANDATES = 60  # the latest decisions are offered; an agreement is not begun on an older one


class Days(Sheet):
    starts_on = DayField(label=gettext_lazy("Holds from"))
    expires_on = DayField(
        label=gettext_lazy("Expires on"),
        help_text=gettext_lazy("Past this day it goes on until another is adopted; warnings come before."),
    )
    by_article = forms.ChoiceField(
        label=gettext_lazy("How is it voted?"),
        choices=[
            ("no", gettext_lazy("as a whole")),
            (
                "yes",
                gettext_lazy("article by article, on one paper: an article that is not carried falls out"),
            ),
        ],
        initial="no",
        widget=forms.RadioSelect,
    )
    comments_until = DayField(label=gettext_lazy("Last day for comments"), required=False)

    @property
    def facts(self) -> dict[str, Any]:
        return self.cleaned_data | {"by_article": self.cleaned_data["by_article"] == "yes"}


class Begin(Days):
    code = WordsField(
        label=gettext_lazy("Short name"),
        max_length=16,
        help_text=gettext_lazy("As people quote it: LA-2027."),
    )
    title = WordsField(label=gettext_lazy("Title"), max_length=LONGEST_TITLE)
    commission: forms.ModelChoiceField[Body] = forms.ModelChoiceField(
        None,
        label=gettext_lazy("Which commission writes it?"),
        to_field_name="code",
        empty_label=None,
        widget=forms.RadioSelect,
    )
    mandate = forms.ChoiceField(
        label=gettext_lazy("Mandate"),
        help_text=gettext_lazy("The decision of the assembly that asks for it."),
    )
    old_title = WordsField(
        label=gettext_lazy("What it replaces"),
        required=False,
        max_length=LONGEST_TITLE,
        help_text=gettext_lazy("If an agreement is in force that is not kept here."),
    )
    old_expires_on = DayField(label=gettext_lazy("That one expires on"), required=False)

    field_order = (
        "code",
        "title",
        "commission",
        "mandate",
        "starts_on",
        "expires_on",
        "by_article",
        "comments_until",
        "old_title",
        "old_expires_on",
    )

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, **more)
        bodies = Body.objects.filter(cooperative=here.cooperative, kind=Body.Kind.COMMISSION)
        self.fields["commission"].queryset = bodies.order_by("name")  # type: ignore[attr-defined]
        self.fields["mandate"].choices = mandates(here)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if answers.get("old_expires_on") and not answers.get("old_title"):
            self.add_error("old_title", gettext_lazy("Say which agreement it is that expires."))
        return answers


def mandates(here: Here) -> list[tuple[str, str]]:
    """Decisions that the assembly has carried, the latest first, of here and from the book."""
    carried = Q(cooperative=here.cooperative, body__kind=Body.Kind.ASSEMBLY, outcome="carried")
    made = Decision.objects.filter(carried, amendment=None).select_related("body").order_by("-decided_at")
    copied = CarriedDecision.objects.filter(carried & CarriedDecision.counted()).select_related("body")
    found: list[Decision | CarriedDecision] = [*made[:MANDATES]]
    found += copied.order_by("-decided_on")[:MANDATES]
    return [(one.label, str(one)) for one in found[:MANDATES]]


class NewArticle(Sheet):
    title = WordsField(label=gettext_lazy("Title"), max_length=LONGEST_TITLE)
    writer: forms.ModelChoiceField[Member] = forms.ModelChoiceField(
        None, label=gettext_lazy("Who writes it?"), to_field_name="number", empty_label=None
    )

    def __init__(self, *args: Any, of: Agreement, here: Here, **more: Any) -> None:
        super().__init__(*args, **more)
        people = commission_of(of, here.at).order_by("name")
        self.fields["writer"].queryset = people  # type: ignore[attr-defined]


class Writer(NewArticle):
    title = None  # type: ignore[assignment]


class Text(Sheet):
    title = WordsField(label=gettext_lazy("Title"), max_length=LONGEST_TITLE)
    text = WordsField(
        label=gettext_lazy("Text"), max_length=LONGEST_ARTICLE, widget=forms.Textarea(attrs={"rows": 12})
    )
    version = forms.IntegerField(
        min_value=0,
        max_value=2**31 - 1,
        widget=forms.HiddenInput,
        error_messages={"required": gettext_lazy("This form cannot be read. Open the article again.")},
    )


class Stands(Sheet):
    state = forms.ChoiceField(
        label=gettext_lazy("Where does it stand?"),
        choices=AgreementArticle.State.choices,
        widget=forms.RadioSelect,
    )
    question = WordsField(
        label=gettext_lazy("The open question"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    waits_for: forms.ModelChoiceField[Proposal] = forms.ModelChoiceField(
        None,
        label=gettext_lazy("It waits for a proposal"),
        required=False,
        empty_label=gettext_lazy("for none"),
    )

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, **more)
        state = Proposal.State
        alive = Proposal.objects.filter(
            cooperative=here.cooperative, state__in=[state.OPEN, state.ADMITTED, state.TABLED, state.SETTLED]
        )
        self.fields["waits_for"].queryset = alive  # type: ignore[attr-defined]


class Comment(Sheet):
    text = WordsField(
        label=gettext_lazy("Your comment"),
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("It is read by everybody, with your name and your shift."),
    )
    on_behalf_of = ChoiceByCaseField(label=gettext_lazy("In whose name?"))

    def __init__(self, *args: Any, here: Here, **more: Any) -> None:
        super().__init__(*args, **more)
        self.bodies = {body.code: body for body in bodies_spoken_for(acting(here), here.at).order_by("name")}
        if self.bodies:
            named = [(code, body.name) for code, body in self.bodies.items()]
            self.fields["on_behalf_of"].choices = [("", gettext_lazy("my own")), *named]  # type: ignore[attr-defined]
        else:
            del self.fields["on_behalf_of"]

    @property
    def body(self) -> Body | None:
        return self.bodies.get(self.cleaned_data.get("on_behalf_of", ""))


class Step(Sheet):
    day = DayField(label=gettext_lazy("Day"))
    what = WordsField(label=gettext_lazy("What happens"), max_length=200)


class Laying(Sheet):
    reasons = WordsField(
        label=gettext_lazy("Reasons"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Why. They are shown with the proposal; only the text itself is voted."),
    )
