"""D. Forged requests: without the token of a page, from another site, with headers that lie, in a part of a page."""

from __future__ import annotations

from html.parser import HTMLParser

from coop.ballots.models import Ballot

from .cases import Case
from .telephone import FORM, HTMX, Answer, raw
from .world import HOUSE, World, at, number

NO_END = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
}
TOO_OLD = "older than your last sign-in"
SCRIPT = "<script>alert(1)</script>"


def written(token: str) -> bytes:
    return f"csrfmiddlewaretoken={token}&title=Canteen&clauses=I+typed+this.&do=save".encode()


def without_the_token(w: World) -> list[Answer]:
    """What was typed is shown again; for htmx as a part of the page."""
    eve, path, kind = w.of("eve"), f"/{HOUSE}/proposals/write/", {"Content-Type": FORM}
    answers = [eve.ask("POST", path, written(token), kind) for token in ("", "x" * 64, w.of("fay").token)]
    answers.append(eve.ask("POST", path, written(""), {**kind, **HTMX}))
    assert "<html" not in answers[-1].page
    assert all("I typed this." in answer.words for answer in answers)
    return answers


def from_another_site(w: World) -> list[Answer]:
    """With the right cookie and token, as a page elsewhere could send them if it knew them; and without, as it does."""
    eve, sent = w.of("eve"), {"form": number(), "choice": "for"}
    elsewhere = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    known = eve.post(at(w.vote), sent, elsewhere)
    nothing = eve.ask(
        "POST", at(w.vote), f"form={number()}&choice=for".encode(), {"Content-Type": FORM, **elsewhere}
    )
    plain = eve.ask(
        "POST", at(w.vote), f"form={number()}&choice=for".encode(), {"Content-Type": "text/plain"}
    )
    return [known, nothing, plain]


def nobody_asks_for_a_part(w: World) -> list[Answer]:
    answers = [
        w.stranger().get(path, HTMX) for path in (at(w.vote, "turnout/"), f"/{HOUSE}/", f"/{HOUSE}/journal/")
    ]
    for answer in answers:
        assert answer.headers["hx-redirect"].startswith(f"/{HOUSE}/sign-in/")
        assert answer.body == b""
    return answers


def part_or_page(w: World) -> list[Answer]:
    """The same address: a part for htmx, the page for a browser, the page for the Back button of htmx (62)."""
    eve, path = w.of("eve"), at(w.vote, "turnout/")
    part, page = eve.get(path, HTMX), eve.get(path)
    back = eve.get(path, {**HTMX, "HX-History-Restore-Request": "true"})
    assert ["<html" in answer.page for answer in (part, page, back)] == [False, True, True]
    assert all("HX-Request" in answer.headers["vary"] for answer in (part, page, back))
    return [part, page, back]


def headers_that_carry_a_script(w: World) -> list[Answer]:
    lies = dict.fromkeys(("HX-Target", "HX-Current-URL", "HX-Prompt", "HX-Trigger", "User-Agent"), SCRIPT)
    eve = w.of("eve")
    answers = [
        eve.get(path, {**HTMX, **lies}) for path in (at(w.vote, "turnout/"), f"/{HOUSE}/", f"/{HOUSE}/x/")
    ]
    answers.append(eve.get(f"/{HOUSE}/me/sessions/", lies))
    assert all(SCRIPT not in answer.page for answer in answers)
    return answers


def another_method_in_disguise(w: World) -> list[Answer]:
    eve = w.of("eve")
    override = {"X-HTTP-Method-Override": "POST", "X-Method-Override": "POST"}
    looked = eve.ask(
        "GET", at(w.vote), f"form={number()}&choice=for".encode(), {"Content-Type": FORM, **override}
    )
    sent = eve.post(at(w.vote, "turnout/"), {"_method": "GET"}, {"X-HTTP-Method-Override": "GET"})
    return [looked, sent]


