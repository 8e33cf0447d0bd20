"""Paper as PDF/A: a Typst template of ours, and data as JSON. Words are never code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils.translation import get_language

SHEETS = Path(settings.BASE_DIR) / "templates" / "paper"


def printed(sheet: str, data: Mapping[str, Any]) -> bytes:
    """The PDF of `templates/paper/<sheet>.typ` with `data` (JSON: days and numbers already in words).

    Every sheet wants `title`, `house` and `date` (ISO, the day it was made). `lang` is the language spoken, where
    it is not given. The same data gives the same bytes: no clock, no fonts of the machine, nothing read but the sheets'
    own folder. A name in letters that our fonts lack cannot be archived as PDF/A: then it is a plain PDF with an empty
    box in the place of the letter.
    """
    spoken = str(data.get("lang") or get_language() or settings.LANGUAGE_CODE).partition("-")[
        0
    ]  # "pt" of "pt-br"
    told = {"data": json.dumps({**data, "lang": spoken}, ensure_ascii=False, default=str)}
    try:
        return _compiled(sheet, told, pdf_standards=["a-2b"])
    except typst.TypstError as problem:
        if "could not be displayed" not in str(problem):
            raise
        return _compiled(sheet, told)


def _compiled(sheet: str, told: dict[str, str], **more: Any) -> bytes:
    where = str(SHEETS / f"{sheet}.typ")
    return typst.compile(where, root=str(SHEETS), sys_inputs=told, ignore_system_fonts=True, **more)
