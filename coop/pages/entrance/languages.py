"""The language of the pages: what this device chose, else what the register says of the member, else the browser's."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

YEAR = 365 * 24 * 3600  # seconds


def choices() -> list[tuple[str, str]]:
    """Code and own name of each language the house speaks; nothing where there is no choice."""
    return list(settings.LANGUAGES) if len(settings.LANGUAGES) > 1 else []


def speak(answer: HttpResponse, language: str, *, seconds: int | None = YEAR) -> None:
    """From the next page on this device reads `language`. `seconds` None: until the window is closed."""
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=seconds,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )


def speak_as_registered(request: HttpRequest, answer: HttpResponse, language: str, *, own: bool) -> None:
    """Whoever signs in reads the language of the register, unless this device has chosen one."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and language in dict(choices()):
        speak(answer, language, seconds=YEAR if own else None)
