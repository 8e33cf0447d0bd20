"""A file is what is in it: four kinds are kept, each to its end, and of a photograph only the picture."""

from __future__ import annotations

import random
import time
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.documents.files import MOST_BYTES, Unfit, clean_name, fit, obstacles_in_file

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\nstartxref\n9\n%%EOF\n"


def chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")


def png(width: int = 1, height: int = 1, *more: bytes) -> bytes:
    head = chunk(b"IHDR", width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0")
    data = chunk(b"IDAT", zlib.compress(b"\0\0\0\0"))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + data + chunk(b"IEND", b"")


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2, "big") + body


FRAME = segment(0xC0, b"\x08\0\x01\0\x01\x01\x01\x11\0")
SCAN = segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"\x12\xff\0\x34"
PLACE = segment(0xE1, b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0GPS: 34 S")


def jpeg(*parts: bytes, behind: bytes = b"") -> bytes:
    return (
        b"\xff\xd8" + segment(0xE0, b"JFIF\0\x01\x01") + b"".join(parts) + FRAME + SCAN + b"\xff\xd9" + behind
    )


@pytest.mark.parametrize(
    ("content", "media"),
    [
        (PDF, "application/pdf"),
        (png(), "image/png"),
        (jpeg(), "image/jpeg"),
        ("Estatuto: año 2011, 4 < 5".encode(), "text/plain"),
        ("\ufeffEstatuto".encode(), "text/plain"),
    ],
)
def test_the_four_kinds_are_kept_as_they_are(content: bytes, media: str) -> None:
    assert fit(content) == (media, content)


PACKED = zlib.compress(b"<< /S /JavaScript >>")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"x" * (MOST_BYTES + 1), "file-too-large"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "file-kind-unknown"),
        (b"Dear all\n<script>alert(1)</script>", "file-kind-unknown"),
        (b"<!DOCTYPE html><p>Statute", "file-kind-unknown"),
        (b"PK\x03\x04 a spreadsheet", "file-kind-unknown"),
        (b"MZ\x90\0\x03", "file-kind-unknown"),
        (b"GIF89a\x01\0", "file-kind-unknown"),
        (b"\xe1\xe9\xed", "file-kind-unknown"),
        (b"ready\0", "file-kind-unknown"),
        (b"%PDF-1.7\n", "file-broken"),
        (b"%PDF-evil\nstartxref\n%%EOF", "file-broken"),
        (PDF + b"PK\x03\x04", "file-with-more-behind"),
        (PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /JavaScript /JS (x) >>"), "file-acts"),
        (PDF.replace(b"/Catalog", b"/Catalog /J#61vaScript 1 0 R"), "file-acts"),
        (PDF.replace(b"/Catalog", b"/Catalog /EmbeddedFiles 1 0 R"), "file-acts"),
        (
            PDF.replace(b"endobj", b"<< /Type /ObjStm >>\nstream\n" + PACKED + b"\nendstream endobj"),
            "file-acts",
        ),
        (PDF.replace(b"/Catalog", b"/Catalog /Encrypt 2 0 R"), "file-locked"),
        (png() + b"<html>", "file-with-more-behind"),
        (png()[:-1], "file-broken"),
        (png()[:40] + b"x" + png()[41:], "file-broken"),
        (png(20_000, 20_000), "picture-too-large"),
        (png(0, 1), "file-broken"),
        (b"\x89PNG\r\n\x1a\n", "file-broken"),
        (jpeg(behind=b"PK\x03\x04 hidden"), "file-with-more-behind"),
        (jpeg(behind=b"\n<SCRIPT>alert(1)"), "file-with-more-behind"),
        (jpeg()[:-2], "file-broken"),
        (b"\xff\xd8\xff\xd9", "file-broken"),
        (b"\xff\xd8\xff\xe0\xff\xff", "file-broken"),
    ],
)
def test_what_is_something_else_is_refused_whatever_it_is_called(content: bytes, code: str) -> None:
    assert [reason.code for reason in obstacles_in_file(content)] == [code]


@pytest.mark.parametrize("words", [b"/ObjStmstream\n" * 100_000, b"/ObjStm" * 1_400_000])
def test_a_pdf_that_says_a_hundred_thousand_times_that_it_is_packed_is_judged_at_once(words: bytes) -> None:
    """Each time the rest of the file was copied: a megabyte kept a worker of the server for minutes."""
    begun = time.process_time()
    with pytest.raises(Unfit, match="file-broken"):
        fit(b"%PDF-1.4\n" + words + b"startxref\n%%EOF")
    assert time.process_time() - begun < 3


def test_what_a_pdf_hides_in_a_long_packed_object_is_found() -> None:
    """Also behind what is read at once."""
    noise = random.Random(1).randbytes(40_000).hex().encode()
    packed = zlib.compress(noise + b"/JavaScript (app.alert)")
    assert len(packed) > 3 * 4_096
    with pytest.raises(Unfit, match="file-acts"):
        fit(b"%PDF-1.4\n<</Type /ObjStm>>\nstream\n" + packed + b"\nendstream\nstartxref\n%%EOF")


def test_of_a_photograph_neither_place_nor_words_are_kept_but_how_it_was_held() -> None:
    _media, kept = fit(jpeg(PLACE, segment(0xFE, b"<html>by Eve"), behind=b"\0\0trailer of the telephone"))
    for told in (b"GPS", b"Eve", b"trailer"):
        assert told not in kept
    assert b"MM\0*" in kept
    assert kept[kept.index(b"\x01\x12\0\x03") + 9] == 6
    assert fit(kept) == ("image/jpeg", kept)


def test_of_a_png_the_words_beside_the_picture_are_dropped() -> None:
    assert fit(png(1, 1, chunk(b"tEXt", b"Author\0Eve"))) == ("image/png", png())


@given(st.binary(max_size=400), st.sampled_from([b"", PDF[:20], png()[:60], jpeg()[:40]]))
def test_no_bytes_bring_it_down(rest: bytes, head: bytes) -> None:
    reasons = obstacles_in_file(head + rest)
    assert all(reason.code.startswith(("file-", "picture-")) for reason in reasons)
    if not reasons:
        assert fit(head + rest)[1]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Statute.pdf", "Statute.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\eve\\Statute.html", "Statute.pdf"),
        ('a"; filename="b.exe', "a filenameb.pdf"),
        ("año\r\nX-Evil: 1.pdf", "año X-Evil 1.pdf"),
        ("\u202efdp.exe", "fdp.pdf"),
        ("", "document.pdf"),
        ("...", "document.pdf"),
        ("x" * 300, "x" * 80 + ".pdf"),
    ],
)
def test_a_name_keeps_its_words_and_loses_its_tricks(name: str, kept: str) -> None:
    assert clean_name(name, "application/pdf") == kept
