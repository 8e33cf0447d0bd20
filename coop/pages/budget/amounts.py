"""Amounts of money as they are typed into a form: read in one way, or told why not."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from coop.budget.money import read, typed
from coop.refusals import Reason

from ..reasons import say
from ..sheets import WordsField

HOW = gettext_lazy("1.234,56 and 1,234.56 are both understood.")


class AmountField(WordsField):
    """A `Decimal`, or None where it may be left out. `decimals`: of our money; the form sets them."""

    decimals = 2

    def __init__(self, **more: Any) -> None:
        more.setdefault("max_length", 40)
        more.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**more)

    def clean(self, value: Any) -> Any:
        words = super().clean(value)
        if not words:
            return None
        found = read(words, decimals=self.decimals)
        if isinstance(found, Reason):
            raise forms.ValidationError(say(found))
        return found


def in_our_money(form: forms.Form, decimals: int) -> None:
    """Every amount of the form has as many decimals as our money."""
    for field in form.fields.values():
        if isinstance(field, AmountField):
            field.decimals = decimals


def typed_back(amount: Decimal | None) -> str:
    """As it stands in a form that changes it; the same reads it again."""
    return "" if amount is None else typed(amount)
