"""The fields in which trustees type their codes, and who has to do with an urn at all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.http import Http404
from django.utils.translation import gettext as _

from coop.ballots.models import Ballot, SealedUrn, Trustee
from coop.ballots.rules.urn import obstacles_to_key_work, urn_of
from coop.ballots.sealed.trustees import LENGTH, read_code
from coop.refusals import Reason

from .. import access
from ..access import Here, acting
from ..reasons import say
from ..sheets import AskedByCaseField, Sheet


@dataclass
class AtTheUrn:
    """A secret vote on screens, as somebody sees it who runs it or keeps a code of it."""

    here: Here
    ballot: Ballot
    trustees: list[Trustee]

    @cached_property
    def urn(self) -> SealedUrn | None:
        return urn_of(self.ballot)

    @cached_property
    def mine(self) -> Trustee | None:
        """What whoever looks keeps of it."""
        me = acting(self.here)
        return next((one for one in self.trustees if one.member_id == me.pk), None)


def at_the_urn(here: Here, key: int) -> AtTheUrn:
    """404 for everybody who neither runs the vote nor keeps a code of it, and for votes that have no such urn."""
    ballot = access.any_ballot(here, key)
    trustees = list(Trustee.objects.filter(urn__ballot=ballot).select_related("member", "urn"))
    found = AtTheUrn(here, ballot, trustees)
    if not (ballot.is_secret and ballot.on_screens):
        raise Http404
    if obstacles_to_key_work(ballot, by=acting(here), at=here.at):
        raise Http404
    return found


class NeverShownAgain(forms.PasswordInput):
    """Typed in the open, because 26 signs want to be compared; but what came is not sent back."""

    input_type = "text"


class TrusteeCodeField(AskedByCaseField):
    def __init__(self, **more: Any) -> None:
        attrs = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        super().__init__(max_length=80, widget=NeverShownAgain(attrs=attrs), **more)

    def clean(self, value: Any) -> str | None:
        typed = super().clean(value)
        if not typed:
            return None
        code = read_code(typed)
        if code is None:
            raise forms.ValidationError(
                _("A code has %(length)s signs, and the last checks the others: this one has a slip in it.")
                % {"length": LENGTH}
            )
        return code


class CodesForm(Sheet):
    """A field for the code of each trustee; as many are filled as open the urn."""

    def __init__(self, *arguments: Any, trustees: list[Trustee], need: int, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.need = need
        for trustee in trustees:
            self.fields[f"code_{trustee.place}"] = TrusteeCodeField(
                label=_("Code of %(name)s") % {"name": trustee.member.name}
            )

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if not self.errors and len(self.codes) != self.need:
            self.add_error(None, say(Reason("too-few-codes", {"need": self.need})))
        return answers

    @property
    def codes(self) -> dict[int, str]:
        """Place -> code."""
        return {
            int(name.removeprefix("code_")): code
            for name, code in self.cleaned_data.items()
            if name.startswith("code_") and code
        }
