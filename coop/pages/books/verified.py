"""The journal as it was verified: everybody reads what came of it; who audits verifies it again."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from coop.journal.checkpoints import Checkpoint
from coop.journal.management.commands.journal_verify import SENTENCES
from coop.journal.models import Chain
from coop.journal.verify import Kind
from coop.members.models import Power
from coop.oversight import actions
from coop.oversight.models import JournalCheck
from coop.oversight.rules.checks import begun
from coop.refusals import Reason, Refused

from .. import access
from ..access import Here, acting, enter, page_of
from ..sheets import Sheet, WordsField

PAGE = 20


class CheckpointForm(Sheet):
    """Number and fingerprint as they were written down elsewhere; both, or neither."""

    sequence = forms.IntegerField(
        label=gettext_lazy("Number of the entry"), required=False, min_value=1, max_value=2**62
    )
    fingerprint = WordsField(
        label=gettext_lazy("Its fingerprint"),
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false", "autocomplete": "off"}),
        help_text=gettext_lazy(
            "As both were kept outside: on the board, below minutes, in another plant. Without them a tail that was cut"
            " off, or a journal that was written anew, can stay hidden."
        ),
    )

    def clean_fingerprint(self) -> str:
        found = "".join(self.cleaned_data["fingerprint"].split()).lower()
        if found and not re.fullmatch("[0-9a-f]{64}", found):
            raise forms.ValidationError(_("A fingerprint has 64 signs, figures and the letters a to f."))
        return found

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if not self.errors and bool(answers.get("sequence")) != bool(answers.get("fingerprint")):
            self.add_error("fingerprint", _("Give both, the number and the fingerprint, or neither."))
        return answers

    def checkpoint(self, chain: Chain) -> Checkpoint | None:
        sequence = self.cleaned_data["sequence"]
        return Checkpoint(chain.label, sequence, self.cleaned_data["fingerprint"], "") if sequence else None


@require_safe
def checks(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    return _show(request, here)


@require_POST
def verify(request: HttpRequest, coop: str) -> HttpResponse:
    here = enter(request, coop)
    access.audits(here)
    form = CheckpointForm(request.POST)
    if not form.is_valid():
        return _show(request, here, form=form, status=422)
    try:
        kept = form.checkpoint(here.cooperative.chain)
        made = actions.verify_journal(checkpoint=kept, by=acting(here), at=here.at)
    except Refused as refusal:
        return _show(request, here, form=form, reasons=refusal.reasons, status=409)
    if not made.whole and not made.faults:
        told = {"place": made.sequence, "last": here.cooperative.chain.head_sequence}
        messages.success(
            request, _("Nothing found up to entry %(place)s of %(last)s. Press again to go on.") % told
        )
    elif made.faults:
        messages.error(request, _("The journal does not hold. Everybody reads it below."))
    else:
        messages.success(request, _("Nothing found. It is written down, with the place and the fingerprint."))
    return redirect("journal-checks", coop)


def _show(
    request: HttpRequest,
    here: Here,
    *,
    form: CheckpointForm | None = None,
    reasons: list[Reason] | None = None,
    status: int = 200,
) -> HttpResponse:
    found = JournalCheck.objects.filter(cooperative=here.cooperative).select_related("by")
    page = page_of(request, found, PAGE)
    context = {
        "page": page,
        "rows": [{"check": one, "told": _told(one)} for one in page],
        "begun": begun(here.cooperative.pk),
        "audits": here.may(Power.AUDIT),
        "form": form or CheckpointForm(),
        "reasons": reasons or [],
        "chain": here.cooperative.chain,
    }
    return render(request, "books/verified/checks.html", context, status=status)


def _told(check: JournalCheck) -> list[str]:
    found = [_sentence(fault) for fault in check.told if "piece" not in fault]
    if check.piece:
        told = {"first": check.piece["piece"], "last": check.sequence}
        found.append(_("This piece: entries %(first)s to %(last)s.") % told)
    return found


def _sentence(fault: dict[str, Any]) -> str:
    if "words" in fault:
        return str(fault["words"])
    told = {"sequence": fault["sequence"], "last": fault["last"]}
    return str(SENTENCES[Kind(fault["kind"])]) % told
