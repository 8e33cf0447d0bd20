"""Forms as sheets of paper: what is asked once is answered once."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _


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
