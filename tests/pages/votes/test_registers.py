"""The list on the wall: am I on it, searching it, its sheet; claims and decisions; and what I may do."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.ballots import actions
from coop.ballots.models import Claim, Register
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem
from coop.members import actions as members
from coop.members.models import Account, Body, Department, Standing
from tests import make

pytestmark = pytest.mark.django_db
TABLE = "written down at the table by Ana"


@pytest.fixture
def plant() -> make.Plant:
    return make.plant()


@pytest.fixture
def register(plant: make.Plant) -> Register:
    """Closed yesterday, posted, open to claims for some days."""
    return draw(plant)


def draw(plant: make.Plant, **more: Any) -> Register:
    facts: dict[str, Any] = {
        "closes_on": plant.cooperative.day_of(make.now()) - make.days(1),
        "needed_at": make.now() + make.days(9),
        "by": make.FOUNDING,
        "at": make.now(),
    }
    return actions.draw_register(body=plant.assembly, **(facts | more))


def final(plant: make.Plant) -> Register:
    return draw(plant, needed_at=None)


def signed_in(plant: make.Plant, who: str) -> Client:
    return make.sign_in(Client(), plant.people[who])


def page(plant: make.Plant, who: str, address: str) -> str:
    answer = signed_in(plant, who).get(f"/bakery/{address}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def claimed(plant: make.Plant, register: Register, **more: Any) -> Claim:
    facts: dict[str, Any] = {
        "kind": "addition",
        "member": plant.oz,
        "text": "My appeal is open.",
        "claimed_by": plant.oz,
        "by": plant.oz,
        "at": make.now(),
    }
    return actions.claim(register=register, **(facts | more))


# --- The list -------------------------------------------------------------------------------------------------------


def test_am_i_on_it_is_answered_first(plant: make.Plant, register: Register) -> None:
    own = page(plant, "eve", f"registers/{register.pk}/")
    assert "<strong>Yes.</strong> You stand on it as No. 5, Eve, department OVN, crew A." in own
    assert own.index("Am I on it?") < own.index("12 people have a vote")
    assert "Make a claim" in own
    not_on_it = page(plant, "oz", f"registers/{register.pk}/")
    assert "<strong>No.</strong> There is no vote in this standing: suspended. So it stood on" in not_on_it


def test_who_joined_after_closing_is_told_from_when_on(plant: make.Plant) -> None:
    today = plant.cooperative.day_of(make.now())
    plant.people["pia"] = make.member(plant.cooperative, 16, "Pia", joined=today)
    shown = page(plant, "pia", f"registers/{final(plant).pk}/")
    assert "you may speak now, and vote from the next vote on." in shown
    assert "Make a claim" not in shown


@pytest.mark.parametrize(
    ("words", "found"),
    [("", 12), ("inigo", 1), ("ÍÑIGO", 1), ("5", 1), ("nobody", 0), ("9" * 12, 0), ("o", 4), ("nunez iñ", 1)],
)
def test_it_is_searched_by_number_and_name_without_accents(words: str, found: int) -> None:
    plant = make.plant(names=["Íñigo Núñez", *make.NAMES[1:]])
    answer = signed_in(plant, "eve").get(f"/bakery/registers/{draw(plant).pk}/", {"words": words})
    assert answer.context["page"].paginator.count == found
    assert ("Nobody found" in answer.content.decode()) is (found == 0)


def test_the_list_of_registers_says_where_each_stands(plant: make.Plant, register: Register) -> None:
    done = final(plant)
    soon = draw(plant, at=make.now() - make.days(2), needed_at=make.now() - make.days(1))
    late = draw(plant, at=make.now() - make.days(2), needed_at=make.now() - make.days(1))
    claimed(plant, late, at=make.now() - make.days(1.5))
    answer = signed_in(plant, "eve").get("/bakery/registers/")
    words = {one.pk: word for one, word, _shape in answer.context["rows"]}
    assert [words[one.pk] for one in (register, done, soon, late)] == [
        "open to claims",
        "final",
        "about to be final",
        "claims wait for a decision",
    ]


def test_the_register_of_a_meeting_is_behind_its_old_address(plant: make.Plant) -> None:
    meeting = make.meeting_in_session(plant)
    answer = signed_in(plant, "eve").get(f"/bakery/meetings/{meeting.pk}/register/")
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        f"/bakery/registers/{meeting.register_id}/",
    )


def test_the_sheet_is_a_pdf_that_repeats(plant: make.Plant, register: Register) -> None:
    client = signed_in(plant, "eve")
    first, again = (client.get(f"/bakery/registers/{register.pk}/printed/") for _ in range(2))
    assert (first.status_code, first.headers["Content-Type"]) == (200, "application/pdf")
    assert first.content == again.content
    assert first.content.startswith(b"%PDF-")


def test_queries_do_not_grow_with_the_lines(plant: make.Plant) -> None:
    client = signed_in(plant, "eve")

    def queries() -> list[int]:
        register = draw(plant)
        claimed(plant, register)
        counts = []
        for rest in ("", "claims/", "printed/"):
            with CaptureQueriesContext(connection) as counted:
                assert client.get(f"/bakery/registers/{register.pk}/{rest}").status_code == 200
            counts.append(len(counted))
        with CaptureQueriesContext(connection) as counted:
            client.get("/bakery/registers/")
        return [*counts, len(counted)]

    few = queries()
    for number in range(101, 131):
        make.member(plant.cooperative, number, f"Member {number}")
    assert queries() == few


# --- Claims ---------------------------------------------------------------------------------------------------------


def post(plant: make.Plant, who: str, address: str, **typed: str) -> Any:
    return signed_in(plant, who).post(f"/bakery/{address}", typed, follow=True)


def test_a_claim_is_made_with_words_and_stands_on_its_page(plant: make.Plant, register: Register) -> None:
    answer = post(
        plant, "oz", f"registers/{register.pk}/claims/make/", kind="addition", number="15", text=" Open. "
    )
    made = Claim.objects.get()
    assert answer.redirect_chain == [(f"/bakery/claims/{made.pk}/", 302)]
    assert (made.member, made.claimed_by, made.entered_by, made.text) == (
        plant.oz,
        plant.oz,
        plant.oz,
        "Open.",
    )
    assert "Your claim is entered." in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"kind": "addition", "number": "15", "text": "  "}, "text"),
        ({"kind": "addition", "number": "99", "text": "Open."}, "number"),
        ({"kind": "addition", "number": "x", "text": "Open."}, "number"),
        ({"kind": "gift", "number": "15", "text": "Open."}, "kind"),
        ({"kind": "addition", "number": "15", "text": "o" * 1001}, "text"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_is_kept(
    plant: make.Plant, register: Register, typed: dict[str, str], wrong: str
) -> None:
    answer = post(plant, "oz", f"registers/{register.pk}/claims/make/", **typed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [wrong]
    assert answer.context["form"]["text"].value() == typed["text"]
    assert not Claim.objects.exists()


def test_a_refused_claim_keeps_what_was_typed(plant: make.Plant, register: Register) -> None:
    answer = post(
        plant,
        "oz",
        f"registers/{register.pk}/claims/make/",
        kind="addition",
        number="5",
        text="She is missing.",
    )
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Eve is on this register of voters already." in html
    assert "She is missing." in html


def test_at_the_table_it_is_written_down_for_somebody(plant: make.Plant, register: Register) -> None:
    typed = {"kind": "addition", "number": "15", "text": "My appeal is open.", "claimed_by": "15"}
    post(plant, "ana", f"registers/{register.pk}/claims/make/", **typed)
    made = Claim.objects.get()
    assert (made.claimed_by, made.entered_by) == (plant.oz, plant.ana)
    assert TABLE in page(plant, "oz", f"claims/{made.pk}/")


def test_others_have_no_field_for_it_and_a_forged_one_is_passed_over(
    plant: make.Plant, register: Register
) -> None:
    assert "who says so" not in page(plant, "eve", f"registers/{register.pk}/claims/make/")
    typed = {"kind": "addition", "number": "15", "text": "His appeal is open.", "claimed_by": "15"}
    post(plant, "eve", f"registers/{register.pk}/claims/make/", **typed)
    assert Claim.objects.get().claimed_by == plant.eve


def test_the_words_of_a_claim_are_for_few_and_the_reasons_for_all(
    plant: make.Plant, register: Register
) -> None:
    made = claimed(plant, register)
    for who, reads in (("oz", True), ("ana", True), ("dee", True), ("eve", False), ("cy", False)):
        assert ("My appeal is open." in page(plant, who, f"claims/{made.pk}/")) is reads, who
        assert "My appeal is open." not in page(plant, who, f"registers/{register.pk}/claims/")
    post(plant, "ana", f"claims/{made.pk}/decide/", decision="refuse", reasons="Suspended since May.")
    assert "Suspended since May." in page(plant, "eve", f"claims/{made.pk}/")
    assert "Suspended since May." in page(plant, "eve", f"registers/{register.pk}/claims/")


def test_granting_what_the_register_of_members_does_not_bear_out(
    plant: make.Plant, register: Register
) -> None:
    made = claimed(plant, register)
    shown = page(plant, "ana", f"claims/{made.pk}/")
    assert "As it stands, it can only be refused" in shown
    answer = post(plant, "ana", f"claims/{made.pk}/decide/", decision="grant", reasons="Because.")
    assert answer.status_code == 409
    assert "let whoever keeps it correct it first" in answer.content.decode()
    assert answer.context["form"]["reasons"].value() == "Because."
    assert Claim.objects.get().state == "open"


def test_a_granted_claim_changes_the_list(plant: make.Plant, register: Register) -> None:
    packing = Department.objects.get(code="PAC")
    members.post(
        member=plant.eve,
        department=packing,
        crew=None,
        since=register.closes_on,
        reason="",
        by=make.FOUNDING,
        at=make.now(),
    )
    made = claimed(plant, register, kind="correction", member=plant.eve, claimed_by=plant.eve, by=plant.eve)
    answer = post(plant, "bo", f"claims/{made.pk}/decide/", decision="grant", reasons="")
    assert "Granted. The list has been changed." in answer.content.decode()
    shown = page(plant, "eve", f"registers/{register.pk}/")
    nothing = '<span aria-hidden="true">—</span><span class="unseen">none</span>'
    assert f"You stand on it as No. 5, Eve, department PAC, crew {nothing}." in shown
    assert "changed on a claim" in shown


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"decision": "grant", "reasons": "x" * 1001}, "reasons"), ({"reasons": "No."}, "decision")],
)
def test_a_decision_is_one_of_two(
    plant: make.Plant, register: Register, typed: dict[str, str], field: str
) -> None:
    made = claimed(plant, register)
    answer = post(plant, "ana", f"claims/{made.pk}/decide/", **typed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_the_second_to_decide_is_told_so_and_keeps_the_words(plant: make.Plant, register: Register) -> None:
    made = claimed(plant, register)
    actions.refuse_claim(claim=made, reasons="Suspended.", by=plant.ana, at=make.now())
    answer = post(plant, "bo", f"claims/{made.pk}/decide/", decision="refuse", reasons="Long words of Bo.")
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "This claim has been decided already." in html
    assert "Long words of Bo." in html


def test_whoever_decides_finds_it_on_the_front_page(plant: make.Plant, register: Register) -> None:
    assert "Claims to decide" not in page(plant, "ana", "")
    claimed(plant, register)
    claimed(plant, register, kind="removal", member=plant.fay, claimed_by=plant.eve, by=plant.eve)
    for who in ("ana", "bo"):
        front = page(plant, who, "")
        assert "Claims to decide" in front
        assert "2 claims wait for a decision" in front
    assert "Claims to decide" not in page(plant, "cy", "")


def test_a_meeting_that_was_called_off_asks_for_no_decisions(plant: make.Plant) -> None:
    meeting = make.convened_meeting(plant, starts_at=make.now() + make.days(5), motions=[])
    meeting = meetings.draw_register(meeting=meeting, at=make.now())
    assert meeting.register is not None
    claimed(plant, meeting.register)
    assert "Claims to decide" in page(plant, "ana", "")
    meetings.cancel(meeting=meeting, because="The hall is flooded.", by=plant.ana, at=make.now())
    assert "Claims to decide" not in page(plant, "ana", "")


# --- What is said elsewhere -----------------------------------------------------------------------------------------


def test_the_vote_and_the_meeting_say_why_somebody_has_no_vote(plant: make.Plant) -> None:
    plant.people["pia"] = make.member(
        plant.cooperative, 16, "Pia", joined=plant.cooperative.day_of(make.now()) - make.days(1)
    )
    decision = make.open_vote(plant)
    item = AgendaItem.objects.get(decision=decision)
    for address in (f"ballots/{decision.ballot_id}/", f"meetings/{item.meeting_id}/"):
        assert "You joined after the register closed on" in page(plant, "pia", address)
        assert "There is no vote in this standing: suspended." in page(plant, "oz", address)


def test_who_moved_is_told_where_they_vote(plant: make.Plant) -> None:
    decision = make.open_vote(plant)
    members.post(
        member=plant.eve,
        department=Department.objects.get(code="PAC"),
        crew=None,
        since=plant.cooperative.day_of(make.now()),
        reason="",
        by=make.FOUNDING,
        at=make.now(),
    )
    shown = page(plant, "eve", f"ballots/{decision.ballot_id}/")
    assert "You moved to Packing after the register closed." in shown
    assert "Enter my vote" in shown


def seats(answer: Any) -> list[tuple[str, list[str]]]:
    return [(found["word"], [body.code for body in bodies]) for found, bodies in answer.context["seats"]]


def test_what_i_may_do_body_by_body(plant: make.Plant, register: Register) -> None:
    council = {
        "composition": "mandate",
        "kind": "department_council",
        "department": Department.objects.get(code="PAC"),
    }
    members.create_body(
        cooperative=plant.cooperative,
        code="PAC",
        name="Packing",
        by=make.FOUNDING,
        at=make.FOUNDED,
        **council,
    )
    members.create_office(body=Body.objects.get(code="PAC"), title="x", by=make.FOUNDING, at=make.FOUNDED)
    answer = signed_in(plant, "max").get("/bakery/me/eligibility/")
    rows = [(row["body"].code, row["vote"]["word"], row["voice"]["word"]) for row in answer.context["rows"]]
    assert rows == [("GA", "no", "yes")]
    assert seats(answer) == [("no", ["ADM", "PAC"])]
    assert "Only full members have a vote; people on trial or hired have a voice." in answer.content.decode()
    answer = signed_in(plant, "ana").get("/bakery/me/eligibility/")
    assert [row["body"].code for row in answer.context["rows"]] == ["GA", "ADM"]
    assert seats(answer) == [("yes", ["ADM"])]  # the ovens elect nobody of the packing hall


def test_what_i_may_do_asks_as_much_of_one_body_as_of_many(plant: make.Plant) -> None:
    client = signed_in(plant, "eve")

    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert client.get("/bakery/me/eligibility/").status_code == 200
        return len(counted)

    few = queries()
    for number in range(30):
        members.create_body(
            cooperative=plant.cooperative,
            code=f"C{number}",
            name=f"Commission {number}",
            kind="commission",
            composition="mandate",
            by=make.FOUNDING,
            at=make.FOUNDED,
        )
    assert queries() == few


def test_replaced_secrets_are_counted_from_the_drawing_on(plant: make.Plant, register: Register) -> None:
    def counted(when: Any) -> int:
        Account.objects.filter(pk=make.account(plant.eve).pk).update(reset_at=when)
        return signed_in(plant, "gus").get(f"/bakery/registers/{register.pk}/").context["replaced"]

    assert counted(register.drawn_at - make.days(1)) == 0
    assert counted(register.drawn_at + make.days(1)) == 1


def test_a_person_who_is_suspended_and_appeals_sees_the_vote_come_back(plant: make.Plant) -> None:
    members.change_standing(
        member=plant.lou,
        kind="member",
        status="suspended",
        since=plant.cooperative.day_of(make.now() - make.days(1)),
        reason="told",
        document="Minutes 7",
        by=make.FOUNDING,
        at=make.now(),
    )
    assert "There is no vote in this standing: suspended." in page(plant, "lou", "me/eligibility/")
    Standing.objects.filter(member=plant.lou, status="suspended").update(appealed_at=make.now())
    assert "There is no vote in this standing" not in page(plant, "lou", "me/eligibility/")
