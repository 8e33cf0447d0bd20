"""Products, prices and sales on their pages: what is typed, what is refused in words, what everybody reads."""

from __future__ import annotations

import io
import secrets
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from coop.members.models import Member
from coop.production import actions as production
from coop.production.models import (
    BuyerBar,
    CostSheet,
    Gift,
    KinContract,
    Output,
    PlanLine,
    Pledge,
    PriceList,
    PriceMove,
    Product,
    Refusal,
    Sale,
    SaleSlip,
)
from coop.production.planned import last_month, percent
from coop.production.prices import Four
from tests import make, make_selling

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant() -> make.Plant:
    return make_selling.plant()


def address(name: str, *keys: Any) -> str:
    return reverse(name, args=["bakery", *keys])


def as_(who: Member) -> Client:
    return make.sign_in(Client(), who)


def words_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


# --- Products -------------------------------------------------------------------------------------------------------


def test_a_product_is_added_and_a_bad_one_is_refused_with_what_was_typed(plant: make.Plant) -> None:
    told = {"code": "roll-1", "name": "Roll", "unit": "kg"}
    told["department"] = str(make_selling.product(plant).department_id)
    answer = as_(plant.gus).post(address("product-add"), told)
    made = Product.objects.get(code="ROLL-1")
    assert answer.headers["Location"] == address("product", made.pk)
    again = as_(plant.gus).post(address("product-add"), told)
    assert (again.status_code, "ROLL-1" in words_of(again)) == (409, True)
    assert as_(plant.eve).get(address("product-add")).status_code == 404


def test_the_year_of_a_product_stands_as_a_picture_and_as_a_table(plant: make.Plant) -> None:
    product, now = make_selling.product(plant), make.now()
    year, month = last_month(make_selling.today(plant))
    line = production.enter_plan(
        product=product,
        year=year,
        target=Decimal(420),
        capacity=Decimal(600),
        decision="D GA 2026-3",
        by=plant.gus,
        at=now,
    )
    production.confirm_plan(line=line, by=plant.bo, at=now)
    entered = {"product": product, "year": year, "month": month, "by": plant.ida, "at": now}
    production.enter_output(amount=Decimal("402.5"), **entered)
    production.enter_output(amount=Decimal(390), because="Counted twice", **entered)
    html = words_of(as_(plant.eve).get(address("product", product.pk) + f"?year={year}"))
    for told in ("390 kg", "420 kg", "65 %", "under the plan", "390 instead of 402.5", "Counted twice"):
        assert told in html
    assert 'x2="65.0%"' in html
    assert 'x="70.0%"' in html
    make_selling.product(plant, "ROLL")  # of which nothing was entered: no row of dashes
    page = as_(plant.eve).get(address("products") + f"?year={year}")
    listed, still = words_of(page).split(f"No output entered yet in {year}")
    assert "92 %" in listed
    assert ("Bread roll" in listed, "Bread roll" in still) == (False, True)
    assert [row["product"].code for row in page.context["rows"]] == ["LOAF"]
    assert percent(Decimal(390), Decimal(600)) == 65


@pytest.mark.parametrize("year", ["9999", "1", "0", "x", "20266", "٢٠٢٦"])
def test_years_that_no_book_has_are_not_there(plant: make.Plant, year: str) -> None:
    for name in ("products", "plan", "sales"):
        assert as_(plant.eve).get(address(name) + f"?year={year}").status_code == 404


# --- Plan -----------------------------------------------------------------------------------------------------------


