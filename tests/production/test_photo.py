"""A photograph is written anew: of what came nothing is left but the picture."""

from __future__ import annotations

import io
import os
import random
import zipfile

import pytest
from PIL import Image

from coop.production.photo import LONGEST_SIDE, MOST_BYTES, kept, obstacles_in_photo


def picture(
    width: int = 64, height: int = 48, kind: str = "JPEG", *, turned: int = 0, told: str = "", **more: object
) -> bytes:
    """A red picture whose left upper quarter is blue, with what a telephone writes beside it."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (0, 0, width // 2, height // 2))
    exif = Image.Exif()
    if turned:
        exif[0x0112] = turned
    if told:
        exif[0x010E] = told
        exif.get_ifd(0x8825)[29] = "2026:10:13"  # the day of the place
    written = io.BytesIO()
    image.save(written, kind, exif=exif, **more)
    return written.getvalue()


def codes(content: bytes) -> list[str]:
    return [reason.code for reason in obstacles_in_photo(content)]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_is_kept_is_a_jpeg_with_nothing_beside_the_picture(kind: str) -> None:
    came = picture(kind=kind, told="Ana's telephone")
    found = kept(came)
    assert b"Ana's telephone" in came
    assert b"Ana's telephone" not in found.content
    with Image.open(io.BytesIO(found.content)) as again:
        assert (again.format, again.size, dict(again.getexif())) == ("JPEG", (64, 48), {})
        assert (found.width, found.height) == (64, 48)
        red, _green, blue = again.getpixel((4, 4))
        assert red < 60 < 200 < blue


def test_a_turned_picture_stands_upright() -> None:
    found = kept(picture(turned=6))  # the telephone was held upright: the blue quarter goes to the right
    assert (found.width, found.height) == (48, 64)
    with Image.open(io.BytesIO(found.content)) as again:
        red, _green, blue = again.getpixel((44, 4))
        assert red < 60 < 200 < blue


def test_a_large_picture_is_made_smaller_and_keeps_its_shape() -> None:
    found = kept(picture(4000, 3000))
    assert (found.width, found.height) == (LONGEST_SIDE, 1200)


def test_what_shines_through_becomes_white() -> None:
    image = Image.new("RGBA", (16, 16), (0, 0, 0, 0))
    written = io.BytesIO()
    image.save(written, "PNG")
    with Image.open(io.BytesIO(kept(written.getvalue()).content)) as again:
        assert min(again.getpixel((8, 8))) > 250


def archive() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as inside:
        inside.writestr("run.sh", "rm -r /")
    return packed.getvalue()


BAD = {
    "nothing": (b"", "photo-empty"),
    "40 MB": (b"\xff\xd8\xff" + bytes(40 * 1024 * 1024), "photo-too-heavy"),
    "words": (b"The crane slips.", "photo-unknown"),
    "a film": (b"\0\0\0\x18ftypmp42" + bytes(900), "photo-unknown"),
    "a drawing with a script": (b"<svg xmlns='x'><script>alert(1)</script></svg>", "photo-is-more"),
    "a paper": (b"%PDF-1.7\n%%EOF", "photo-is-more"),
    "a picture and a page": (picture() + b"<html><script>alert(1)</script>", "photo-is-more"),
    "a picture and an archive": (picture() + archive(), "photo-is-more"),
    "a picture and a paper": (picture() + b"%PDF-1.4 ...", "photo-is-more"),
    "half a picture": (picture(800, 600)[:2000], "photo-broken"),
    "a head only": (b"\x89PNG\r\n\x1a\n" + bytes(40), "photo-unknown"),
    "too many points": (picture(8000, 8001, optimize=False), "photo-too-large"),
    "too many points at once": (picture(5000, 4001, progressive=True), "photo-too-large"),
    "a sheet of points": (picture(5000, 4001, "PNG"), "photo-too-large"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_photo_is_refused_with_its_reason(name: str) -> None:
    content, why = BAD[name]
    assert codes(content) == [why]


def test_what_hides_behind_a_picture_without_a_name_is_not_kept() -> None:
    hidden = os.urandom(5000)
    assert hidden not in kept(picture() + hidden).content


def test_a_picture_that_says_it_is_immense_is_refused_before_it_is_unpacked() -> None:
    head = bytearray(picture(kind="PNG"))
    head[16:24] = (60_000).to_bytes(4, "big") * 2
    assert codes(bytes(head)) in (["photo-too-large"], ["photo-broken"], ["photo-unknown"])


@pytest.mark.filterwarnings("ignore:.*:UserWarning")  # what is told beside the picture is broken too
def test_broken_files_are_refused_and_never_raise_anything_else() -> None:
    chance = random.Random(7)
    for kind in ("JPEG", "PNG", "WEBP"):
        whole = picture(200, 150, kind)
        for _try in range(60):
            broken = bytearray(whole[: chance.randrange(1, len(whole) + 1)])
            for _place in range(8):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
            assert all(code.startswith("photo-") for code in codes(bytes(broken)))


def test_the_limit_of_bytes_is_that_of_the_sentence() -> None:
    (reason,) = obstacles_in_photo(bytes(MOST_BYTES + 1))
    assert reason.params == {"megabytes": 12}
