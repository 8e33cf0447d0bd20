"""What a file is, judged by what is in it and never by its name. Pure.

Four kinds are kept: PDF, JPEG, PNG and plain text. Each is walked to its end, so that nothing else hides behind it; of
a photograph only the picture is kept, without the place and hour the telephone wrote into it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from coop.letters import one_line
from coop.refusals import Reason

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 100_000_000
MEDIA = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "text/plain": "txt"}


class Unfit(ValueError):
    """Why a file is not kept."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def fit(content: bytes) -> tuple[str, bytes]:
    """The kind of a file and the bytes that are kept of it; raises `Unfit`.

    >>> fit(b"Statute of the bakery.")
    ('text/plain', b'Statute of the bakery.')
    """
    if not content:
        raise Unfit(Reason("file-empty"))
    if len(content) > MOST_BYTES:
        raise Unfit(Reason("file-too-large", {"megabytes": MOST_BYTES // 1024 // 1024}))
    if content.startswith(b"%PDF-"):
        return "application/pdf", _pdf(content)
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png", _png(content)
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg", _jpeg(content)
    return "text/plain", _text(content)


def obstacles_in_file(content: bytes) -> list[Reason]:
    try:
        fit(content)
    except Unfit as unfit:
        return [unfit.reason]
    return []


def clean_name(name: str, media: str) -> str:
    """The name a person gave it, without folders and tricks, with the ending of what it is.

    >>> clean_name("..\\\\..\\\\Statute 2024\\u202egpj.exe", "application/pdf")
    'Statute 2024gpj.pdf'
    """
    last = re.split(r"[/\\]", name)[-1]
    stem = one_line(last).rpartition(".")[0] or one_line(last)
    plain = re.sub(r"[^\w() ,-]", "", stem).strip()[:80]
    return f"{plain or 'document'}.{MEDIA[media]}"


# --- Text ---------------------------------------------------------------------------------------------------------

_MARKUP = re.compile(
    r"<\s*(!doctype|html|head|body|svg|script|iframe|object|\?xml|\?php|math)", re.IGNORECASE
)


def _text(content: bytes) -> bytes:
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unfit(Reason("file-kind-unknown")) from None
    if _MARKUP.search(words) or any(ord(letter) < 32 and letter not in "\t\n\r\f" for letter in words):
        raise Unfit(Reason("file-kind-unknown"))
    return content


# --- PDF ----------------------------------------------------------------------------------------------------------

# Actions and things inside that a sheet of paper cannot have.
_ACTIVE = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFiles?|XFA|RichMedia|ImportData|SubmitForm)(?![A-Za-z])"
)
_HEX = re.compile(rb"#([0-9a-fA-F]{2})")
_PACKED = re.compile(rb"/ObjStm.{0,400}?stream\r?\n", re.DOTALL)
_MOST_UNPACKED = 20 * 1024 * 1024
_MOST_PACKED = 20_000  # objects kept compressed; a book of a thousand pages has a few hundred
_AT_ONCE = 4_096  # bytes unpacked at a time: what only says that it is compressed costs no more


def _pdf(content: bytes) -> bytes:
    if not re.match(rb"%PDF-[12]\.\d", content):
        raise Unfit(Reason("file-broken"))
    end = content.rfind(b"%%EOF")
    if end < 0 or b"startxref" not in content:
        raise Unfit(Reason("file-broken"))
    if content[end + 5 :].strip(b"\r\n\t \0"):
        raise Unfit(Reason("file-with-more-behind"))
    for part in (content, *_unpacked(content)):
        plain = _HEX.sub(lambda found: bytes([int(found[1], 16)]), part)
        if _ACTIVE.search(plain):
            raise Unfit(Reason("file-acts"))
        if b"/Encrypt" in plain:
            raise Unfit(Reason("file-locked"))
    return content


def _unpacked(content: bytes) -> Iterator[bytes]:
    """The objects a PDF keeps compressed, as far as 20 MB go."""
    if content.count(b"/ObjStm") > _MOST_PACKED:
        raise Unfit(Reason("file-broken"))
    left = _MOST_UNPACKED
    for found in _PACKED.finditer(content):
        part = _inflated(content, found.end(), left)
        left -= len(part)
        yield part
        if left <= 0:
            raise Unfit(Reason("file-broken"))


def _inflated(content: bytes, place: int, most: int) -> bytes:
    """What is packed from `place` on, as far as it can be read; the rest of the file is never copied along."""
    unpacker, parts, length = zlib.decompressobj(), [], 0
    while place < len(content) and length < most and not unpacker.eof:
        try:
            part = unpacker.decompress(content[place : place + _AT_ONCE])
        except zlib.error:
            break
        parts.append(part)
        length += len(part)
        place += _AT_ONCE
    return b"".join(parts)


# --- PNG ----------------------------------------------------------------------------------------------------------

_TOLD = {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"}  # who, where, when: not the picture


def _png(content: bytes) -> bytes:
    kept, place = [content[:8]], 8
    while place < len(content):
        length = int.from_bytes(content[place : place + 4], "big")
        name, end = content[place + 4 : place + 8], place + 12 + length
        if end > len(content) or (place == 8) != (name == b"IHDR"):
            raise Unfit(Reason("file-broken"))
        if zlib.crc32(content[place + 4 : end - 4]) != int.from_bytes(content[end - 4 : end], "big"):
            raise Unfit(Reason("file-broken"))
        if name == b"IHDR":
            _measure(
                int.from_bytes(content[place + 8 : place + 12], "big"),
                int.from_bytes(content[place + 12 : place + 16], "big"),
            )
        if name not in _TOLD:
            kept.append(content[place:end])
        place = end
        if name == b"IEND":
            if place < len(content):
                raise Unfit(Reason("file-with-more-behind"))
            return b"".join(kept)
    raise Unfit(Reason("file-broken"))


def _measure(width: int, height: int) -> None:
    if not width or not height:
        raise Unfit(Reason("file-broken"))
    if width * height > MOST_PIXELS:
        raise Unfit(Reason("picture-too-large", {"megapixels": MOST_PIXELS // 1_000_000}))


# --- JPEG ---------------------------------------------------------------------------------------------------------

_HIDES = re.compile(rb"PK\x03\x04|%PDF-|<\s*(?:html|svg|script|!doctype|\?php)|MZ\x90|\x7fELF", re.IGNORECASE)


def _jpeg(content: bytes) -> bytes:
    kept, place, seen_frame = [b"\xff\xd8"], 2, False
    while place + 4 <= len(content):
        if content[place] != 0xFF:
            raise Unfit(Reason("file-broken"))
        marker = content[place + 1]
        if marker == 0xFF:  # a filling byte
            place += 1
            continue
        if marker == 0xD9:
            break
        end = place + 2 + int.from_bytes(content[place + 2 : place + 4], "big")
        if end > len(content) or end < place + 4:
            raise Unfit(Reason("file-broken"))
        body = content[place + 4 : end]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            seen_frame = True
            _measure(int.from_bytes(body[3:5], "big"), int.from_bytes(body[1:3], "big"))
        if marker == 0xE1 and (turned := _turned(body)):
            kept.append(_upright(turned))
        elif not (0xE0 <= marker <= 0xEF or marker == 0xFE) or _of_the_picture(marker, body):
            kept.append(content[place:end])
        if marker == 0xDA:
            place = _after_scan(content, end)
            kept.append(content[end:place])
        else:
            place = end
    if not seen_frame or content[place : place + 2] != b"\xff\xd9":
        raise Unfit(Reason("file-broken"))
    if _HIDES.search(content[place + 2 :]):
        raise Unfit(Reason("file-with-more-behind"))
    return b"".join([*kept, b"\xff\xd9"])


def _after_scan(content: bytes, place: int) -> int:
    """Where the next marker stands; inside a scan 0xFF is followed by 0 or a restart number."""
    while (place := content.find(b"\xff", place)) >= 0:
        if place + 1 >= len(content):
            break
        if content[place + 1] != 0 and not 0xD0 <= content[place + 1] <= 0xD7:
            return place
        place += 2
    raise Unfit(Reason("file-broken"))


def _of_the_picture(marker: int, body: bytes) -> bool:
    """What readers need to show the colours: the frame of the format, the colour profile, Adobe's transform."""
    return (
        (marker == 0xE0 and body.startswith(b"JFIF\0"))
        or (marker == 0xE2 and body.startswith(b"ICC_PROFILE\0"))
        or (marker == 0xEE and body.startswith(b"Adobe"))
    )


def _turned(body: bytes) -> int:
    """How the telephone was held, 2 to 8, from the Exif part; 0 when upright or not said."""
    if not body.startswith(b"Exif\0\0") or len(body) < 16:
        return 0
    tiff = body[6:]
    order = {b"II": "little", b"MM": "big"}.get(tiff[:2])
    if order is None:
        return 0

    def number(place: int, size: int) -> int:
        return int.from_bytes(tiff[place : place + size], order)  # type: ignore[arg-type]

    first = number(4, 4)
    for entry in range(min(number(first, 2), 64)):
        place = first + 2 + 12 * entry
        if number(place, 2) == 0x0112:
            found = number(place + 8, 2)
            return found if 2 <= found <= 8 else 0
    return 0


def _upright(turned: int) -> bytes:
    """An Exif part that says nothing but how the picture is turned."""
    entry = b"\x01\x12\x00\x03\x00\x00\x00\x01\x00" + bytes([turned]) + b"\x00\x00"
    body = b"Exif\0\0MM\0*\0\0\0\x08\x00\x01" + entry + b"\0\0\0\0"
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body