def test_a_plan_is_entered_from_its_decision_and_signed_by_another(plant: make.Plant) -> None:
    product = make_selling.product(plant)
    told = {
        "product": product.pk,
        "year": make.now().year,
        "from_month": 1,
        "target": "1.420,5",
        "capacity": "",
        "decision": "D GA 2026-99",
    }
    answer = as_(plant.gus).post(address("plan-enter"), told)
    assert (answer.status_code, PlanLine.objects.count()) == (409, 0)
    assert "no decision of the assembly" in words_of(answer)
    assert "1.420,5" in words_of(answer)
    as_(plant.gus).post(address("plan-enter"), told | {"decision": "D GA 2026-3"})
    line = PlanLine.objects.get()
    assert line.target == Decimal("1420.5")
    assert as_(plant.gus).post(address("plan-countersign", line.pk)).status_code == 409
    as_(plant.bo).post(address("plan-countersign", line.pk), {"do": "confirm"})
    line.refresh_from_db()
    assert line.confirmed_by == plant.bo
    answer = as_(plant.eve).get(address("plan-printed"))
    assert (answer.headers["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


def test_what_cannot_wait_is_changed_by_who_answers_for_the_department(plant: make.Plant) -> None:
    product, now = make_selling.product(plant), make.now()
    line = production.enter_plan(
        product=product, year=now.year, target=Decimal(420), decision="D GA 2026-3", by=plant.gus, at=now
    )
    production.confirm_plan(line=line, by=plant.bo, at=now)
    told = {"target": "300", "because": "The kiln is out"}
    assert as_(plant.eve).get(address("plan-change", product.pk)).status_code == 404
    assert as_(plant.ida).post(address("plan-change", product.pk), told).status_code == 302
    html = words_of(as_(plant.eve).get(address("product", product.pk)))
    assert "300 kg a month instead of the plan: The kiln is out" in html
    again = as_(plant.ida).post(address("plan-change", product.pk), told)
    assert (again.status_code, "The plan was changed already" in words_of(again)) == (409, True)
    production.met(
        body=plant.assembly.__class__.objects.get(code="RP"),
        label="RP 2026-9",
        touched=[],
        by=plant.kim.actor,
        at=make.now(),
    )
    assert "The kiln is out" not in words_of(as_(plant.eve).get(address("product", product.pk)))


# --- Output ---------------------------------------------------------------------------------------------------------


def month_over(plant: make.Plant) -> str:
    year, month = last_month(make_selling.today(plant))
    return f"{year}-{month:02}"


def test_a_list_is_looked_at_before_it_is_entered(plant: make.Plant) -> None:
    make_selling.product(plant)
    told = {"month": month_over(plant), "lines": "Code; Amount; Why corrected\nloaf; 1.402,5;"}
    answer = as_(plant.ida).post(address("output-enter"), told)
    html = words_of(answer)
    assert (answer.status_code, Output.objects.count()) == (200, 0)
    assert "This is what was read" in html
    assert "LOAF; 1402.5;" in html
    assert 'name="do" value="enter"' in html
    as_(plant.ida).post(
        address("output-enter"), told | {"lines": "Code; Amount\nLOAF; 1402.5", "do": "enter"}
    )
    assert Output.objects.get().amount == Decimal("1402.5")


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("Code; Amount\nLOAF; -1", "Line 2, Amount"),
        ("Code; Amount\nLOAF; many", "Line 2, Amount"),
        ("Code; Amount\nCAKE; 3", "There is no product with the code CAKE."),
        ("Code; Amount\nLOAF; 3\nLOAF; 4", "The product LOAF stands in two lines."),
        ("Code\nLOAF", "Line 1, Amount: No column has this word above it."),
        ("Code; Amount; Tips\nLOAF; 3; 4", "Line 1, Tips"),
        ("Code; Amount\nLOAF; 1.2345", "more decimals"),
        ("Code; Amount\nLOAF; 2000000000", "Line 2, LOAF"),
        ("Code; Amount\nLOAF; =1+1", "Line 2, Amount"),
        (
            f"Code; Amount; Why corrected\nLOAF; 3; {'x' * 301}",
            "Line 2, Why corrected: That is longer than 300",
        ),
        ("", "Give a file, or type the lines."),
    ],
)
def test_what_is_wrong_in_a_list_stands_by_its_cell(plant: make.Plant, lines: str, words: str) -> None:
    make_selling.product(plant)
    answer = as_(plant.ida).post(
        address("output-enter"), {"month": month_over(plant), "lines": lines, "do": "enter"}
    )
    assert (answer.status_code, Output.objects.count()) == (422, 0)
    assert words in words_of(answer)


