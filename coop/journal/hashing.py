"""The arithmetic of the chain: plain JSON values, one canonical spelling, its SHA-256. No Django here.

An auditor can repeat it with any tool: JSON with sorted keys and no spaces, UTF-8, SHA-256, in hexadecimal.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

START = "0" * 64  # what the first entry of a chain gives as the hash before it
FORM = 1  # a new field in FIELDS means a new number here, so that what was hashed before stays true
FIELDS = (
    "sequence",
    "at",
    "actor_id",
    "actor_name",
    "verb",
    "subject_kind",
    "subject_id",
    "subject_label",
    "facts",
    "previous_hash",
)


def instant(at: datetime) -> str:
    """A moment as the chain spells it: in UTC, always with six decimals of a second."""
    if at.utcoffset() is None:
        raise ValueError("a moment without a time zone cannot be journalled")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def plain(value: object) -> object:
    """The same value in what JSON gives back unchanged. Floats are refused: they do not come back equal."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | Fraction):
        return str(value)
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise TypeError(f"the keys of a fact must be text: {value!r}")
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    raise TypeError(f"{type(value).__name__} cannot be a fact of the journal: {value!r}")


def canonical(fields: Mapping[str, object]) -> bytes:
    spelled = json.dumps(
        plain(fields), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return spelled.encode("utf-8")


def digest(fields: Mapping[str, object]) -> str:
    return hashlib.sha256(canonical(fields)).hexdigest()


def hashed_fields(entry: object, *, chain: str) -> dict[str, object]:
    """What the hash of an entry stands for: all its fields but the hash itself, and the chain it is in."""
    return {"form": FORM, "chain": chain} | {field: getattr(entry, field) for field in FIELDS}
