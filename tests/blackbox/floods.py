"""G. Too much at once, in the small: the floods themselves are in tests/reliability."""

from __future__ import annotations

import gzip
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from .cases import VOTED, Case
from .forged import two_lengths
from .telephone import FORM, Answer, raw
from .world import HOUSE, World, at, number

LISTS = ("members/", "journal/", "decisions/", "proposals/")


def idle_lines(w: World) -> Answer:
    """Forty that send one line and no more; somebody else is served beside them."""
    with ExitStack() as lines:
        for _turn in range(40):
            line = lines.enter_context(socket.create_connection(("127.0.0.1", w.port), timeout=30))
            line.sendall(f"POST {at(w.vote)} HTTP/1.1\r\nHost: localhost\r\nX-Slow: ".encode())
        return w.of("eve").get(at(w.vote))


def twelve_megabytes(w: World) -> list[Answer]:
    eve, much = w.of("eve"), b"x=" + b"a" * (12 * 1024 * 1024)
    paths = (at(w.vote), f"/{HOUSE}/proposals/write/", f"/{HOUSE}/sign-in/")
    kinds = (FORM, f"multipart/form-data; boundary={'x' * 20}")
    return [eve.ask("POST", path, much, {"Content-Type": kind}) for path in paths for kind in kinds]


def packed_body(w: World) -> Answer:
    """Nothing is unpacked: what came is no form of ours."""
    eve, packed = w.of("eve"), gzip.compress(b"choice=for&form=" + b"0" * 10_000_000)
    return eve.ask("POST", at(w.vote), packed,
                   {"Content-Type": FORM, "Content-Encoding": "gzip", "X-CSRFToken": eve.token})  # fmt: skip


def pieces_without_end(w: World) -> Answer:
    """In pieces and without a length, twenty megabytes: the answer may come, or the line is cut; no vote is taken."""
    eve = w.of("eve")
    cookie = "; ".join(f"{name}={value}" for name, value in eve.cookies.items())
    head = (
        f"POST {at(w.vote)} HTTP/1.1\r\nHost: localhost:{w.port}\r\nCookie: {cookie}\r\nContent-Type: {FORM}\r\n"
        f"X-CSRFToken: {eve.token}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    )
    piece = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
    got = raw(w.port, head.encode() + piece * 320 + b"0\r\n\r\n")
    return Answer(int(got[9:12] or b"0"), {}, got)


def long_heads(w: World) -> list[Answer]:
    eve = w.of("eve")
    questions = "&".join(f"a{number}=1" for number in range(1_000))
    return [eve.get(f"/{HOUSE}/", {"X-Long": "a" * 32_768}), eve.get(f"/{HOUSE}/?{questions}")]


def ten_thousand_questions(w: World) -> Answer:
    return w.of("eve").get(f"/{HOUSE}/?" + "&".join(f"a{number}=1" for number in range(10_000)))


def pages_that_no_list_has(w: World) -> list[Answer]:
    eve = w.of("eve")
    pages = ("0", "-1", "1000000000", "abc", "1.5", "9" * 5000)
    return [eve.get(f"/{HOUSE}/{path}?page={page}") for path in LISTS for page in pages]


def dear_pages_and_a_vote(w: World) -> list[Answer]:
    """Ten times a search for everything and a printed sheet at once; the vote in the middle is taken."""
    ballot = w.opened()
    eve, fay = w.of("eve"), w.of("fay")
    dear = [f"/{HOUSE}/search/?words=%25", f"/{HOUSE}/decisions/printed/"] * 5
    with ThreadPoolExecutor(11) as doors:
        pages = [doors.submit(eve.get, path) for path in dear]
        vote = doors.submit(fay.post, at(ballot), {"form": number(), "choice": "for"})
        return [*(page.result() for page in pages), vote.result()]


CASES = [
    Case("88", "forty lines on which nothing more comes", idle_lines, 200),
    Case("89a", "twelve megabytes", twelve_megabytes, 413),
    Case("89b", "a packed body", packed_body, 422),
    Case("90", "32 kB of a header, and a thousand questions", long_heads, (200, 413),
         because="A long header is read by the server and harms nobody; a proxy in front refuses it."),
    Case("92", "dear pages, and a vote beside them", dear_pages_and_a_vote, (*[200] * 10, 302), changes=VOTED,
         because="No page is counted: ten at once are served in a row, and votes beside them are taken."),
    Case("93", "pages that no list has", pages_that_no_list_has, 404),
]  # fmt: skip

# What ends before a page is reached has none of its headers.
BELOW_THE_PAGES = [
    Case(
        "89c",
        "pieces without an end",
        pieces_without_end,
        422,
        because="What says no length is not read: there is no vote in it.",
    ),
    Case("89d", "two lengths of one request", two_lengths, 403),
    Case("90b", "ten thousand questions in an address", ten_thousand_questions, 414),
]