def test_a_workbook_is_read_and_its_rows_stand_in_the_box_when_refused(plant: make.Plant) -> None:
    make_selling.product(plant)
    for amount, status in ((402.5, 200), ("lots", 422)):
        book = Workbook()
        for row in (["Code", "Name", "Counted in", "Amount"], ["LOAF", "Bread", "kg", amount]):
            book.active.append(row)
        out = io.BytesIO()
        book.save(out)
        file = SimpleUploadedFile("output.xlsx", out.getvalue())
        answer = as_(plant.gus).post(
            address("output-enter"), {"month": month_over(plant), "lines": "", "file": file}
        )
        assert answer.status_code == status
        assert f"{amount}" in words_of(answer)


def test_a_department_of_others_is_refused_by_line(plant: make.Plant) -> None:
    make_selling.product(plant, "BOX", department="PAC")
    answer = as_(plant.ida).post(
        address("output-enter"), {"month": month_over(plant), "lines": "Code; Amount\nBOX; 3", "do": "enter"}
    )
    assert (answer.status_code, Output.objects.count()) == (422, 0)
    assert "Line 2, BOX: Those who answer for Packing do this" in words_of(answer)


# --- Cost and prices ------------------------------------------------------------------------------------------------

LIST = "Code; Cost; Other plants of workers; Market; Supporters\nLOAF; 71,50; 78; 104; 116"


def test_cost_is_entered_part_by_part(plant: make.Plant) -> None:
    product = make_selling.product(plant)
    parts = dict(zip(CostSheet.PARTS, ("39,10", "11.20", "4.30", "12.40", "4.50"), strict=True))
    as_(plant.gus).post(address("product-cost", product.pk), parts | {"work_hours": "0,62"})
    assert CostSheet.objects.get().total == Decimal("71.50")
    html = words_of(as_(plant.eve).get(address("product", product.pk)))
    assert "71.50 UC" in html
    bad = as_(plant.gus).post(address("product-cost", product.pk), parts | {"work_hours": "-1"})
    assert (bad.status_code, CostSheet.objects.count()) == (422, 1)


def test_prices_are_looked_at_entered_signed_and_told_to_everybody(plant: make.Plant) -> None:
    product = make_selling.product(plant)
    told = {"decision": "D GA 2026-3", "since": make_selling.today(plant).isoformat(), "lines": LIST}
    told["below_cost_by"] = ""
    looked = as_(plant.gus).post(address("prices-enter"), told)
    assert (looked.status_code, PriceList.objects.count()) == (200, 0)
    as_(plant.gus).post(address("prices-enter"), told | {"do": "enter"})
    made = PriceList.objects.get()
    assert as_(plant.gus).post(address("price-list-countersign", made.pk)).status_code == 409
    as_(plant.bo).post(address("price-list-countersign", made.pk), {"do": "confirm"})
    html = words_of(as_(plant.eve).get(address("prices")))
    for amount in ("71.50 UC", "78.00 UC", "104.00 UC", "116.00 UC"):
        assert amount in html
    assert product.name in html
    printed = as_(plant.eve).get(address("price-list-printed", made.pk))
    assert printed.content[:5] == b"%PDF-"


@pytest.mark.parametrize(
    ("more", "status", "words"),
    [
        ({"lines": LIST.replace("78", "70")}, 422, "The peer price is under cost. Name the decision"),
        ({"lines": LIST.replace("116", "130")}, 422, "at most 12 per cent above the market price"),
        ({"lines": LIST.replace("104", "77")}, 422, "Line 2, LOAF"),
        ({"decision": "D GA 2026-99"}, 409, "no decision of the assembly"),
        ({"decision": "We want it"}, 409, "no decision of the assembly"),
        ({"since": "9999-12-31"}, 409, "Look at the year again."),
        ({"since": "2020-01-01"}, 409, "never backwards"),
        (
            {"lines": LIST.replace("78", "70"), "below_cost_by": "D GA 2026-98"},
            409,
            "no decision of the assembly",
        ),
    ],
)
def test_prices_that_may_not_be_are_refused_in_words(
    plant: make.Plant, more: dict[str, str], status: int, words: str
) -> None:
    make_selling.product(plant)
    told = {"decision": "D GA 2026-3", "since": make_selling.today(plant).isoformat(), "lines": LIST}
    told |= {"below_cost_by": "", "do": "enter"} | more
    answer = as_(plant.gus).post(address("prices-enter"), told)
    assert (answer.status_code, PriceList.objects.count()) == (status, 0)
    assert words in words_of(answer)


