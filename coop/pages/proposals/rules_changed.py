"""Proposing other values for articles of the bylaws: each is typed as what it is; the words are made from them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coop.charter.articles import BY_KEY, SECTIONS
from coop.charter.kinds import Article, Kind, Value, joined, obstacle_to_value
from coop.charter.models import Bylaws
from coop.charter.wording import value_in_words
from coop.members.models import Body
from coop.proposals.actions.rule_changes import write_rule_change
from coop.proposals.rules import bodies_spoken_for, obstacles_to_writing
from coop.proposals.rules.rule_changes import MOST_CHANGES
from coop.refusals import Refused

from ..access import Here, acting, enter
from ..reasons import say
from ..sheets import DayField, Sheet, WordsField
from .proposals import say_rule_for


class RuleSheet(Sheet):
    """One field for each article chosen, named after it; then what belongs to every proposal."""

    title = WordsField(
        label=gettext_lazy("Title"),
        max_length=160,
        help_text=gettext_lazy("What shall be decided, in one line."),
        error_messages={"required": gettext_lazy("A proposal needs a title.")},
    )
    valid_from = DayField(
        label=gettext_lazy("From which day?"),
        required=False,
        help_text=gettext_lazy("Left empty, it holds from the day of the decision."),
    )
    on_behalf_of: forms.ModelChoiceField[Body] = forms.ModelChoiceField(
        None,
        label=gettext_lazy("In whose name?"),
        required=False,
        to_field_name="code",
        empty_label=gettext_lazy("my own"),
    )
    reasons = WordsField(
        label=gettext_lazy("Reasons"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Why. They are shown with the proposal; only the text itself is voted."),
    )

    def __init__(self, *args: Any, here: Here, articles: list[Article], latest: Bylaws, **more: Any) -> None:
        super().__init__(*args, **more)
        self.articles = articles
        bodies = bodies_spoken_for(acting(here), here.at).order_by("name")
        if bodies:
            self.fields["on_behalf_of"].queryset = bodies  # type: ignore[attr-defined]
        else:
            del self.fields["on_behalf_of"]
        currency = here.cooperative.currency_code
        for one in articles:
            now = getattr(latest, one.key)
            told = _("So far: %(value)s.") % {"value": value_in_words(one, now, currency=currency)}
            self.fields[_name(one)] = _field(one, now, told)
        self.order_fields([_name(one) for one in articles])

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        for one in self.articles:
            if _name(one) in answers:
                reason = obstacle_to_value(one, _value(one, answers[_name(one)]))
                if reason is not None:
                    self.add_error(_name(one), say(reason))
        return answers

    @property
    def changes(self) -> dict[str, Value]:
        return {one.key: _value(one, self.cleaned_data[_name(one)]) for one in self.articles}

    @property
    def facts(self) -> dict[str, Any]:
        names = ("title", "valid_from", "reasons", "on_behalf_of")
        return {name: self.cleaned_data.get(name) for name in names}


def _name(article: Article) -> str:
    return f"value-{article.key}"


def _field(article: Article, now: Value, told: str) -> forms.Field:
    """As the table of articles says what it is."""
    about: dict[str, Any] = {"label": _(article.meaning), "help_text": told, "initial": now}
    choices = [(one.code, _(one.words)) for one in article.choices]
    theirs = {"invalid_choice": _("Choose one of those that stand here.")}
    match article.kind:
        case Kind.FLAG:
            about["initial"] = "yes" if now else "no"
            return forms.ChoiceField(
                choices=[("yes", _("yes")), ("no", _("no"))], widget=forms.RadioSelect, **about
            )
        case Kind.CHOICE:
            return forms.ChoiceField(
                choices=choices, widget=forms.RadioSelect, error_messages=theirs, **about
            )
        case Kind.CHOICES:
            about["initial"] = str(now).split(",")
            return forms.MultipleChoiceField(
                choices=choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                error_messages=theirs,
                **about,
            )
        case Kind.FRACTION:
            about["help_text"] = told + " " + _("Written like 2/3; 1/2 means more than half.")
            return WordsField(max_length=40, **about)
        case Kind.MONEY:
            about["initial"] = Decimal(now).normalize()
            return forms.DecimalField(min_value=0, max_digits=18, decimal_places=4, **about)
    between = _("Between %(low)s and %(high)s.") % {"low": article.low, "high": article.high}
    about["help_text"] = f"{told} {between}"
    wrong = dict.fromkeys(("invalid", "min_value", "max_value"), _("Write a whole number."))
    return forms.IntegerField(min_value=-(10**9), max_value=10**9, error_messages=wrong, **about)


def _value(article: Article, answer: Any) -> Value:
    match article.kind:
        case Kind.FLAG:
            return bool(answer == "yes")
        case Kind.CHOICES:
            return joined(article, frozenset(answer))
    value: Value = answer
    return value


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, coop: str) -> HttpResponse:
    """`article`, any number of times in the address: what shall have another value."""
    here = enter(request, coop)
    me = acting(here)
    articles = _chosen(request)
    latest = Bylaws.objects.filter(cooperative=here.cooperative).latest("version")
    more: dict[str, Any] = {"here": here, "articles": articles, "latest": latest}
    if request.method == "GET":
        obstacles = obstacles_to_writing(me, here.day, here.bylaws)
        return _page(request, here, RuleSheet(**more), articles, obstacles=obstacles)
    form = RuleSheet(request.POST, **more)
    if not form.is_valid():
        return _page(request, here, form, articles, status=422)
    try:
        written = write_rule_change(changes=form.changes, **form.facts, by=me, at=here.at)
    except Refused as refusal:
        return _page(request, here, form, articles, refused=refusal.reasons, status=409)
    messages.success(request, _("Saved as a draft. Only you see it until you publish it."))
    return redirect("proposal", coop, written.pk)


def _chosen(request: HttpRequest) -> list[Article]:
    """Each once; an article that is none, or too many of them, is no page."""
    keys = list(dict.fromkeys(request.GET.getlist("article")))
    if len(keys) > MOST_CHANGES or not BY_KEY.keys() >= set(keys):
        raise Http404
    return [BY_KEY[key] for key in keys]


def _page(
    request: HttpRequest, here: Here, form: RuleSheet, articles: list[Article], **context: Any
) -> HttpResponse:
    status = context.pop("status", 200)
    chosen = {one.key for one in articles}
    context |= {
        "form": form,
        "articles": articles,
        "rule": say_rule_for(here.bylaws, "bylaws"),
        "room": len(articles) < MOST_CHANGES,
        "sections": [
            (
                _(title),
                [
                    (one.key, _(one.meaning))
                    for one in BY_KEY.values()
                    if one.section == code and one.key not in chosen
                ],
            )
            for code, title in SECTIONS.items()
        ],
    }
    return render(request, "books/bylaws/change.html", context, status=status)
