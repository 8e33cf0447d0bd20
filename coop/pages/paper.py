"""Pages for the notice board, as PDF/A."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.text import get_valid_filename

from coop.typeset import printed as printed


def to_print(sheet: str, data: Mapping[str, Any], *, name: str) -> HttpResponse:
    """The answer that opens as a PDF called `name`.pdf."""
    answer = HttpResponse(printed(sheet, data), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{get_valid_filename(name)}.pdf"'
    return answer