def test_the_file_of_todays_prices_is_read_back_as_it_is(plant: make.Plant) -> None:
    make_selling.priced(plant)
    for kind in ("csv", "xlsx"):
        content = as_(plant.gus).get(address("prices-file", kind)).content
        told = {"decision": "D GA 2026-4", "since": make_selling.today(plant).isoformat(), "lines": ""}
        told["below_cost_by"] = ""
        file = SimpleUploadedFile(f"list.{kind}", content)
        answer = as_(plant.gus).post(address("prices-enter"), told | {"do": "enter", "file": file})
        assert answer.status_code == 302
    first, *others = PriceList.objects.order_by("pk")
    four = [
        tuple(one.prices.values_list("cost", "peer", "market", "support").get()) for one in (first, *others)
    ]
    assert four == [four[0]] * 3
    assert as_(plant.gus).get(address("prices-file", "pdf")).status_code == 404


def test_a_market_that_fell_under_cost_is_told(plant: make.Plant) -> None:
    product = make_selling.priced(plant)
    assert "fell under cost" not in words_of(as_(plant.eve).get(address("prices")))
    parts = dict.fromkeys(CostSheet.PARTS, Decimal(21))
    production.enter_cost_sheet(
        product=product, parts=parts, work_hours=Decimal(1), by=plant.gus, at=make.now()
    )
    html = words_of(as_(plant.eve).get(address("prices")))
    assert "The market fell under cost" in html
    assert "costs 105.00 UC now" in html


# --- Sales ----------------------------------------------------------------------------------------------------------


def slip(plant: make.Plant, of: Product, **more: str) -> dict[str, Any]:
    told = {
        "form": secrets.token_hex(16),
        "product": str(of.pk),
        "kind": "market",
        "buyer": "Shop of the port",
        "quantity": "60",
        "unit_price": "",
        "reason": "",
        "sold_on": make_selling.today(plant).isoformat(),
        "decision": "",
        "kin": "",
    }
    return told | more


def test_a_sale_at_list_price_is_signed_by_two_and_stands_in_the_book(plant: make.Plant) -> None:
    product = make_selling.priced(plant)
    as_(plant.gus).post(address("sale-write"), slip(plant, product))
    made = SaleSlip.objects.get()
    assert made.unit_price == 104
    assert Sale.objects.count() == 0
    assert as_(plant.gus).post(address("sale-slip-sign", made.pk), {"do": "sign"}).status_code == 409
    assert as_(plant.bo).post(address("sale-slip-sign", made.pk), {"do": "sign"}).status_code == 302
    html = words_of(as_(plant.eve).get(address("sales")))
    for told in ("V 2026-1", "Shop of the port", "6,240.00 UC", "Gus, Bo"):
        assert told in html
    assert as_(plant.eve).get(address("sale-slip-printed", made.pk)).content[:5] == b"%PDF-"
    assert as_(plant.eve).get(address("sales-printed")).content[:5] == b"%PDF-"


def test_a_double_tap_writes_one_slip(plant: make.Plant) -> None:
    told = slip(plant, make_selling.priced(plant))
    first, second = (as_(plant.gus).post(address("sale-write"), told) for _tap in range(2))
    assert (first.status_code, second.status_code, SaleSlip.objects.count()) == (302, 302, 1)
    assert first["Location"] == second["Location"]
    assert as_(plant.bo).post(address("sale-write"), told).status_code == 409
    as_(plant.gus).post(address("sale-write"), told | {"form": "f" * 32})
    assert SaleSlip.objects.count() == 2
    assert as_(plant.gus).post(address("sale-write"), told | {"form": "x"}).status_code == 422


