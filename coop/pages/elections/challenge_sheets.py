"""The sheets on which a challenge is made, decided, taken before the assembly and settled."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.ballots.models import Urn
from coop.decisions.models import Decision
from coop.elections.constituencies import assembly_of
from coop.elections.models import Challenge, Election

from ..access import Here
from ..sheets import Sheet, WordsField

LONGEST = 2000
BOX = "box-"  # before its key, among the contests
MOST_DECISIONS = 50


class ChallengeForm(Sheet):
    contest = forms.ChoiceField(label=gettext_lazy("What"), widget=forms.RadioSelect, initial="")
    text = WordsField(
        label=gettext_lazy("Why"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Everybody reads it, with your name."),
    )

    def __init__(self, *args: Any, election: Election, **more: Any) -> None:
        super().__init__(*args, **more)
        standing = election.contests.filter(annulled_at=None).select_related("office")
        self.contests = {str(one.pk): one for one in standing}
        places = [(key, capfirst(one.office.title)) for key, one in self.contests.items()]
        held = Urn.objects.filter(ballot__in=election.votes.values("ballot"), mixed_into=None)
        self.boxes = {
            f"{BOX}{one.pk}": one for one in held.select_related("ballot").order_by("ballot", "number")
        }
        boxes = [(key, _("only the box %(name)s") % {"name": one.name}) for key, one in self.boxes.items()]
        self.fields["contest"].choices = [("all", _("the whole election")), *places, *boxes]  # type: ignore[attr-defined]
        self.fields["contest"].initial = places[0][0] if len(places) == 1 else "all"


class VerdictForm(Sheet):
    upheld = forms.ChoiceField(
        label=gettext_lazy("What is decided"),
        widget=forms.RadioSelect,
        choices=[
            ("yes", gettext_lazy("Upheld: what was proclaimed is annulled, and repeated")),
            ("no", gettext_lazy("Dismissed: what was proclaimed stands")),
        ],
    )
    reasons = WordsField(
        label=gettext_lazy("Why"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Everybody reads it, with your name."),
    )


class AppealForm(Sheet):
    appeal = WordsField(
        label=gettext_lazy("Why the assembly should see it otherwise"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class SettleForm(Sheet):
    decision = forms.ChoiceField(label=gettext_lazy("Decision of the assembly"))
    for_it = forms.ChoiceField(
        label=gettext_lazy("What it says"),
        widget=forms.RadioSelect,
        choices=[
            ("yes", gettext_lazy("The challenge is upheld: it is repeated")),
            ("no", gettext_lazy("The challenge is dismissed")),
        ],
    )

    def __init__(self, *args: Any, here: Here, found: Challenge, **more: Any) -> None:
        super().__init__(*args, **more)
        settled = (Decision.Outcome.CARRIED, Decision.Outcome.NOT_CARRIED)
        since = Decision.objects.filter(
            body=assembly_of(here.cooperative), outcome__in=settled, decided_at__gte=found.appealed_at
        )
        self.decisions = {str(one.pk): one for one in since.select_related("body")[:MOST_DECISIONS]}
        named = [(key, f"{one} ({one.get_outcome_display()})") for key, one in self.decisions.items()]
        self.fields["decision"].choices = named  # type: ignore[attr-defined]
