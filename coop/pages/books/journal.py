"""The journal for members: what was done, by whom, when, in plain words; and the head of the chain to carry outside."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from coop.journal.models import Entry

from ..access import Here, enter, page_of
from ..telling import tell

LINES = 50
# What is being prepared has no page for everybody: a draft is its author's, an agenda is made by who calls.
WITHOUT_PAGE = {  # a draft, which not everybody reads
    *("proposal-written", "proposal-rewritten", "meeting-prepared", "item-added", "item-removed"),
    *(
        "budget-begun",
        "budget-lines-written",
        "budget-line-written",
        "budget-line-taken-out",
        "budget-ceiling-set",
    ),
    *("budget-on-agenda", "budget-amendment-begun", "budget-amendment-rewritten"),
}
PAGES = {
    "action": "action",
    "appeal": "appeal",
    "register": "register",
    "table": "working-table",
    "budget": "budget",
    "budget-amendment": "budget-amendment",
    "fund": "fund",
    "fund-project": "fund-project",
    "petition": "recall",
    "count": "count",
    "audit-report": "audit-report",
    "finding": "finding",
    "problem": "problem",
    "proposal": "proposal",
    "amendment": "amendment",
    "meeting": "meeting",
    "ballot": "ballot",
    "decision": "decision",
    "carried-decision": "old-decision",
    "document": "document",
    "office-question": "office-question",
    "urgent": "urgent",
}


@require_safe
def journal(request: HttpRequest, coop: str) -> HttpResponse:
    """Newest first. A chain has no gaps, so the pages follow from the number of its head."""
    here = enter(request, coop)
    chain = here.cooperative.chain
    page = page_of(request, range(chain.head_sequence, 0, -1), LINES)
    numbers = page.object_list
    entries = Entry.objects.filter(chain=chain, sequence__in=list(numbers)).order_by("-sequence")
    context = {"page": page, "lines": [_line(here, entry) for entry in entries], "chain": chain}
    return render(request, "books/journal/journal.html", context)


def _line(here: Here, entry: Entry) -> dict[str, Any]:
    return {"entry": entry, "words": tell(entry, address=_address(here, entry))}


def _address(here: Here, entry: Entry) -> str:
    """The page of what the entry is about, where it has one."""
    slug, number = here.cooperative.slug, entry.subject_id
    if entry.verb in WITHOUT_PAGE:
        return ""
    if entry.subject_kind in PAGES and number.isdecimal():
        return reverse(PAGES[entry.subject_kind], args=[slug, number])
    if entry.subject_kind == "member":
        first = entry.subject_label.split(" ")[0]  # "12 Ana Ruiz": people are found by number
        return reverse("member", args=[slug, first]) if first.isdecimal() else ""
    if entry.subject_kind == "bylaws" and number.isdecimal():
        return reverse("bylaws-version", args=[slug, number])
    return reverse("offices", args=[slug]) if entry.subject_kind in ("mandate", "office", "body") else ""
