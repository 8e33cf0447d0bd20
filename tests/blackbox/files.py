"""F. Files: what is sent in, whatever it is called, and what goes out to be opened elsewhere."""

from __future__ import annotations

import csv
import io
import secrets

from coop.documents.actions import File
from coop.documents.models import Attachment
from coop.members.models import Member
from tests.documents.test_documents import statute
from tests.documents.test_files import PDF, png
from tests.intake.files import bomb, text

from .cases import Case, tables
from .telephone import Answer
from .world import HOUSE, OTHER, World

ENTER = f"/{HOUSE}/documents/enter/"
IMPORT = f"/{HOUSE}/members/import/"
EXPORT = f"/{HOUSE}/members/export/"
HEADS = "Number;Name;Born on;Joined on;Department;Crew;Telephone"
TYPED = {
    "kind": "statute",
    "title": "Statute",
    "text": "",
    "adopted_on": "2011-06-18",
    "adopted_by": "Book of minutes 1, page 3",
    "valid_from": "2011-06-18",
}
KEPT = tables("documents_document", "documents_version", "journal_chain", "journal_entry")
LOOKED_AT = tables("intake_intake", "intake_intakerow")
CALCULATES = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def entered(w: World, *files: tuple[str, bytes]) -> list[Answer]:
    return [w.of("ana").send_file(ENTER, TYPED, content, name) for name, content in files]


def something_else(w: World) -> list[Answer]:
    """Each is called a PDF."""
    svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
    page = b"<!DOCTYPE html><script>alert(1)</script>"
    acts = PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /JavaScript /JS (x) >>")
    both = (
        PDF.replace(b"%PDF-1.7", b"%PDF-1.7\n<script>alert(1)</script>") + b"<html><script>alert(1)</script>"
    )
    return entered(
        w, *(("statute.pdf", one) for one in (svg, page, b"MZ\x90\0\x03", acts, both, PDF + b"PK\x03\x04"))
    )


def too_large_or_nothing(w: World) -> list[Answer]:
    return entered(
        w, ("a.txt", b"x" * (10 * 1024 * 1024 + 1)), ("a.txt", b""), ("a.txt", b"x" * (11 * 1024 * 1024))
    )


def too_many_or_broken(w: World) -> list[Answer]:
    """101 files, 1,001 fields, a body that ends in the middle of a part, one without the line that parts them."""
    ana, fields = w.of("ana"), {f"field-{number}": "x" for number in range(1001)}
    line = secrets.token_hex(8)
    kind = {"Content-Type": f"multipart/form-data; boundary={line}"}
    cut = f'--{line}\r\nContent-Disposition: form-data; name="title"\r\n\r\nStat'.encode()
    return [
        ana.send_files(ENTER, TYPED, [("file", f"{number}.txt", b"x") for number in range(101)]),
        ana.send_files(ENTER, TYPED | fields, []),
        ana.post(ENTER, TYPED | fields),
        ana.ask("POST", ENTER, cut, {**kind, "X-CSRFToken": ana.token}),
        ana.ask("POST", ENTER, cut, {"Content-Type": "multipart/form-data", "X-CSRFToken": ana.token}),
    ]


def bombs(w: World) -> list[Answer]:
    """A picture of 400 million points in some bytes; a workbook that unpacks to 60 megabytes."""
    picture = entered(w, ("a.png", png(20_000, 20_000)))
    return [*picture, w.of("cy").send_file(IMPORT, {}, bomb(60), "list.xlsx")]


def odd_names(w: World) -> list[Answer]:
    names = ("../../etc/passwd", "CON", "x" * 300 + ".pdf", "\u202efdp.exe", "a%00b.pdf", "..\\..\\x.pdf")
    answers = entered(w, *((name, b"We bake bread.") for name in names))
    stored = set(Attachment.objects.values_list("name", flat=True))
    for name in stored:
        assert not set(name) & set("/\\\0\u202e")
        assert len(name) <= 150
    return answers


