"""One try at somebody's secret, and the buckets it is counted in. Nobody can read from a bucket whose it is."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Guess:
    """Whose secret is tried, by member number (there need be no such member), and from where."""

    cooperative: int
    number: int
    address: str
    device: int | None = None  # a device this very member has called their own
    session: str = ""  # somebody is signed in already and is asked for the secret again

    @property
    def bucket(self) -> str:
        """A known device and a session count for themselves, so that strangers cannot shut them out."""
        if self.session:
            return _bucket("session", self.session)
        whence = "others" if self.device is None else f"device {self.device}"
        return _bucket("member", str(self.cooperative), str(self.number), whence)

    @property
    def address_bucket(self) -> str:
        """Empty where the address does not matter."""
        return "" if self.session or self.device is not None else _bucket("address", self.address)


def _bucket(*parts: str) -> str:
    return hmac.new(settings.PEPPER.encode(), "\n".join(parts).encode(), hashlib.sha256).hexdigest()