def test_under_list_no_page_stores_a_sale_without_reason_and_second_signature(plant: make.Plant) -> None:
    product = make_selling.priced(plant)
    answer = as_(plant.gus).post(address("sale-write"), slip(plant, product, unit_price="100"))
    assert (answer.status_code, SaleSlip.objects.count()) == (409, 0)
    assert "The list says 104. Say why it is sold for less." in words_of(answer)
    assert "Shop of the port" in words_of(answer)
    as_(plant.gus).post(address("sale-write"), slip(plant, product, unit_price="100", reason="Sixty at once"))
    made = SaleSlip.objects.get()
    for who in (plant.gus, plant.eve, plant.dee):  # the same hand, no office, the audit
        assert as_(who).post(address("sale-slip-sign", made.pk), {"do": "sign"}).status_code == 409
    assert Sale.objects.count() == 0
    waits = words_of(as_(plant.eve).get(address("sales")))
    assert "under list" in waits
    as_(plant.bo).post(address("sale-slip-sign", made.pk), {"do": "sign"})
    html = words_of(as_(plant.eve).get(address("sales") + "?only=under"))
    assert "instead of 104.00 UC: Sixty at once" in html


@pytest.mark.parametrize(
    ("more", "status", "words"),
    [
        ({"unit_price": "90", "reason": "Friends"}, 409, "more than 5 per cent under list"),
        ({"unit_price": "90", "reason": "x", "decision": "D GA 2026-99"}, 409, "no decision of the assembly"),
        ({"unit_price": "-1"}, 422, "below zero"),
        ({"quantity": "0"}, 409, "below zero, or larger"),
        ({"quantity": "1.234"}, 422, "This can be read as"),
        ({"kind": "friends"}, 422, "Choose one of those"),
        ({"sold_on": "9999-12-31"}, 409, "written down within 31 days"),
        ({"sold_on": "2020-01-01"}, 422, "no price on that day"),
        ({"product": "999999"}, 422, "Choose one of those"),
        ({"kin": "2", "unit_price": "104"}, 409, "Name the decision that allows it."),
        ({"kin": "4711"}, 422, "Nobody here"),
        ({"buyer": "\x00"}, 422, "did not arrive whole"),
    ],
)
def test_bad_slips_are_refused_in_words(
    plant: make.Plant, more: dict[str, str], status: int, words: str
) -> None:
    product = make_selling.priced(plant)
    answer = as_(plant.gus).post(address("sale-write"), slip(plant, product, **more))
    assert (answer.status_code, SaleSlip.objects.count()) == (status, 0), words_of(answer)
    assert words in words_of(answer)


def test_a_slip_is_refused_with_its_reason(plant: make.Plant) -> None:
    product = make_selling.priced(plant)
    made = make_selling.slip(plant, product)
    for typed, told in (
        (" ", "Give the reason"), ("x" * 301, "longer than 300 characters"), ("\0", "did not arrive whole"),
    ):  # fmt: skip
        answer = as_(plant.bo).post(address("sale-slip-sign", made.pk), {"do": "refuse", "because": typed})
        assert (answer.status_code, told in words_of(answer)) == (409, True)
        assert SaleSlip.objects.get().waits
    as_(plant.bo).post(address("sale-slip-sign", made.pk), {"do": "refuse", "because": "Nobody knows them"})
    html = words_of(as_(plant.eve).get(address("sale-slip", made.pk)))
    assert "Nobody knows them" in html
    assert Sale.objects.count() == 0


def test_the_balance_of_the_year(plant: make.Plant) -> None:
    product = make_selling.priced(plant)
    for price, kind, many in (("78", "peer", 60), ("116", "support", 24)):
        made = make_selling.slip(plant, product, price, kind, quantity=Decimal(many))
        production.sign_sale(slip=made, by=plant.bo, at=make.now())
    html = words_of(as_(plant.eve).get(address("sales")))
    for told in ("1,560.00", "288.00", "1,272.00", "more was given than came in"):
        assert told in html
    book = load_workbook(io.BytesIO(as_(plant.eve).get(address("sales-file", "xlsx")).content)).active
    assert [row[4:8] for row in book.iter_rows(min_row=2, values_only=True)] == [
        ("LOAF", 24, 116, 116),
        ("LOAF", 60, 78, 78),
    ]


# --- Small books ----------------------------------------------------------------------------------------------------


