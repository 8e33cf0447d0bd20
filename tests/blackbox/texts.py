"""E. Texts: markup, templates, odd letters, and two people who write the same page."""

from __future__ import annotations

from coop.meetings import actions as meetings
from coop.proposals.models import Proposal
from tests import make

from .cases import Case, tables
from .telephone import Answer
from .world import HOUSE, World, note, report_of

WRITE = f"/{HOUSE}/proposals/write/"
SEARCH = f"/{HOUSE}/search/?words="
WRITTEN = tables("journal_chain", "journal_entry", "proposals_clause", "proposals_proposal")
PAYLOADS = (
    "<script>alert(1)</script>",
    "<ScRiPt>alert(1)</sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<img src=https://evil.example/track.png>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<object data=data:text/html,x></object>",
    "<form action=https://evil.example/><input name=secret></form>",
    "<style>@import 'https://evil.example/';</style>",
    "<div hx-get='/bakery/' hx-trigger=load>x</div>",
    "<div data-hx-post='/bakery/' data-hx-trigger=load>x</div>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](java&#10;script:alert(1))",
    "![x](https://evil.example/track.png)",
    "\"><b>x</b>",
    "' onmouseover='alert(1)",
    "</textarea><script>alert(1)</script>",
    "<!-- --!><script>alert(1)</script>",
)  # fmt: skip
TEMPLATES = "{{7*7}} {% debug %} %(x)s {0.__class__} ${7*7} <%= 7*7 %>"
ODD = ("a\0b", "\ud800", "\ufeff\u202e", "e" + "\u0301" * 10_000, "\x08\x0b", "\u200b" * 500)
LETTERS = "🌾 ñandú שלום नमस्ते 中文 ﷺ"


def proposal(**more: str) -> dict[str, str]:
    usual = {
        "title": "Canteen",
        "clauses": "Open on Mondays.",
        "reasons": "",
        "matter": "ordinary",
        "do": "save",
    }
    return usual | more


def written_by(w: World, who: str = "eve", **more: str) -> tuple[Answer, Proposal]:
    answer = w.of(who).post(WRITE, proposal(**more))
    return answer, Proposal.objects.latest("pk")


def markup_in_every_field(w: World) -> list[Answer]:
    """All 23 in title, clause and reasons, on the page and in what search says of it; and as the name of a member."""
    all_of_them = "\n".join(PAYLOADS)
    given, made = written_by(
        w, title="</title><script>alert(1)</script>", clauses=all_of_them, reasons=all_of_them
    )
    eve = w.of("eve")
    pages = [eve.get(f"/{HOUSE}/proposals/{made.pk}/"), eve.get(f"/{HOUSE}/proposals/{made.pk}/rewrite/")]
    for page in pages:
        assert [piece for piece in PAYLOADS if "<" in piece and piece in page.page] == []
        assert "&lt;script&gt;alert(1)" in page.page
        assert 'javascript:alert(1)"' not in page.page
    return [given, *pages]


def markup_that_is_refused(w: World) -> list[Answer]:
    """What was typed comes back in the field, as text."""
    eve = w.of("eve")
    answers = [eve.post(WRITE, proposal(title="", reasons=one)) for one in PAYLOADS[:6]]
    answers += [eve.get(f"{SEARCH}%3Cscript%3Ealert(1)%3C/script%3E")]
    for answer in answers:
        assert "<script>alert" not in answer.page
        assert "onerror=alert(1)>" not in answer.page
    return answers


def templates_are_words(w: World) -> list[Answer]:
    given, made = written_by(w, title=TEMPLATES, clauses=TEMPLATES, reasons=TEMPLATES)
    page = w.of("eve").get(f"/{HOUSE}/proposals/{made.pk}/")
    assert page.words.count(TEMPLATES) >= 2
    return [given, page]


def searched(w: World) -> list[Answer]:
    eve = w.of("eve")
    odd = (
        "'%3B--",
        "%5C",
        "%25",
        "_",
        "'%20OR%201=1",
        "%22)%20%7C%20!%20(",
        "%3A*%20%26",
        "%25%25%25",
        "%EF%BB%BF",
    )
    return [eve.get(SEARCH + one) for one in odd]


def unreadable_letters(w: World) -> list[Answer]:
    """Refused with words, or what can be seen of them is kept."""
    eve = w.of("eve")
    answers = [eve.post(WRITE, proposal(title=one, clauses=one)) for one in ODD]
    broken = (
        f"csrfmiddlewaretoken={eve.token}&title=Cant%FFeen&clauses=Open.&reasons=&matter=ordinary&do=save"
    )
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    return [*answers, eve.ask("POST", WRITE, broken.encode(), kind)]


