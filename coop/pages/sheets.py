"""Forms as sheets of paper: what is asked once is answered once."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from coop.proposals.wording import legible


class WordsField(forms.CharField):
    """Text as it can be seen. What arrived broken is refused, so that nobody signs question marks."""

    def to_python(self, value: Any) -> str:
        words = super().to_python(value) or ""
        if "\ufffd" in words or "\0" in words:
            raise forms.ValidationError(
                _("Some letters of this did not arrive whole. Please type them again.")
            )
        seen = legible(words)
        return seen.strip() if self.strip else seen


class Sheet(forms.Form):
    """Refuses two answers to a question that takes one, instead of quietly keeping the last."""

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        for name, field in self.fields.items():
            if not isinstance(field, forms.MultipleChoiceField) and self._answers(name) > 1:
                self.add_error(name, _("Two answers came for this. Give one."))
        return answers

    def _answers(self, name: str) -> int:
        several = getattr(self.data, "getlist", None)
        return len(several(self.add_prefix(name))) if several else 1