def test_gifts_contracts_promises_and_refusals_are_entered_and_read_by_all(plant: make.Plant) -> None:
    day = make_selling.today(plant).isoformat()
    gift = {"who": "5", "what": "A watch", "giver": "A supplier", "value": "90", "received_on": day}
    assert as_(plant.eve).post(address("gifts-enter"), gift | {"handed_in": "on"}).status_code == 302
    assert as_(plant.fay).post(address("gifts-enter"), gift).status_code == 409
    assert Gift.objects.get().handed_in
    contract = {
        "who": "2",
        "party": "Bo and sons",
        "relation": "own firm",
        "what": "Flour",
        "amount": "1.000,00",
    }
    contract |= {"decision": "We said so", "agreed_on": day}
    refused = as_(plant.ana).post(address("kin-contracts-enter"), contract)
    assert (refused.status_code, KinContract.objects.count()) == (409, 0)
    contract["decision"] = "D GA 2026-6"
    assert as_(plant.bo).post(address("kin-contracts-enter"), contract).status_code == 409
    assert as_(plant.ana).post(address("kin-contracts-enter"), contract).status_code == 302
    pledge = {
        "buyer": "Union",
        "kind": "support",
        "what": "Kits",
        "amount": "5000",
        "year": str(make.now().year),
    }
    assert as_(plant.bo).post(address("pledges-enter"), pledge).status_code == 302
    refusal = {"refuser": "Bank", "what": "A loan", "because": "", "refused_on": day}
    assert as_(plant.bo).post(address("refusals-enter"), refusal).status_code == 302
    assert (
        as_(plant.bo).post(address("refusals-enter"), refusal | {"refused_on": "9999-12-31"}).status_code
        == 409
    )
    assert (KinContract.objects.count(), Pledge.objects.count(), Refusal.objects.count()) == (1, 1, 1)
    for name, told in (
        ("gifts", "handed in"),
        ("kin-contracts", "D GA 2026-6"),
        ("pledges", "5,000.00 UC"),
        ("refusals", "They gave no reason."),
    ):
        assert told in words_of(as_(plant.eve).get(address(name)))
        assert as_(plant.eve).get(address(f"{name}-printed")).content[:5] == b"%PDF-"


# --- Lists ----------------------------------------------------------------------------------------------------------


def questions(who: Member, page: str) -> int:
    client = as_(who)
    client.get(page)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(page).status_code == 200
    return len(asked)


def filled(plant: make.Plant, many: range) -> None:
    now, day = make.now(), make_selling.today(plant)
    year, month = last_month(day)
    for number in many:
        product = make_selling.product(plant, f"P{number}")
        line = production.enter_plan(
            product=product, year=year, target=Decimal(9), decision="D GA 2026-3", by=plant.gus, at=now
        )
        production.confirm_plan(line=line, by=plant.bo, at=now)
        production.enter_output(
            product=product, year=year, month=month, amount=Decimal(8), by=plant.gus, at=now
        )
        prices = production.enter_prices(
            cooperative=plant.cooperative,
            decision="D GA 2026-3",
            since=day,
            prices={product: Four(*make_selling.LOAF)},
            by=plant.gus,
            at=now,
        )
        production.confirm_prices(price_list=prices, by=plant.bo, at=now)
        sold = make_selling.slip(plant, product, "100", reason="Many")
        production.sign_sale(slip=sold, by=plant.bo, at=now)
        make_selling.slip(plant, product)
        production.enter_pledge(
            cooperative=plant.cooperative,
            buyer="Union",
            kind="support",
            year=year,
            amount=Decimal(1),
            what="x",
            by=plant.bo,
            at=now,
        )


def test_no_list_asks_more_for_thirty_than_for_one(plant: make.Plant) -> None:
    year = last_month(make_selling.today(plant))[0]
    pages = [address("products") + f"?year={year}", address("plan") + f"?year={year}"]
    pages += [address(name) for name in ("prices", "sales", "pledges", "sale-write", "home")]
    filled(plant, range(1))
    before = [questions(plant.ana, page) for page in pages]
    filled(plant, range(1, 30))
    assert [questions(plant.ana, page) for page in pages] == before


