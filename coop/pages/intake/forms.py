"""What is asked when a list comes in: which file, which columns, from what paper, and why it is taken back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.intake import columns, sheets
from coop.intake.models import Intake

from ..columns import COLUMNS
from ..sheets import DayField, Sheet, WordsField
from .rows import columns_to_choose


class FileSheet(Sheet):
    file = forms.FileField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy("A .csv or .xlsx file of at most 10 MB, as any spreadsheet program saves it."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xlsm"}),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty."),
        },
    )
    letters = forms.ChoiceField(
        label=gettext_lazy("Letters of a text file"),
        choices=[
            ("", gettext_lazy("UTF-8, as usual today")),
            (sheets.WINDOWS, gettext_lazy("of older Windows programs (Latin 1)")),
        ],
        widget=forms.RadioSelect,
        required=False,
        initial="",
    )


class ColumnField(forms.ChoiceField):
    """A needed column is not called optional, and yet the list is read without it: the page then says it is missing."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class ColumnSheet(Sheet):
    """How the list is to be read: which sheet, which column holds what, and from when on changes count."""

    use_required_attribute = False  # another sheet is chosen before its columns are known

    def __init__(self, *arguments: Any, intake: Intake, **more: Any) -> None:
        super().__init__(*arguments, **more)
        if len(intake.tables) > 1:
            names = [(str(place), table["name"]) for place, table in enumerate(intake.tables)]
            self.fields["sheet"] = forms.ChoiceField(
                label=_("Sheet"),
                choices=names,
                initial=str(intake.sheet),
                widget=forms.Select(attrs={"translate": "no"}),
            )
        self.fields["since"] = DayField(
            label=_("Changes of place and standing count from"),
            initial=intake.since,
            help_text=_("New people count from the day they joined."),
        )
        choices = [("", _("no column")), *columns_to_choose(intake)]
        needed = {"number", "name", *intake.missing}
        for name in columns.FIELDS:
            self.fields[name] = ColumnField(
                label=COLUMNS[name],
                choices=choices,
                required=name in needed,
                initial=str(intake.mapping.get(name, "")),
                widget=forms.Select(attrs={"translate": "no"}),  # the words are those of the file
            )


class ConfirmSheet(Sheet):
    document = WordsField(
        label=gettext_lazy("What the list comes from"),
        max_length=200,
        help_text=gettext_lazy("Book and pages, or the minute: it stays on record with every person."),
    )
    leave_out = forms.BooleanField(label=gettext_lazy("Leave the rows with errors out"), required=False)


class TakeBackSheet(Sheet):
    because = WordsField(label=gettext_lazy("Why it is taken back"), max_length=300)
