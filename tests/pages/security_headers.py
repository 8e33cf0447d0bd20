"""What every answer has to carry, as one question to any of them."""

from __future__ import annotations

from django.http import HttpResponse

from coop.pages.headers import PERMISSIONS

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
    "X-Frame-Options": "DENY",
}
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
SHUT = {"default-src 'none'", "sandbox"}  # of a file that somebody sent in


def faults(answer: HttpResponse) -> list[str]:
    """What is missing, or other than it should be."""
    headers = answer.headers
    wrong = [f"{name}: {headers.get(name)}" for name, value in ALWAYS.items() if headers.get(name) != value]
    policy = {part.strip() for part in headers.get("Content-Security-Policy", "").split(";") if part.strip()}
    wrong += [] if policy in (POLICY, SHUT) else [f"Content-Security-Policy: {policy}"]
    return wrong + ([] if headers.get("Cache-Control") else ["Cache-Control"])
