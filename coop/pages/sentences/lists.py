"""What is told about lists from spreadsheets. Codes and parameters come from the rules."""

from typing import Any

from django.utils.translation import gettext_lazy

SENTENCES: dict[str, Any] = {
    "list-empty": gettext_lazy("The file is empty."),
    "list-too-large": gettext_lazy("The file is larger than %(most)s MB. Part it in two."),
    "list-locked": gettext_lazy(
        "The file is locked with a password. Save it again without one, and choose it again."
    ),
    "list-of-old-excel": gettext_lazy(
        "The file has the form of an old Excel (.xls). Save it as .xlsx or .csv, and choose it again."
    ),
    "list-of-another-kind": gettext_lazy(
        "This is neither a .csv nor an .xlsx file, whatever its name says. Save the list as one of them."
    ),
    "list-broken": gettext_lazy(
        "The file is broken: it cannot be read to its end. Save it again in the program it comes from."
    ),
    "list-without-rows": gettext_lazy("There are no rows in it."),
    "list-without-people": gettext_lazy(
        "There is no row of a person in it. A list is a .csv or .xlsx file with the names of the columns above, and below them one row for each person."
    ),
    "list-not-utf8": gettext_lazy(
        "The letters of this text file are not in UTF-8. In the letters of older Windows programs one word of it reads “%(sample)s”. If that is right, choose these letters below and the file again."
    ),
    "list-unpacks-too-large": gettext_lazy(
        "Unpacked, the file would be larger than %(most)s MB, which no list of people is. Nothing was unpacked."
    ),
    "list-too-many-rows": gettext_lazy("The list has more than %(most)s rows. Part it in two."),
    "cell-holds-a-formula": gettext_lazy(
        "The cell holds a formula. Put its result in its place, as a value, or type an apostrophe before it."
    ),
    "cell-holds-an-error": gettext_lazy("The spreadsheet itself could not work out this cell."),
    "cell-empty": gettext_lazy("The cell is empty, and this is needed."),
    "cell-too-long": gettext_lazy("At most %(most)s letters."),
    "number-not-readable": gettext_lazy("This is no member number: a whole number from 1 on."),
    "number-twice": gettext_lazy("The number %(number)s stands in several rows; see also: %(lines)s."),
    "number-of-somebody-else": gettext_lazy(
        "In the register No. %(number)s is %(name)s. If the name there is wrong, correct it on the page of the person."
    ),
    "date-not-readable": gettext_lazy(
        "This is no day that can be read. Write it like 2026-03-01 or 01/03/2026, the day before the month."
    ),
    "date-too-early": gettext_lazy("This lies before the year %(year)s."),
    "date-too-late": gettext_lazy("This lies too far ahead: %(day)s."),
    "word-unknown": gettext_lazy("The register has no word for “%(word)s” here."),
    "department-unknown": gettext_lazy("There is no department “%(word)s”. The nearest: %(near)s."),
    "crew-unknown": gettext_lazy("There is no crew “%(word)s”. The nearest: %(near)s."),
    "crew-without-department": gettext_lazy("Nobody works in a crew without a department."),
    "status-not-by-list": gettext_lazy(
        "This standing is not written by a list: it needs a paper of its own. Write it on the page of the person."
    ),
    "kind-not-by-list": gettext_lazy(
        "Nobody becomes a member, or stops being one, by a list. Write it on the page of the person."
    ),
    "column-missing": gettext_lazy("No column is said to hold this: %(column)s."),
    "rows-with-errors": gettext_lazy(
        "Rows with errors: %(count)s. Mend them in the file and choose it again, or tick that they are left out."
    ),
    "nothing-to-enter": gettext_lazy("Nothing in this list would change the register."),
    "sheet-unknown": gettext_lazy("There is no such sheet in the file."),
    "intake-confirmed-already": gettext_lazy("This list has been confirmed already."),
    "intake-not-done": gettext_lazy("Only a list that has been entered to its end can be taken back."),
    "intake-too-old": gettext_lazy(
        "A list can be taken back for one day. Since then, mend what is wrong person by person."
    ),
    "row-changed-meanwhile": gettext_lazy(
        "The register says something else of this person by now than when the list was looked at."
    ),
    "place-gone-meanwhile": gettext_lazy("There is no such place any more: %(word)s."),
    "something-followed": gettext_lazy(
        "Something has followed on it since: access, a card, a register of voters, a change. Mend it person by person."
    ),
}
