"""An act on a small sheet of its own: its words, its questions and the call. Tables of such acts are made of these."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms


@dataclass(frozen=True)
class Act:
    """`said`: when it is done. `takes`: the answers of the sheet that are handed on."""

    sheet: Callable[..., Any]
    act: Callable[..., object]
    headline: Any
    lede: Any
    button: Any
    said: Any
    takes: tuple[str, ...] = ("words",)

    def carry_out(self, form: forms.Form, **about: Any) -> None:
        """`about`: on what, by whom, when."""
        self.act(**{name: form.cleaned_data[name] for name in self.takes}, **about)
