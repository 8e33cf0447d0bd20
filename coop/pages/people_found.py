"""Finding somebody to name them: by number at once, or by name out of those who were found, without a script.

A number names somebody. A name never does alone: whoever is found by it is shown with number and place, and chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from coop.members.folding import fold
from coop.members.models import Member, Posting

from .access import Here
from .fields import NumbersForm
from .sheets import WordsField

SHOWN = 12  # found at once; who is not among them is found by more of the name, or by number


def people_found(here: Here, words: str) -> list[Member]:
    """Members by number, or by every word of the name, one more than are shown: first those whose name begins so, then
    those of whom another name does, then all others. One query."""
    members = Member.objects.filter(cooperative=here.cooperative).order_by("number")
    if words.isascii() and words.isdigit():
        members = members.filter(number=int(words)) if len(words) <= 9 else members.none()
    elif looked_for := fold(words).split():
        for word in looked_for:
            members = members.filter(plain_name__contains=word)
        begins = When(plain_name__startswith=looked_for[0], then=0)
        later = When(plain_name__contains=f" {looked_for[0]}", then=1)
        members = members.order_by(Case(begins, later, default=2), "number")
    return list(members[: SHOWN + 1])


@dataclass(frozen=True)
class Person:
    """Somebody to choose; `words` as whoever chooses knows them: name, number, department."""

    number: int
    name: str
    words: str


def to_choose(here: Here, people: list[Member]) -> list[Person]:
    """Those who were found, as they are shown. One query."""
    postings = Posting.objects.filter(Posting.on(here.day), member__in=people).select_related("department")
    places = {posting.member_id: posting.department.name for posting in postings}
    told = _("%(name)s, No. %(number)s")
    return [
        Person(
            one.number,
            one.name,
            " · ".join(filter(None, [told % {"name": one.name, "number": one.number}, places.get(one.pk)])),
        )
        for one in people
    ]


class PersonField(WordsField):
    """Somebody of this co-operative, by number or by name. `found`: whom shared/field.html offers to choose from."""

    def __init__(self, **more: Any) -> None:
        self.found: list[Person] = []
        more.setdefault(
            "help_text", gettext_lazy("Number or name. Whom you look for by name you choose from a list.")
        )
        super().__init__(max_length=80, **more)
        self.widget.attrs |= {"autocomplete": "off"}


class PeopleForm(NumbersForm):
    """Names somebody in each of its `PersonField`s."""

    def member(self, name: str) -> Member | None:
        words = self.cleaned_data.get(name)
        if not words:
            return None
        if words.isascii() and words.isdigit():
            if len(words) <= 9:
                return super().member(name)
            people = []
        else:
            people = people_found(self.here, words)
        chosen = self.data.get(f"{self.add_prefix(name)}-is", "")
        if (one := next((one for one in people if str(one.number) == chosen), None)) is not None:
            return one
        if not people:
            self.add_error(name, _("Nobody here is called so or has that number. Try fewer letters."))
            return None
        field = self.fields[name]
        assert isinstance(field, PersonField)
        field.found = to_choose(self.here, people[:SHOWN])
        if len(people) > SHOWN:
            self.add_error(name, _("Many people are called so. Choose, or type more of the name."))
        else:
            words = ngettext("Is it this person? Choose.", "Who is it? Choose one of these.", len(people))
            self.add_error(name, words)
        return None
