"""A photograph of a problem: read, turned upright, made smaller and written anew. Pure.

Nothing of the file that came is kept but the picture: no place, no hour, no name of the telephone, nothing hidden
behind it. What is also something else (a page, a program, an archive) is refused, so nobody believes it was kept.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from typing import NamedTuple

from PIL import Image, ImageOps, UnidentifiedImageError

from coop.refusals import Reason

MOST_BYTES = 12 * 1024 * 1024  # what a telephone writes today, and a half more
MOST_PIXELS = {"JPEG": 64_000_000, "PNG": 20_000_000, "WEBP": 20_000_000}  # a JPEG is read smaller than it is
MOST_AT_ONCE = (
    20_000_000  # pixels of a JPEG whose lines do not come one after the other: it is unpacked whole
)
LONGEST_SIDE = 1600  # pixels; enough to read a gauge
QUALITY = 80
# Long enough not to stand in a picture by chance.
_ALSO = re.compile(rb"%PDF-[12]|<\s*(?:html|script|!doctype|\?php|svg)[\s>]", re.IGNORECASE)


class Photo(NamedTuple):
    """A JPEG that this house has written. Sides in pixels; the hash is SHA-256 of its bytes."""

    content: bytes
    width: int
    height: int
    hash: str


class Unfit(ValueError):
    """Why a file is not kept."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def kept(content: bytes) -> Photo:
    """The picture in a file that somebody sent; raises `Unfit`."""
    if not content:
        raise Unfit(Reason("photo-empty"))
    if len(content) > MOST_BYTES:
        raise Unfit(Reason("photo-too-heavy", {"megabytes": MOST_BYTES // 1024 // 1024}))
    if _ALSO.search(content) or zipfile.is_zipfile(io.BytesIO(content)):
        raise Unfit(Reason("photo-is-more"))
    try:
        with Image.open(io.BytesIO(content), formats=tuple(MOST_PIXELS)) as found:
            return _anew(found)
    except Unfit:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unfit(_too_large(max(MOST_PIXELS.values()))) from None
    except UnidentifiedImageError:
        raise Unfit(Reason("photo-unknown")) from None
    except (OSError, ValueError, SyntaxError, EOFError):
        raise Unfit(Reason("photo-broken")) from None


def obstacles_in_photo(content: bytes) -> list[Reason]:
    try:
        kept(content)
    except Unfit as unfit:
        return [unfit.reason]
    return []


def _anew(found: Image.Image) -> Photo:
    most = MOST_AT_ONCE if found.info.get("progressive") else MOST_PIXELS[found.format or "PNG"]
    if found.width * found.height > most:
        raise Unfit(_too_large(most))
    found.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # of a JPEG only what is needed is unpacked
    upright = ImageOps.exif_transpose(found)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    plain = Image.new("RGB", upright.size, "white")  # a new picture has nothing beside its points
    if upright.has_transparency_data:
        with_alpha = upright.convert("RGBA")
        plain.paste(with_alpha, mask=with_alpha.getchannel("A"))
    else:
        plain.paste(upright.convert("RGB"))
    written = io.BytesIO()
    plain.save(written, "JPEG", quality=QUALITY, optimize=True)
    content = written.getvalue()
    return Photo(content, plain.width, plain.height, hashlib.sha256(content).hexdigest())


def _too_large(most: int) -> Reason:
    return Reason("photo-too-large", {"megapixels": most // 1_000_000})
