"""The budget round on the screen: an amendment written, weighed, handed in, joined; what clashes, and the order."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coop.budget import actions as budget
from coop.budget.models import Amendment, PartOf, Year
from coop.budget.tables import Table
from coop.budget.voting_order import lot
from coop.decisions.models import Decision
from coop.members import actions as members
from coop.members.models import Body, Member, Power
from tests import make, make_amendments, make_budget
from tests.make_budget import admitted, voted

pytestmark = pytest.mark.django_db

State = Amendment.State


@pytest.fixture
def plant() -> make.Plant:
    return make_budget.plant()


@pytest.fixture
def year(plant: make.Plant) -> Year:
    """Published today: amendments are taken for five weeks."""
    return now_open(plant)


def now_open(plant: make.Plant, lines: Any = None, **more: Any) -> Year:
    year = make_budget.draft(plant, lines, **more)
    budget.publish(year=year, by=plant.kim, at=make.now(), **days(plant))
    return make_budget.fresh(year)


def days(plant: make.Plant) -> dict[str, datetime.date]:
    found = make_budget.days_of(make.now(), plant.cooperative)
    last = datetime.date(make.now().year + 1, 12, 31)
    return {name: min(day, last) for name, day in found.items()}


def asked(year: Year, moves: dict[str, int], by: Member, **more: Any) -> Amendment:
    return handed_in_now(make_budget.amendment(year, moves, by=by, at=make.now(), **more))


def handed_in_now(draft: Amendment) -> Amendment:
    return budget.hand_in(amendment=draft, by=draft.author, at=make.now())


def council(plant: make.Plant, code: str, who: Member) -> Any:
    """One that has decided nothing."""
    body = members.create_body(
        cooperative=plant.cooperative,
        code=code,
        name=f"Council {code}",
        kind=Body.Kind.DEPARTMENT_COUNCIL,
        composition=Body.Composition.MANDATE,
        by=make.FOUNDING,
        at=make.FOUNDED,
    )
    make.office(plant, body, f"convener {code}", who, [(Power.CONVENE, body)])
    return body


def client_of(who: Member) -> Client:
    return make.sign_in(Client(), who)


def to(name: str, *arguments: Any) -> str:
    return reverse(name, args=["bakery", *arguments])


def read(answer: HttpResponse) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def form(*rows: tuple[str, str, str], **more: str) -> dict[str, str]:
    found = {"title": "Filter bags", "reasons": "Dust.", "do": "keep", "revision": "0", **more}
    for number in range(1, 5):
        line, way, amount = rows[number - 1] if number <= len(rows) else ("", "more", "")
        found |= {f"line-{number}": line, f"way-{number}": way, f"amount-{number}": amount}
    return found


# --- Writing --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("amount", ["1.500,50", "1,500.50", "1500.5", "1 500,50", "UC 1500,50"])
def test_amounts_are_read_in_every_notation_and_kept_as_a_draft(
    plant: make.Plant, year: Year, amount: str
) -> None:
    client = client_of(plant.eve)
    typed = form(("E-GAS", "less", amount), ("bags", "more", amount))
    answer = client.post(to("budget-amendment-write", year.pk), typed)
    made = Amendment.objects.get()
    assert answer.headers["Location"] == to("budget-amendment", made.pk)
    assert {move.line.code: move.amount for move in made.moves.all()} == {
        "E-GAS": Decimal("-1500.5"),
        "E-BAG": Decimal("1500.5"),
    }
    page = read(client.get(to("budget-amendment", made.pk)))
    assert "1,500.50 from “Gas” to “Bags”" in page
    assert "Hand it in" in page
    assert client_of(plant.fay).get(to("budget-amendment", made.pk)).status_code == 404


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("E-GAS", "less", "1.500"), "This can be read as 1500 or as 1.500"),
        (("E-GAS", "less", "-5"), "Write it without a sign"),
        (("E-GAS", "less", "=1+1"), "This is a formula"),
        (("E-GAS", "less", "0.001"), "more decimals than our money"),
        (("E-GAS", "less", "9" * 20), "more money than a budget can hold"),
        (("E-GAS", "less", "lots"), "not an amount of money"),
        (("E-GAS", "less", ""), "There is no amount"),
        (("E-GAS", "less", "0"), "Nothing is moved"),
        (("", "less", "5"), "Name the line"),
        (("Steam", "less", "5"), "no line Steam"),
        (("E-", "less", "5"), "Several lines are called so"),
        (("E-BAG", "less", "5"), "stands here twice"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field_and_nothing_is_stored(
    plant: make.Plant, year: Year, row: tuple[str, str, str], told: str
) -> None:
    typed = form(("E-BAG", "more", "500"), row)
    for do in ("keep", "check"):
        answer = client_of(plant.eve).post(to("budget-amendment-write", year.pk), typed | {"do": do})
        assert answer.status_code == 422
        page = read(answer)
        assert told in page
        assert 'value="Filter bags"' in page
        assert not row[2] or f'value="{row[2]}"' in page
    assert not Amendment.objects.exists()


def test_an_unbalanced_one_is_kept_and_not_handed_in(plant: make.Plant, year: Year) -> None:
    client = client_of(plant.eve)
    client.post(to("budget-amendment-write", year.pk), form(("E-GAS", "more", "500")))
    made = Amendment.objects.get()
    page = read(client.get(to("budget-amendment", made.pk)))
    assert "500 are missing: say where they come from." in page
    assert "It gives 500 more than it takes" in page
    assert "Why it stays a draft" in page
    client.post(to("budget-amendment-rewrite", made.pk), form(("E-GAS", "more", "12000.75")))
    assert "It gives 12,000.75 more than it takes" in read(client.get(to("budget-amendment", made.pk)))
    client.post(to("budget-amendment-rewrite", made.pk), form(("E-GAS", "more", "500"), revision="1"))
    refused = client.post(to("budget-amendment-hand-in", made.pk))
    assert refused.status_code == 409
    assert "It gives 500 more" in read(refused)
    made.refresh_from_db()
    assert made.state == State.DRAFT
    client.post(
        to("budget-amendment-rewrite", made.pk),
        form(("E-GAS", "more", "500"), ("E-BAG", "less", "500"), revision="2"),
    )
    answer = client.post(to("budget-amendment-hand-in", made.pk), follow=True)
    assert f"It is handed in as B {year.year} A1 and carries your signature. 1 more is needed." in read(
        answer
    )
    assert read(client_of(plant.fay).get(to("budget-amendment", made.pk)))


def test_rows_beyond_the_most_and_a_council_no_longer_called_are_not_dropped_in_silence(
    plant: make.Plant, year: Year
) -> None:
    client, address = client_of(plant.eve), to("budget-amendment-write", year.pk)
    typed = form(("E-GAS", "more", "5"), ("E-BAG", "less", "5"))
    answer = client.post(address, typed | {"line-61": "E-FLR", "way-61": "more", "amount-61": "5"})
    assert answer.status_code == 422
    assert "moves at most 60 lines" in read(answer)
    answer = client.post(address, typed | {"on_behalf_of": "C-PAC"})
    assert answer.status_code == 422
    assert "would stand in your own name" in read(answer)
    assert not Amendment.objects.exists()


def test_a_draft_changed_in_another_window_keeps_what_was_typed(plant: make.Plant, year: Year) -> None:
    made = make_budget.amendment(year, {"E-GAS": 5}, by=plant.eve, at=make.now())
    client = client_of(plant.eve)
    first = form(("E-GAS", "more", "7"), title="The first window")
    assert client.post(to("budget-amendment-rewrite", made.pk), first).status_code == 302
    second = client.post(to("budget-amendment-rewrite", made.pk), first | {"title": "The second"})
    assert second.status_code == 409
    assert "saved in another window" in read(second)
    assert 'value="The second"' in read(second)
    made.refresh_from_db()
    assert made.title == "The first window"


def test_the_balance_is_told_while_writing(plant: make.Plant, year: Year) -> None:
    client = client_of(plant.eve)
    told = [
        (
            form(("E-GAS", "more", "500"), ("E-BAG", "less", "500")),
            "It balances: what it gives is what it takes.",
        ),
        (
            form(("E-GAS", "more", "500"), ("E-BAG", "less", "200")),
            "300 are missing: say where they come from.",
        ),
        (form(("E-BAG", "less", "200")), "200 are left over: say where they go."),
        (
            form(("E-GAS", "more", "7000"), ("E-RES", "less", "7000")),
            "3,000 are left: 1,000 under the floor of 4,000.",
        ),
        (
            form(("E-GAS", "more", "25000"), ("E-BAG", "less", "25000")),
            "“Bags (E-BAG)” falls 5,000 below zero: this draft.",
        ),
        (
            form(("I-CAK", "more", "500"), ("E-BAG", "more", "500")),
            "Nothing shows that 500 more come in on “Cakes sold (I-CAK)”: this draft.",
        ),
        (form(("E-GAS", "more", "1.500")), "This can be read as 1500 or as 1.500"),
        (form(), "No line moves yet."),
    ]
    for typed, sentence in told:
        fragment = client.post(to("budget-balance", year.pk), typed, headers={"HX-Request": "true"})
        assert fragment.status_code == 200
        assert sentence in read(fragment)
        if "read as" not in sentence:
            whole = client.post(to("budget-amendment-write", year.pk), typed | {"do": "check"})
            assert whole.status_code == 200
            assert sentence in read(whole)
    assert not Amendment.objects.exists()


def test_more_rows_keep_all_that_was_typed(plant: make.Plant, year: Year) -> None:
    client, address = client_of(plant.eve), to("budget-amendment-write", year.pk)
    typed = form(("E-GAS", "more", "1.2.3"), ("nonsense", "less", "x"))
    page = read(client.post(address, typed | {"do": "row"}))
    assert 'name="line-5"' in page
    assert 'value="1.2.3"' in page
    assert 'value="nonsense"' in page
    assert "not an amount" not in page
    page = read(client.post(address, typed | {"do": "list", "department": "PAC"}))
    assert 'value="E-BAG"' in page
    assert 'value="E-GAS" formnovalidate' not in page
    page = read(client.post(address, typed | {"add": "E-BAG"}))
    assert 'name="line-3" value="E-BAG Bags"' in page
    page = read(client.get(address + "?line=E-GAS"))
    assert 'value="E-GAS Gas"' in page


def test_nobody_amends_out_of_time_or_without_a_voice(plant: make.Plant, year: Year) -> None:
    old = make_budget.opened(plant, ahead=2)
    typed = form(("E-GAS", "more", "500"), ("E-BAG", "less", "500"))
    for who, where, told in (
        (plant.eve, old, "takes no amendments now"),
        (plant.people["max"], year, "trial"),
    ):
        client = client_of(who)
        assert told in read(client.get(to("budget-amendment-write", where.pk)))
        answer = client.post(to("budget-amendment-write", where.pk), typed)
        assert answer.status_code == 409
        assert told in read(answer)
    assert not Amendment.objects.exists()


# --- Joining --------------------------------------------------------------------------------------------------------


def test_signing_and_what_is_needed(plant: make.Plant, year: Year) -> None:
    made = asked(year, {"E-GAS": 500, "E-BAG": -500}, plant.eve)
    client = client_of(plant.fay)
    assert "1 of 2" in read(client.get(to("budget-amendment", made.pk)))
    client.post(to("budget-amendment-sign", made.pk))
    made.refresh_from_db()
    assert made.state == State.ADMITTED
    again = client.post(to("budget-amendment-sign", made.pk))
    assert again.status_code == 409
    assert "does not wait for this" in read(again)


def test_a_council_names_its_decision(plant: make.Plant, year: Year) -> None:
    body = council(plant, "C-PAC", plant.gus)
    client = client_of(plant.gus)
    typed = form(("E-GAS", "less", "500"), ("E-BAG", "more", "500"), on_behalf_of="C-PAC")
    client.post(to("budget-amendment-write", year.pk), typed)
    made = Amendment.objects.get()
    assert made.on_behalf_of == body
    answer = client.post(to("budget-amendment-hand-in", made.pk), follow=True)
    assert "Name the council&#x27;s decision, and it will be voted." in read(answer)
    assert client_of(plant.eve).get(to("budget-amendment-back", made.pk)).status_code == 404
    assert "has carried nothing since" in read(client.get(to("budget-amendment-back", made.pk)))


def test_with_its_decision_it_is_voted_and_with_anothers_it_is_not(plant: make.Plant, year: Year) -> None:
    body = make_amendments.council_that_decided(plant, "C-FAY", plant.fay)
    other = make_amendments.council_that_decided(plant, "C-GUS", plant.gus)
    made = asked(year, {"E-GAS": 500, "E-BAG": -500}, plant.fay, on_behalf_of=body)
    client, address = client_of(plant.fay), to("budget-amendment-back", made.pk)
    theirs, ours = (Decision.objects.get(body=one) for one in (other, body))
    assert ours.label in read(client.get(address))
    assert client.post(address, {"decision": theirs.pk}).status_code == 422
    assert client.post(address, {"decision": "x"}).status_code == 422
    client.post(address, {"decision": ours.pk})
    made.refresh_from_db()
    assert (made.state, made.backed_by) == (State.ADMITTED, ours.label)
    assert client.post(address, {"decision": ours.pk}).status_code == 409
    page = read(client_of(plant.lou).get(to("budget-amendment", made.pk)))
    assert f"The council stands behind it by its decision {ours.label}." in page


def test_a_common_text_of_a_council_waits_for_those_it_stands_for(plant: make.Plant, year: Year) -> None:
    """Not for a decision of the council alone, which would have put it before anybody agreed."""
    body = make_amendments.council_that_decided(plant, "C-FAY", plant.fay)
    parts = [asked(year, {"E-GAS": n, "E-BAG": -n}, who) for n, who in ((500, plant.eve), (300, plant.gus))]
    common = handed_in_now(
        budget.common_text(
            parts=parts,
            title="Both",
            moves={"E-GAS": Decimal(400), "E-BAG": Decimal(-400)},
            on_behalf_of=body,
            by=plant.fay,
            at=make.now(),
        )
    )
    address = to("budget-amendment-back", common.pk)
    refused = client_of(plant.fay).post(address, {"decision": Decision.objects.get(body=body).pk})
    assert refused.status_code == 409
    assert "does not wait for this" in read(refused)
    common.refresh_from_db()
    assert common.state == State.SUBMITTED


def test_it_is_taken_back_by_its_mover_and_remarked_by_the_commission(plant: make.Plant, year: Year) -> None:
    made = asked(year, {"E-GAS": 500, "E-BAG": -500}, plant.eve)
    assert client_of(plant.fay).post(to("budget-amendment-withdraw", made.pk)).status_code == 404
    assert client_of(plant.eve).post(to("budget-amendment-remark", made.pk)).status_code == 404
    keeper = client_of(plant.kim)
    assert keeper.post(to("budget-amendment-remark", made.pk), {"text": " "}).status_code == 422
    keeper.post(to("budget-amendment-remark", made.pk), {"text": "Nobody has shown it."})
    client_of(plant.eve).post(to("budget-amendment-withdraw", made.pk), {"because": "Bags are enough."})
    page = read(client_of(plant.lou).get(to("budget-amendment", made.pk)))
    assert "Nobody has shown it." in page
    assert "Why it was taken back: Bags are enough." in page
    assert "withdrew" in page
    again = client_of(plant.eve).post(to("budget-amendment-withdraw", made.pk), {"because": ""})
    assert again.status_code == 409


def test_other_moves_in_place_of_an_amendment(plant: make.Plant, year: Year) -> None:
    made = asked(year, {"E-GAS": 500, "E-BAG": -500}, plant.eve)
    client = client_of(plant.fay)
    page = read(client.get(to("budget-amendment-amend", made.pk)))
    assert 'value="E-GAS Gas"' in page
    assert 'value="500"' in page
    client.post(
        to("budget-amendment-amend", made.pk), form(("E-GAS", "more", "300"), ("E-BAG", "less", "300"))
    )
    sub = Amendment.objects.get(amends=made)
    handed_in_now(sub)
    page = read(client.get(to("budget-amendment", sub.pk)))
    assert "In place of what A1 moves." in page
    assert "A2 would stand in place of what A1 moves, and is voted before it." in page
    assert "A2 would stand in place" in read(client_of(plant.eve).get(to("budget-amendment", made.pk)))
    refused = client.get(to("budget-amendment-amend", sub.pk))
    assert "its amendments" in read(refused) or "amendment of an amendment" in read(refused).lower()


# --- Clashes --------------------------------------------------------------------------------------------------------


def test_a_clash_is_told_to_both_and_ends_in_a_common_text(plant: make.Plant, year: Year) -> None:
    one = asked(year, {"E-GAS": 500, "E-BAG": -500}, plant.eve, title="Warmer")
    two = asked(year, {"E-GAS": -300, "E-FLR": 300}, plant.gus, title="More flour")
    told = "A1 gives to “Gas (E-GAS)” and A2 takes from it: when one is carried the other falls"
    common = f"{to('budget-common', year.pk)}?part={one.pk}&amp;part={two.pk}"
    for who, made in ((plant.eve, one), (plant.gus, two)):
        page = read(client_of(who).get(to("budget-amendment", made.pk)))
        assert told in page
        assert "Write a common text" in page
    page = read(client_of(plant.lou).get(to("budget-clashes", year.pk)))
    assert told in page
    assert common in page
    assert "pull one line both ways" in page
    address = common.replace("&amp;", "&")
    client = client_of(plant.eve)
    page = read(client.get(address))
    for words in ('value="E-BAG Bags"', 'value="E-GAS Gas"', 'value="E-FLR Flour"', 'value="200"'):
        assert words in page
    typed = form(("E-BAG", "less", "500"), ("E-GAS", "more", "200"), ("E-FLR", "more", "300"))
    made = Amendment.objects.get(
        pk=int(client.post(address, typed).headers["Location"].rstrip("/").split("/")[-1])
    )
    assert made.kind == Amendment.Kind.COMMON
    client.post(to("budget-amendment-hand-in", made.pk))
    assert "A common text" in read(client_of(plant.gus).get(to("home")))
    for who, part in ((plant.eve, one), (plant.gus, two)):
        mine = PartOf.objects.get(common=made, part=part)
        wrong = client_of(plant.lou).post(to("budget-part-agree", mine.pk))
        assert wrong.status_code == 409
        assert "Agree that it stands for" in read(client_of(who).get(to("budget-amendment", made.pk)))
        assert client_of(who).post(to("budget-part-agree", mine.pk)).status_code == 302
    made.refresh_from_db()
    assert made.state == State.ADMITTED
    page = read(client_of(plant.lou).get(to("budget-order", year.pk)))
    assert page.index("Filter bags") > 0  # it is first: those it stands for wait for supporters
    assert "A common text" not in read(client_of(plant.gus).get(to("home")))


def test_a_common_text_of_one_or_of_another_year_is_refused(plant: make.Plant, year: Year) -> None:
    one = asked(year, {"E-GAS": 500, "E-BAG": -500}, plant.eve)
    client = client_of(plant.eve)
    address = to("budget-common", year.pk)
    assert "stands for two amendments or more" in read(client.get(f"{address}?part={one.pk}"))
    assert client.post(f"{address}?part={one.pk}", form(("E-GAS", "more", "5"))).status_code == 409
    for wrong in ("x", "9" * 30, "-1", "999999"):
        assert client.get(f"{address}?part={wrong}").status_code == 404
    other = make_budget.opened(plant, ahead=2)
    assert client.get(f"{to('budget-common', other.pk)}?part={one.pk}").status_code == 404


def test_a_source_that_is_not_enough_names_its_witnesses(plant: make.Plant, year: Year) -> None:
    for number, amount in enumerate((4_000, 3_000, 2_500)):
        asked(year, {"E-GAS": amount, "E-RES": -amount}, (plant.eve, plant.fay, plant.gus)[number])
    page = read(client_of(plant.lou).get(to("budget-clashes", year.pk)))
    assert "“What nobody foresaw (E-RES)” has not enough for all of A1 and A2 and A3" in page
    assert "together 3,500 are missing" in page
    assert "These cannot stand together: A1 and A2; A1 and A3." in page


# --- The table and the order ----------------------------------------------------------------------------------------


def test_any_set_is_applied_and_what_breaks_is_told(plant: make.Plant, year: Year) -> None:
    one = asked(year, {"E-GAS": 4_000, "E-RES": -4_000}, plant.eve)
    two = asked(year, {"E-FLR": 3_000, "E-RES": -3_000}, plant.gus)
    draft = make_budget.amendment(year, {"E-GAS": 5}, by=plant.eve, at=make.now())
    client, address = client_of(plant.lou), to("budget-table", year.pk)
    page = read(client.get(address))
    assert "None is applied" in page
    assert "This budget can stand" in page
    page = read(client.get(f"{address}?a={one.pk}"))
    assert "This budget can stand" in page
    assert "6,000 are left: 2,000 above the floor of 4,000" in page
    assert "34,000" in page
    assert "+4,000" in page
    page = read(client.get(f"{address}?set=1&a={one.pk}&a={two.pk}"))
    assert "This budget cannot stand" in page
    assert "“What nobody foresaw (E-RES)” falls 1,000 under what has to stay there: A1 and A2." in page
    fragment = client.get(f"{address}?a={one.pk}", headers={"HX-Request": "true"}).content.decode()
    assert fragment.lstrip().startswith("<div")
    assert "<form" not in fragment
    for wrong in (str(draft.pk), "x", "9" * 40):
        assert client.get(f"{address}?a={wrong}").status_code == 404


def test_the_order_says_why(plant: make.Plant) -> None:
    year = make_budget.opened(plant)
    small = admitted(plant, year, {"E-GAS": 100, "E-BAG": -100}, title="Small")
    large = admitted(plant, year, {"E-GAS": 900, "E-RES": -900}, title="Large")
    same = admitted(plant, year, {"E-FLR": 100, "E-BAG": -100}, title="The same")
    page = read(client_of(plant.lou).get(to("budget-order", year.pk)))
    assert page.index("Large") < page.index("Small") < page.index("The same")
    assert "It moves 1,800 in all, more than what follows." in page
    assert "It moves 200 in all, as much as the next, and was handed in before it." in page
    assert "How the lot was drawn" not in page
    year = make_budget.put(plant, year)
    page = read(client_of(plant.lou).get(to("budget-order", year.pk)))
    assert "It moves 200 in all, as much as the next; the lot was drawn for it." in page
    drawn = sorted((lot(Table.of(year).seed, one.number or 0), one.short) for one in (small, same))
    assert [page.index(f">{short} <code>{found[:16]}…") for found, short in drawn] == sorted(
        page.index(f">{short} <code>") for _found, short in drawn
    )
    assert Table.of(year).seed in page
    voted(large)
    assert (
        "Large"
        not in read(client_of(plant.lou).get(to("budget-order", year.pk))).split("Order of voting")[-1]
    )
    for name in ("budget-order-printed", "budget-amendments-printed"):
        answer = client_of(plant.lou).get(to(name, year.pk))
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.content[:5] == b"%PDF-"
    for one in (small, large, same):
        paper = client_of(plant.lou).get(to("budget-amendment-printed", one.pk))
        assert paper.content[:5] == b"%PDF-"


def test_it_asks_as_much_for_thirty_amendments_as_for_one(plant: make.Plant) -> None:
    small, large = now_open(plant), now_open(plant, ahead=2)
    first = asked(small, {"E-GAS": 1, "E-BAG": -1}, plant.eve)
    every = [asked(large, {"E-GAS": n, "E-BAG": -n}, plant.eve) for n in range(1, 31)]
    client = client_of(plant.lou)

    def questions(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    for name in ("budget", "budget-clashes", "budget-table", "budget-order", "budget-amendments-printed"):
        assert questions(to(name, small.pk)) == questions(to(name, large.pk)), name
    all_of_them = "&".join(f"a={one.pk}" for one in every)
    few = questions(f"{to('budget-table', small.pk)}?a={first.pk}")
    assert few == questions(f"{to('budget-table', large.pk)}?{all_of_them}")
    assert questions(to("budget-amendment", first.pk)) == questions(to("budget-amendment", every[0].pk))


# --- The round ------------------------------------------------------------------------------------------------------


def test_the_keeper_begins_publishes_and_takes_every_step(plant: make.Plant) -> None:
    client = client_of(plant.kim)
    this = make.now().year
    assert client_of(plant.eve).get(to("budget-begin")).status_code == 404
    client.post(to("budget-begin"), {"year": str(this + 1)})
    year = Year.objects.get()
    assert client.post(to("budget-begin"), {"year": "9999"}).status_code == 422
    page = read(client.get(to("budget", year.pk)))
    assert "Before it can be published" in page
    assert "There is no line yet." in page
    assert client.post(to("budget-publish", year.pk), {}).status_code == 409
    budget.set_lines(year=year, lines=make_budget.written(), by=plant.kim, at=make.now())
    page = read(client.get(to("budget-publish", year.pk)))
    first = plant.cooperative.day_of(make.now()) + datetime.timedelta(weeks=5)
    assert f'value="{first.isoformat()}"' in page
    typed = {
        "amendments_until": (first - datetime.timedelta(1)).isoformat(),
        "conciliation_until": (first + datetime.timedelta(10)).isoformat(),
        "vote_on": (first + datetime.timedelta(25)).isoformat(),
    }
    early = client.post(to("budget-publish", year.pk), typed)
    assert early.status_code == 409
    assert "Departments have 5 weeks" in read(early)
    assert f'value="{typed["vote_on"]}"' in read(early)
    assert client.post(to("budget-publish", year.pk), typed | {"vote_on": "9999-12-31"}).status_code == 409
    client.post(to("budget-publish", year.pk), typed | {"amendments_until": first.isoformat()})
    year.refresh_from_db()
    assert year.state == Year.State.OPEN
    refused = client.post(to("budget-step", year.pk), {"do": "conciliation"})
    assert refused.status_code == 409
    assert "Amendments are taken until" in read(refused)
    assert client.post(to("budget-step", year.pk), {"do": "nonsense"}).status_code == 422
    assert client_of(plant.eve).post(to("budget-step", year.pk), {"do": "conciliation"}).status_code == 404
    page = read(client.get(to("budget", year.pk)))
    assert "Why not yet: Close the amendments" in page


def test_every_later_step_is_one_button(plant: make.Plant) -> None:
    year = make_budget.opened(plant)
    client = client_of(plant.kim)
    for do, state in (("conciliation", "conciliation"), ("put", "put")):
        assert f'value="{do}"' in read(client.get(to("budget", year.pk)))
        client.post(to("budget-step", year.pk), {"do": do})
        year.refresh_from_db()
        assert year.state == state
    assert to("budget-vote", year.pk) in read(client.get(to("budget", year.pk)))
    budget.reject(year=year, decision="D GA 2026-10", by=make_budget.CHAIR, at=make.now())
    answer = client.post(to("budget-step", year.pk), {"do": "next-text"})
    made = Year.objects.get(follows=year)
    assert answer.headers["Location"] == to("budget", made.pk)
    assert "Turned down" in read(client.get(to("budget", year.pk)))


def test_the_front_page_tells_the_keeper_and_the_councils(plant: make.Plant) -> None:
    year = make_budget.draft(plant)
    assert "A budget to publish" in read(client_of(plant.kim).get(to("home")))
    budget.publish(year=year, by=plant.kim, at=make.now(), **days(plant))
    year = make_budget.fresh(year)
    council(plant, "C-PAC", plant.gus)
    client = client_of(plant.gus)
    typed = form(("E-GAS", "less", "500"), ("E-BAG", "more", "500"), on_behalf_of="C-PAC")
    client.post(to("budget-amendment-write", year.pk), typed)
    assert "Your draft for the budget" in read(client.get(to("home")))
    client.post(to("budget-amendment-hand-in", Amendment.objects.get().pk))
    page = read(client.get(to("home")))
    assert "Your draft for the budget" not in page
    assert "Decision to name" in page


def test_the_keeper_is_told_that_days_are_over(plant: make.Plant) -> None:
    year = make_budget.opened(plant)
    client = client_of(plant.kim)
    assert "Amendments to close" in read(client.get(to("home")))
    client.post(to("budget-step", year.pk), {"do": "conciliation"})
    assert "A budget to put before the assembly" in read(client.get(to("home")))


def test_the_same_form_sent_twice_keeps_one_draft_and_it_changes_its_name(
    plant: make.Plant, year: Year
) -> None:
    """Gus presses twice; then he asks for it in the name of his council, and in his own again."""
    council(plant, "C-PAC", plant.gus)
    client = client_of(plant.gus)
    typed = form(("E-GAS", "less", "500"), ("E-BAG", "more", "500"))
    where = [client.post(to("budget-amendment-write", year.pk), typed)["Location"] for _turn in range(2)]
    assert where[0] == where[1]
    draft = Amendment.objects.get()
    again = to("budget-amendment-rewrite", draft.pk)
    for revision, code in enumerate(("C-PAC", "")):
        assert client.post(again, typed | {"on_behalf_of": code, "revision": revision}).status_code == 302
        draft.refresh_from_db()
        assert (draft.on_behalf_of.code if draft.on_behalf_of else "") == code
    page = client.get(again)
    assert page.context["form"]["on_behalf_of"].value() == ""