def file_of_another_house(w: World) -> list[Answer]:
    version = statute(w.plant, file=File("Statute.txt", b"Bread."))
    w.from_here()
    path = f"documents/{version.document.number}/versions/{version.number}/file/"
    own = w.of("lou").get(f"/{HOUSE}/{path}")
    assert own.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert own.headers["content-disposition"].startswith("attachment")
    stranger = w.of("ana", house=OTHER)
    return [
        stranger.get(f"/{OTHER}/{path}"),
        stranger.get(f"/{HOUSE}/{path}"),
        w.stranger().get(f"/{HOUSE}/{path}"),
    ]


def looked_at(w: World, content: bytes, **more: str) -> Answer:
    return w.of("cy").send_file(IMPORT, more, content, "list.csv")


def lists_with_faults(w: World) -> list[Answer]:
    """Windows letters, a mark before the first, one number twice, a formula: told by line, nothing entered."""
    before = Member.objects.count()
    row = "70;Rosa Paz;5/5/1980;2021-01-01;OVN;A;+54"
    answers = [
        looked_at(w, text(HEADS, row.replace("Rosa", "María"), letters="latin-1")),
        looked_at(w, text(HEADS, row.replace("Rosa", "María"), letters="latin-1"), letters="windows"),
        looked_at(w, b"\xef\xbb\xbf" + text(HEADS, row)),
        looked_at(w, text(HEADS, row, row)),
        looked_at(w, text(HEADS, "70;=HYPERLINK(1);;2021-01-01;OVN;;")),
    ]
    read = w.of("cy").get(answers[-1].headers["location"])
    assert "Name, column B, =HYPERLINK(1) : The cell holds a formula." in read.words
    answers.append(w.of("cy").post(f"{answers[-1].headers['location']}confirm/", {"document": "Book 2"}))
    assert Member.objects.count() == before
    return answers


def lists_that_are_none(w: World) -> list[Answer]:
    return [
        looked_at(w, text(HEADS)),
        looked_at(w, b""),
        looked_at(w, b"\0" * 2000),
        looked_at(w, text(HEADS, *(f"{number};Rosa;;2021-01-01;OVN;;" for number in range(1000, 21_000)))),
    ]


def carried_out(w: World) -> list[Answer]:
    """No cell calculates, whoever has which name; and it is written down who took the list."""
    names = ('=HYPERLINK("x")', "+4917012", "\t=1+1", "＝1", "-Paz", "@Sol")
    for number, name in enumerate(names):
        who = w.newcomer(f"f{number}")
        Member.objects.filter(pk=who.pk).update(name=name, phone=f"+54 {number}")
    cy = w.of("cy")
    w.from_here()
    answer = cy.post(EXPORT, {"form": "csv"})
    cells = [
        cell
        for row in csv.reader(io.StringIO(answer.body.decode("utf-8-sig")), delimiter=";")
        for cell in row
    ]
    assert [cell for cell in cells if cell.startswith(CALCULATES)] == []
    assert any("HYPERLINK" in cell for cell in cells)
    return [answer]


def carried_out_by_others(w: World) -> list[Answer]:
    answers = [w.of(who).post(EXPORT, {"form": "csv"}) for who in ("eve", "ana", "bo")]
    return [*answers, w.of("ana", house=OTHER).post(EXPORT, {"form": "csv"})]


CASES = [
    Case("79", "files that are something else than they are called", something_else, 422),
    Case("80a", "a byte too much, nothing, and a megabyte more", too_large_or_nothing, (422, 422, 413)),
    Case("80b", "too many files and fields, and bodies that are cut", too_many_or_broken, (413, 413, 413, 422, 400)),
    Case("81", "files that unpack to what no memory holds", bombs, 422),
    Case("82", "names that lead elsewhere", odd_names, 302, changes=None),
    Case("83", "a file by its address, from another house and by nobody", file_of_another_house, (404, 404, 302)),
    Case("84a", "lists with faults: looked at, and nothing is entered", lists_with_faults,
         (422, 302, 302, 302, 302, 409), changes=LOOKED_AT),
    Case("84b", "lists that are none", lists_that_are_none, 422),
    Case("85", "names that would calculate in a spreadsheet", carried_out, 200,
         changes=tables("journal_chain", "journal_entry")),
    Case("86", "the register carried out by others", carried_out_by_others, 404),
]  # fmt: skip
