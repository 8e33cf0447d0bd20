"""The secret once more, before a vote: where the device is not one's own, or rested for ten minutes (ruling 8).

Whoever votes on their own telephone and has just been there is not asked; no slow hash stands in their way.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from coop.keys import actions
from coop.keys.models import Kind
from coop.members.models import Account
from coop.refusals import Reason, refuse_if

from ..access import Here
from .door import SecretField
from .guessed import guess_again

WRONG = {"secret-missing", "secret-wrong"}


class SecretAgainForm(forms.Form):
    secret = SecretField(kept=False, label=_("Your PIN or passphrase once more"))

    def __init__(self, *arguments: Any, why: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["secret"].help_text = why


def elsewhere(request: HttpRequest) -> bool:
    """Whether the device is not the own one of whoever acts."""
    return bool(request.session.get("kind") != Kind.OWN)


def asked(request: HttpRequest) -> bool:
    row = getattr(request.session, "row", None)
    return elsewhere(request) or (row is not None and row.secret_due)


def form_for(request: HttpRequest) -> SecretAgainForm | None:
    """The field to put into the form of the vote, empty each time; None where nothing is asked."""
    if not asked(request):
        return None
    if request.session.get("kind") == Kind.OWN:
        return SecretAgainForm(
            why=_("Nothing was done here for ten minutes; somebody else may hold the device.")
        )
    return SecretAgainForm(why=_("This is not your own device, so a vote asks whether it is still you."))


@sensitive_variables()
def give(request: HttpRequest, here: Here) -> None:
    """Passes when nothing is asked or the secret is right. Raises Refused, also while the door waits."""
    if not asked(request):
        return
    form = SecretAgainForm(request.POST, why="")
    secret = form.cleaned_data.get("secret", "") if form.is_valid() else ""
    refuse_if([] if secret else [Reason("secret-missing")])
    refuse_if([] if guess_again(request, here, secret) else [Reason("secret-wrong")])
    row = getattr(request.session, "row", None)
    if row is not None and row.secret_due and isinstance(request.user, Account):
        actions.rest_over(session=row, by=request.user, at=here.at)