# --- What is signed at once, barred and moved -------------------------------------------------------------------------


def test_an_order_refused_by_us_is_entered_and_read(plant: make.Plant) -> None:
    told = {"ours": "yes", "refuser": "Army", "what": "Bread", "refused_on": str(make_selling.today(plant))}
    assert as_(plant.bo).post(address("refusals-enter"), told).status_code == 409
    as_(plant.bo).post(address("refusals-enter"), told | {"because": "No bread for barracks"})
    html = words_of(as_(plant.eve).get(address("refusals")))
    assert "we, an order of Army" in html
    assert "No bread for barracks" in html


def test_a_bar_is_set_read_and_lifted_by_another(plant: make.Plant) -> None:
    told = {"buyer": "Brick plant", "because": "Sold on"}
    assert as_(plant.bo).post(address("buyer-bars-enter"), told).status_code == 302
    bar = BuyerBar.objects.get()
    assert "Lift it" not in words_of(as_(plant.bo).get(address("buyer-bars")))
    assert "Lift it" in words_of(as_(plant.ana).get(address("buyer-bars")))
    assert as_(plant.bo).post(address("buyer-bar-lift", bar.pk), {"because": "x"}).status_code == 409
    as_(plant.ana).post(address("buyer-bar-lift", bar.pk), {"because": "Another plant"})
    assert "lifted by Ana: Another plant" in words_of(as_(plant.eve).get(address("buyer-bars")))


def test_an_emergency_price_is_moved_signed_and_read(plant: make.Plant) -> None:
    loaf = make_selling.priced(plant)
    until = make_selling.today(plant) + make.days(10)
    told = {"peer": "82", "market": "150", "support": "151", "until": str(until), "because": "Currency"}
    answer = as_(plant.gus).post(address("price-move-enter", loaf.pk), told)
    assert (answer.status_code, PriceMove.objects.count()) == (409, 0)
    assert "at most 5 per cent down and 12 per cent up" in words_of(answer)
    as_(plant.gus).post(address("price-move-enter", loaf.pk), told | {"market": "110", "support": "120"})
    move = PriceMove.objects.get()
    assert as_(plant.gus).post(address("price-move-sign", move.pk), {"do": "confirm"}).status_code == 409
    assert "Emergency price to sign" in words_of(as_(plant.bo).get(address("home")))
    as_(plant.bo).post(address("price-move-sign", move.pk), {"do": "confirm"})
    html = words_of(as_(plant.eve).get(address("prices")))
    assert "market 110.00 UC" in html
    assert "Currency" in html


def test_all_lines_of_a_plan_and_a_month_are_signed_at_once(plant: make.Plant) -> None:
    year = make_selling.today(plant).year - 1
    for code in ("LOAF", "ROLL"):
        one = make_selling.product(plant, code)
        facts = {"year": year, "decision": "D GA 2026-3", "by": plant.gus, "at": make.now()}
        production.enter_plan(product=one, target=Decimal(9), **facts)  # type: ignore[arg-type]
        production.enter_output(
            product=one, year=year, month=3, amount=Decimal(8), by=plant.gus, at=make.now()
        )
    query = f"?year={year}"
    assert "compared all 2 lines" in words_of(as_(plant.bo).get(address("plan") + query))
    assert "compared all 2 lines" not in words_of(as_(plant.gus).get(address("plan") + query))
    keys = [str(one.pk) for one in PlanLine.objects.all()]
    assert as_(plant.gus).post(address("plan-countersign-all") + query, {"line": keys}).status_code == 409
    assert PlanLine.objects.filter(confirmed_at=None).count() == 2
    as_(plant.bo).post(address("plan-countersign-all") + query, {"line": keys})
    assert PlanLine.objects.filter(confirmed_by=plant.bo).count() == 2
    assert as_(plant.gus).post(address("output-sign") + query, {"month": "3"}).status_code == 409
    assert as_(plant.bo).post(address("output-sign") + query, {"month": "3"}).status_code == 302
    assert "Signed by Bo" in words_of(as_(plant.eve).get(address("output-months") + query))
    assert as_(plant.bo).post(address("output-sign") + query, {"month": "x"}).status_code == 409