def unreadable_addresses(w: World) -> list[Answer]:
    eve = w.of("eve")
    return [eve.get(f"{SEARCH}{one}") for one in ("%00", "%FF", "%ED%A0%80", "%E2%80%AE", "%CC%81" * 2000)]


def letters_of_the_world(w: World) -> list[Answer]:
    """Whole on the page, in the search, in the file of the register."""
    given, made = written_by(w, title=LETTERS, clauses=LETTERS)
    w.newcomer("x")
    type(w.plant.ana).objects.filter(name="X").update(name=LETTERS)
    page = w.of("eve").get(f"/{HOUSE}/proposals/{made.pk}/")
    file = w.of("cy").post(f"/{HOUSE}/members/export/", {"form": "csv"})
    assert LETTERS in page.words
    assert LETTERS in file.page
    return [given, page, file]


def long_texts(w: World) -> list[Answer]:
    ana, path = w.of("ana"), note(w.meeting)
    heavy = ("x" * 1_100_000, "x" * 600_000, ">" * 100_000, "[" * 100_000, "*_" * 60_000)
    return [ana.post(path, {"text": one, "revision": "0"}) for one in heavy]


def nested_and_kept(w: World) -> list[Answer]:
    """As long as a note may be, and read again at once."""
    given, made = written_by(w, clauses="[" * 4000, reasons=">" * 4000)
    return [given, w.of("eve").get(f"/{HOUSE}/proposals/{made.pk}/")]


def two_write_one_note(w: World) -> Answer:
    """Ana had the page open while the note was saved in another window: both texts are shown, the first is kept."""
    item = report_of(w.meeting)
    kept = item.note_of(None)
    revision = kept.revision if kept else 0
    meetings.write_note(item=item, text="Saved first.", revision=revision, by=w.plant.ana, at=make.now())
    w.from_here()
    answer = w.of("ana").post(note(w.meeting), {"text": "Typed meanwhile.", "revision": str(revision)})
    assert "Typed meanwhile." in answer.words
    return answer


def signed_with_another_hash(w: World) -> list[Answer]:
    path = f"/{HOUSE}/meetings/{w.minutes.pk}/minutes/sign/"
    return [w.of("eve").post(path, {"hash": one}) for one in ("", "0" * 64, "x" * 5000)]


def one_text_in_two_spellings(w: World) -> list[Answer]:
    """Line ends and blanks behind are no part of a text: what is stored, and hashed later, is the same."""
    first, one = written_by(w, title="Spelt", clauses="Open on Mondays.\nAnd on Fridays.")
    second, other = written_by(w, title="Spelt", clauses="Open on Mondays.  \r\nAnd on Fridays.\r\n\r\n")
    texts = [list(made.clauses.values_list("text", flat=True)) for made in (one, other)]
    assert texts[0] == texts[1]
    return [first, second]


def picture_from_elsewhere(w: World) -> Answer:
    """In circulated minutes: the words stand there, and nothing is asked of another house."""
    answer = w.of("eve").get(f"/{HOUSE}/meetings/{w.minutes.pk}/minutes/")
    body = answer.page.partition("<main")[2]
    assert "<img" not in body
    assert 'src="http' not in body
    return answer


CASES = [
    Case("69a", "23 pieces of markup in every field of a text", markup_in_every_field, (302, 200, 200),
         changes=WRITTEN),
    Case("69b", "markup in a form that comes back, and in a search", markup_that_is_refused, (*[422] * 6, 200)),
    Case("70", "words that templates would read", templates_are_words, (302, 200), changes=WRITTEN),
    Case("71", "quotes and signs in a search", searched, 200),
    Case("72a", "letters that nobody can read", unreadable_letters, 422),
    Case("72b", "letters that nobody can read, in an address", unreadable_addresses, (400, 422, 422, 200, 200)),
    Case("73", "letters of the whole world", letters_of_the_world, (302, 200, 200), changes=None),
    Case("74a", "a note of a megabyte, and nested a hundred thousand times", long_texts, (413, 422, 422, 422, 422)),
    Case("74b", "nested as deep as a text may be, and read again", nested_and_kept, (302, 200), changes=WRITTEN),
    Case("75", "two write one note", two_write_one_note, 409, "Saved first."),
    Case("76", "minutes are signed with the hash of another text", signed_with_another_hash, 409),
    Case("77", "one text in two spellings", one_text_in_two_spellings, 302, changes=WRITTEN),
    Case("78", "a picture from elsewhere in minutes", picture_from_elsewhere, 200),
]  # fmt: skip
