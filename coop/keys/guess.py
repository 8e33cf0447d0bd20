"""One try at somebody's secret, and the buckets it is counted in. Nobody can read from a bucket whose it is."""

from __future__ import annotations

import enum
import hashlib
import hmac
from dataclasses import dataclass

from django.conf import settings


class What(enum.StrEnum):
    """What is tried. Each is counted for itself: who types wrong codes shuts nobody out of the sign-in."""

    PIN = "pin"  # or a phrase
    CODE = "code"  # of a sheet of one-time codes
    CARD = "card"  # the short code of an access card


@dataclass(frozen=True)
class Guess:
    """Whose secret is tried, by member number (there need be no such member), and from where."""

    cooperative: int
    number: int
    address: str
    device: int | None = None  # a device this very member has called their own
    session: str = ""  # somebody is signed in already and is asked for the secret again
    what: What = What.PIN

    @property
    def bucket(self) -> str:
        """A known device and a session count for themselves, so that strangers cannot shut them out.

        Empty for the code of a card: it has 55 bits of chance and a newcomer has no device that is known, so wrong
        ones count against the address alone, and nobody shuts a newcomer out by their number.
        """
        if self.what == What.CARD:
            return ""
        if self.session:
            return _bucket("session", self.session)
        whence = "others" if self.device is None else f"device {self.device}"
        return _bucket(self.what, "member", str(self.cooperative), str(self.number), whence)

    @property
    def address_bucket(self) -> str:
        """Empty where the address does not matter."""
        known = self.session or self.device is not None
        return "" if known and self.what != What.CARD else _bucket(self.what, "address", self.address)


def _bucket(*parts: str) -> str:
    return hmac.new(settings.PEPPER.encode(), "\n".join(parts).encode(), hashlib.sha256).hexdigest()
