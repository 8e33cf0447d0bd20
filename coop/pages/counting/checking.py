"""Is my envelope in the urn? A page for everybody, without signing in and without a script, and the list it looks in.

The signs of an envelope say nothing of what is in it. They come in a form and not in the address: no log keeps who
asked for which.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from coop.ballots.models import Ballot, FinalEnvelope, SealedUrn
from coop.ballots.rules.urn import urn_of
from coop.ballots.sealed import merkle
from coop.ballots.sealed.sealing import WORDS, read_words, receipt_words

from .. import access
from ..access import Here, page_of
from ..outcomes.at_hand import SHAPES, latched
from ..sheets import Sheet, WordsField

ENVELOPES = 500  # on one page of the list


class EnvelopeForm(Sheet):
    words = WordsField(
        label=gettext_lazy("The signs on your receipt"),
        help_text=gettext_lazy(
            "Small letters, spaces and hyphens do not matter; O counts as 0, I and L as 1."
        ),
        max_length=80,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_words(self) -> tuple[bytes, bytes]:
        found = read_words(self.cleaned_data["words"])
        if found is None:
            raise forms.ValidationError(
                _("A receipt has %(count)s signs, digits and letters without U. Compare it with the paper.")
                % {"count": WORDS}
            )
        return found


@login_not_required
@sensitive_post_parameters("words")
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    here = access.doorstep(request, coop)
    ballot, urn = _of(here, key)
    form = EnvelopeForm(request.POST) if request.method == "POST" else EnvelopeForm()
    context: dict[str, Any] = {
        "ballot": ballot,
        "urn": urn,
        "shape": SHAPES[ballot.state],
        "form": form,
        "asked": False,
    }
    if request.method == "POST" and form.is_valid() and urn.root is not None:
        low, high = form.cleaned_data["words"]
        context |= {"asked": True, "words": receipt_words(low), "found": _found(ballot, urn, low, high)}
    return render(request, "counting/urns/check.html", context, status=422 if form.errors else 200)


def _found(ballot: Ballot, urn: SealedUrn, low: bytes, high: bytes) -> dict[str, Any] | None:
    """The envelope with its place on the list and the hashes that lead from it to the root."""
    trackers = _trackers(ballot)
    place = next((at for at, tracker in enumerate(trackers) if low <= tracker <= high), None)
    if place is None:
        return None
    path = merkle.proof(trackers, place)
    holds = merkle.proves(
        trackers[place], place=place, size=len(trackers), path=path, root=bytes.fromhex(urn.root or "")
    )
    return {
        "tracker": trackers[place].hex(),
        "number": place + 1,
        "path": [one.hex() for one in path],
        "holds": holds and len(trackers) == urn.envelopes,
    }


@login_not_required
@require_safe
def trackers(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """The list as a page: the signs of every envelope in the order of the tree, with the way back and to the file."""
    here = access.doorstep(request, coop)
    ballot, urn = _of(here, key)
    if urn.root is None:
        raise Http404
    page = page_of(request, FinalEnvelope.objects.filter(ballot=ballot).order_by("tracker"), ENVELOPES)
    context = {
        "ballot": ballot,
        "urn": urn,
        "page": page,
        "first": page.start_index(),
        "signs": [receipt_words(bytes(one.tracker)) for one in page],
    }
    return render(request, "counting/urns/trackers.html", context)


@login_not_required
@require_safe
def trackers_file(request: HttpRequest, coop: str, key: int) -> HttpResponse:
    """Every envelope by its hash, one a line, in the order of the tree: whoever likes recomputes the root."""
    here = access.doorstep(request, coop)
    ballot, urn = _of(here, key)
    if urn.root is None:
        raise Http404
    lines = [
        f"# {here.cooperative.legal_name}: {ballot.title}",
        f"# envelopes {urn.envelopes}",
        f"# root {urn.root} (RFC 9162, sha-256, in this order)",
        *(f"{one.hex()} {receipt_words(one)}" for one in _trackers(ballot)),
    ]
    answer = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="envelopes-{ballot.pk}.txt"'
    return answer


def _of(here: Here, key: int) -> tuple[Ballot, SealedUrn]:
    ballot = latched(here, access.ballot(here, key))
    urn = urn_of(ballot)
    if urn is None:
        raise Http404
    return ballot, urn


def _trackers(ballot: Ballot) -> list[bytes]:
    found = FinalEnvelope.objects.filter(ballot=ballot).order_by("tracker")
    return [bytes(tracker) for tracker in found.values_list("tracker", flat=True)]