def hosts_that_are_not_ours(w: World) -> list[Answer]:
    eve = w.of("eve")
    bad = [
        eve.get(f"/{HOUSE}/", {"Host": host})
        for host in ("evil.example", "localhost.evil.example", "a b", "")
    ]
    told = eve.get(f"/{HOUSE}/", {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"})
    assert "evil.example" not in told.page
    return [*bad, told]


def in_a_frame(w: World) -> list[Answer]:
    paths = (f"/{HOUSE}/", at(w.vote), f"/{HOUSE}/nothing/")
    answers = [*(w.of("eve").get(path) for path in paths), w.stranger().get(f"/{HOUSE}/sign-in/")]
    assert all("frame-ancestors 'none'" in answer.headers["content-security-policy"] for answer in answers)
    return answers


def nothing_of_a_paper_is_kept(w: World) -> Answer:
    """htmx keeps no page in the browser's own store, and the browser none in its cache."""
    answer = w.of("eve").get(at(w.vote))
    assert '"historyCacheSize":0' in answer.page
    assert "no-store" in answer.headers["cache-control"]
    assert Ballot.objects.get(pk=w.vote.pk).state == "open"
    return answer


class Refreshing(HTMLParser):
    """Counts the parts of a page that come anew every few seconds, and the fields that a person fills in them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.inside, self.parts, self.fields = 0, 0, list[str]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        comes_anew = "every" in (given.get("hx-trigger") or "")
        self.parts += comes_anew
        if self.inside and tag in ("input", "textarea", "select") and given.get("type") != "hidden":
            self.fields.append(str(given.get("name")))
        if tag not in NO_END and (self.inside or comes_anew):
            self.inside += 1

    def handle_endtag(self, tag: str) -> None:
        self.inside -= bool(self.inside)


def nothing_typed_comes_anew(w: World) -> list[Answer]:
    """What refreshes itself holds no field, so nobody's words or focus are taken away while they fill in a form."""
    meeting = f"/{HOUSE}/meetings/{w.meeting.pk}"
    paths = [
        ("eve", at(w.vote)),
        ("eve", at(w.vote, "turnout/")),
        ("eve", f"{meeting}/hall/"),
        ("eve", f"{meeting}/floor/"),
        ("ana", f"{meeting}/session/"),
        ("ana", f"{meeting}/attendance/"),
        ("eve", f"/{HOUSE}/problems/board/"),
    ]
    answers = [w.of(who).get(path) for who, path in paths]
    found = [Refreshing(answer.page) for answer in answers]
    assert [one.fields for one in found] == [[]] * len(found)
    assert [one.parts for one in found] == [1] * len(found)
    assert 'name="choice"' in answers[0].page  # the paper stands beside how many have voted
    return answers


def two_lengths(w: World) -> Answer:
    """Two servers in a row must not read two requests where one was sent."""
    eve = w.of("eve")
    cookie = "; ".join(f"{name}={value}" for name, value in eve.cookies.items())
    sent = (
        f"POST {at(w.vote)} HTTP/1.1\r\nHost: localhost:{w.port}\r\nCookie: {cookie}\r\nContent-Type: {FORM}\r\n"
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
        "0\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n"
    )
    got = raw(w.port, sent.encode())
    assert got.count(b"HTTP/1.1 ") <= 1
    return Answer(int(got[9:12] or b"400"), {}, got)


CASES = [
    Case("58", "a form without its token, with another's, with none for htmx", without_the_token, 403),
    Case("59", "a form from another site", from_another_site, 403),
    Case("60", "a part of a page for nobody", nobody_asks_for_a_part, 401),
    Case("61", "a part of a page for a plain browser, and after the Back button (62)", part_or_page, 200),
    Case("63", "a script in the headers of htmx", headers_that_carry_a_script, (200, 200, 404, 200)),
    Case("64", "another method in disguise", another_method_in_disguise, (200, 405)),
    Case("65", "a host that is not ours", hosts_that_are_not_ours, (400, 400, 400, 400, 200)),
    Case("66", "a page in a frame", in_a_frame, (200, 200, 404, 200)),
    Case("67", "parts of a page that come anew beside a form", nothing_typed_comes_anew, 200),
    Case("68", "what a browser may keep of a paper", nothing_of_a_paper_is_kept, 200),
]  # fmt: skip
