"""Forms as sheets of paper: what is asked once is answered once."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.letters import is_whole, legible


class WordsField(forms.CharField):
    """Text as it can be seen. What arrived broken is refused, so that nobody signs question marks."""

    def to_python(self, value: Any) -> str:
        words = super().to_python(value) or ""
        if not is_whole(words):
            raise forms.ValidationError(
                _("Some letters of this did not arrive whole. Please type them again.")
            )
        seen = legible(words)
        return seen.strip() if self.strip else seen


class AskedByCaseField(WordsField):
    """Empty in some cases and asked for in others, by a rule that knows the case: nothing says it may be left out."""

    depends = True

    def __init__(self, **more: Any) -> None:
        super().__init__(required=False, **more)


class ChoiceByCaseField(forms.ChoiceField):
    """The same for a choice out of a list."""

    depends = True

    def __init__(self, **more: Any) -> None:
        super().__init__(required=False, **more)


class DayField(forms.DateField):
    """A day of the calendar. Old telephones show a line to type on."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "placeholder": "2026-11-28"})

    def __init__(self, **more: Any) -> None:
        wrong = {"invalid": gettext_lazy("Write the day like 2026-11-28.")}
        super().__init__(input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"], error_messages=wrong, **more)


# What the framework says of an answer, and what is said here; a field that brings its own words keeps them.
IN_OUR_WORDS = {
    "invalid_choice": (
        [
            kind.default_error_messages["invalid_choice"]
            for kind in (forms.ChoiceField, forms.MultipleChoiceField, forms.ModelChoiceField)
        ],
        gettext_lazy("Choose one of those that stand here."),
    ),
    "invalid": (
        [forms.IntegerField.default_error_messages["invalid"]],
        gettext_lazy("Write a whole number."),
    ),
}


class Sheet(forms.Form):
    """Refuses two answers to a question that takes one, instead of quietly keeping the last."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for field in self.fields.values():
            for fault, (bare, words) in IN_OUR_WORDS.items():
                if field.error_messages.get(fault) in bare:
                    field.error_messages[fault] = words

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        for name, field in self.fields.items():
            if not isinstance(field, forms.MultipleChoiceField) and self._answers(name) > 1:
                self.add_error(name, _("Two answers came for this. Give one."))
        return answers

    def quiet(self) -> None:
        """Shows what was typed and judges nothing: somebody only asks for more room."""
        self._errors = forms.utils.ErrorDict()

    def _answers(self, name: str) -> int:
        several = getattr(self.data, "getlist", None)
        return len(several(self.add_prefix(name))) if several else 1
