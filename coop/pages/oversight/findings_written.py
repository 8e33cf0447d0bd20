"""The sheet on which the auditor writes a finding."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.charter.articles import ARTICLES, SECTIONS
from coop.members.models import Body, Office
from coop.oversight import actions
from coop.oversight.rules.findings import LONGEST
from coop.oversight.subjects import name_of
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter
from ..sheets import Sheet, WordsField


def _articles() -> list[Any]:
    """Every article of the bylaws, by section."""
    offered: list[Any] = [("", _("no article: another rule, named below"))]
    for section, articles in groupby(ARTICLES, key=lambda article: article.section):
        offered.append((_(SECTIONS[section]), [(one.key, _(one.meaning)) for one in articles]))
    return offered


class FindingForm(Sheet):
    whom = forms.ChoiceField(
        label=gettext_lazy("To whom"),
        help_text=gettext_lazy("A body, or one office of it. Whoever holds it then answers."),
    )
    title = WordsField(label=gettext_lazy("In one line"), max_length=140)
    text = WordsField(
        label=gettext_lazy("What you found"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy(
            "Everybody reads it and it is never changed. No illness, no debts, no telephone numbers."
        ),
    )
    article = forms.ChoiceField(
        label=gettext_lazy("Article of the bylaws that is not kept"), required=False, choices=_articles
    )
    rule = WordsField(
        label=gettext_lazy("Another rule that is not kept"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Such as “statute, article 63” or “D GA 2026-4”. One of the two is needed."),
    )

    def __init__(self, data: Any, here: Here, **more: Any) -> None:
        super().__init__(data, **more)
        self.bodies = {
            f"b{one.pk}": one for one in Body.objects.filter(cooperative=here.cooperative).order_by("name")
        }
        mine = Q(body__cooperative=here.cooperative)
        self.offices = {
            f"o{one.pk}": one
            for one in Office.objects.filter(mine).select_related("body").order_by("body__name", "title")
        }
        self.fields["whom"].choices = [  # type: ignore[attr-defined]
            ("", _("choose one")),
            (_("Bodies"), [(key, one.name) for key, one in self.bodies.items()]),
            (_("Offices"), [(key, f"{one.title}, {one.body.name}") for key, one in self.offices.items()]),
        ]

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if not answers.get("article") and not answers.get("rule") and "rule" not in self.errors:
            self.add_error("rule", _("Say which rule is not kept: an article, or another rule in words."))
        return answers

    @property
    def addressed(self) -> tuple[Body, Office | None]:
        key = self.cleaned_data["whom"]
        office = self.offices.get(key)
        return (office.body, office) if office is not None else (self.bodies[key], None)


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, coop: str) -> HttpResponse:
    """`?about=decision/12`: the thing it is about, where the auditor comes from its page."""
    here = enter(request, coop)
    access.audits(here)
    form = FindingForm(request.POST if request.method == "POST" else None, here)
    about, label = _about(here, request.GET.get("about", ""))
    reasons: list[Reason] = []
    if form.is_valid():
        body, office = form.addressed
        given = {name: form.cleaned_data[name] for name in ("title", "text", "article", "rule")}
        try:
            made = actions.write_finding(
                body=body, office=office, about=about, by=acting(here), at=here.at, **given
            )
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Written. Everybody reads it; the days to answer run from today."))
            return redirect("finding", coop, made.pk)
    context = {
        "form": form,
        "about": label,
        "reasons": reasons,
        "days": here.bylaws.finding_answer_days,
    }
    status = 409 if reasons else 422 if form.errors else 200
    return render(request, "oversight/findings/write.html", context, status=status)


def _about(here: Here, asked: str) -> tuple[tuple[str, int] | None, str]:
    """What the address names and what it is called; nothing where there is no such thing."""
    found = re.fullmatch(r"([a-z]{1,12})/([0-9]{1,18})", asked)
    if found is None:
        return None, ""
    about = (found[1], int(found[2]))
    label = name_of(*about, here.cooperative)
    return (about, label) if label else (None, "")
