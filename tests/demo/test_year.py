"""The assemblies and councils of the year, played through the actions, come out as the files have them."""

import datetime
import hashlib
from collections import Counter
from typing import Any

from coop.ballots.models import AgreedSheet, Claim, Tally, TallyLine
from coop.ballots.parts import votes_by_part
from coop.charter.models import Bylaws
from coop.decisions.models import Decision, Ending, Review
from coop.demo.called import places
from coop.demo.files import raw
from coop.demo.timeline import World
from coop.journal.models import Entry
from coop.journal.verify import verify
from coop.meetings import sealed_check
from coop.meetings.councils import absent_too_often, casts
from coop.meetings.models import (
    Action,
    AgendaItem,
    ClosedPart,
    ConflictOfInterest,
    Meeting,
    Minutes,
    SealedMinutes,
    Series,
    Stay,
    VoteFromPaper,
)
from coop.meetings.quorum import first_call
from coop.meetings.voting_rules import present_then
from coop.production.models import PlanLine, PriceList, PriceMove, Refusal, Sale, SaleSlip
from coop.production.planned import years_of
from coop.production.rules.bars import barred
from coop.production.rules.moves import move_on
from coop.proposals.models import Amendment, Proposal
from coop.proposals.rules import returns_on
from tests.planted import NOW

MOVED = datetime.timedelta(days=28)
CODES = ("for", "against", "abstain")
HELD: list[dict[str, Any]] = [one for one in raw("assemblies")["assemblies"] if "minutes" in one]
COUNCILS: list[dict[str, Any]] = [
    one
    for one in raw("calendar")["events"]
    if one["kind"] == "council_meeting" and one["date"] > raw("coop")["coop"]["start"]["day"]
]


def local(day: datetime.date, time: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(f"{day}T{time}-03:00") + MOVED


def called(plan: dict[str, Any]) -> Meeting:
    return Meeting.objects.get(body__code="GA", title=plan["title"])


def figures(item: AgendaItem) -> tuple[int, ...]:
    assert item.decision is not None
    told = dict.fromkeys(CODES, 0)
    for line in TallyLine.objects.filter(tally__question__ballot=item.decision.ballot).select_related(
        "option"
    ):
        told[line.option.code] += line.votes
    return tuple(told[code] for code in CODES)


def counted(votes: dict[str, int]) -> tuple[int, ...]:
    return tuple(votes[code] for code in CODES)


def test_every_count_of_the_assemblies_is_as_in_the_files(whole_year: World) -> None:
    for plan in HELD:
        meeting = called(plan)
        assert meeting.register is not None
        assert meeting.register.people == plan["register"]["entitled"], plan["id"]
        sittings = list(meeting.sittings.all())
        came = Counter(
            Stay.objects.filter(sitting__in=sittings, attendance__votes=True).values_list(
                "sitting__number", flat=True
            )
        )
        if "sittings" in plan:
            assert [came[one.number] for one in sittings] == [one["present"] for one in plan["sittings"]]
            assert sum(came.values()) == plan["quorum"]["present_all_sittings"]
            assert first_call(meeting.register.people, meeting.quorum_fraction) == plan["quorum"]["needed"]
        for line in plan["items"]:
            number, part = places(plan)[line["item"]]
            item = meeting.items.select_related("decision__ballot").get(number=number, part=part)
            where = (plan["id"], line["item"])
            if "votes" not in line and "total" not in line:
                assert item.decision is None, where
                continue
            assert item.decision is not None, where
            tally = Tally.objects.get(question__ballot=item.decision.ballot)
            votes = line.get("votes") or line["total"]
            assert figures(item) == counted(votes), where
            assert (item.decision.outcome == "carried") == (line["result"] == "carried"), where
            base = line.get("present", sum(counted(votes))) - line.get("not_entitled", 0)
            assert (tally.present, tally.voted) == (base, base), where
            if line["rule"] != "simple":
                assert tally.needed == line["total"]["needed"], where
            elif "total" in line:  # one more than against; the tally says more than half of both
                assert line["total"]["needed"] == votes["against"] + 1
            if "by_sitting" in line:
                floors = {item.decision.ballot_id: 5}
                parts = votes_by_part([item.decision.ballot], floors)[item.decision.ballot_id]
                told = [tuple(parts[one.number][code] for code in CODES) for one in sittings]
                assert told == [counted(one) for one in line["by_sitting"]], where
            secret = line["method"] == "secret_ballot"
            assert (item.decision.ballot.secrecy == "secret") == secret


def test_the_decisions_of_the_year_have_their_numbers(whole_year: World) -> None:
    found = Decision.objects.filter(body__code="GA", number__isnull=False).order_by("number")
    assert [(one.label, one.outcome) for one in found] == [
        *((f"D GA 2026-{number}", "carried") for number in range(1, 8)),
        ("D GA 2026-8", "not_carried"),  # three terms instead of two
        ("D GA 2026-9", "not_carried"),  # rotation, five votes short of two thirds
        ("D GA 2026-10", "carried"),
        ("D GA 2026-11", "tie"),
        ("D GA 2026-12", "carried"),
        ("D GA 2026-13", "not_carried"),
        *((f"D GA 2026-{number}", "carried") for number in range(14, 18)),
    ]


def test_texts_were_voted_as_amended_and_amendments_stand_where_the_files_say(whole_year: World) -> None:
    states = {"submitted": "admitted", "accepted_by_mover": "accepted"}
    for one in raw("proposals")["proposals"]:
        told = sorted(states.get(row["status"], row["status"]) for row in one.get("amendments", []))
        found = Amendment.objects.filter(proposal=whole_year.proposals[one["id"]])
        assert sorted(found.values_list("state", flat=True)) == told, one["id"]
    carried = Decision.objects.get(proposal=whole_year.proposals["P-04"], amendment=None)
    assert "The support price is at most 12 per cent above market." in carried.text
    assert "the departments comment for one month" in carried.text
    assert carried.text_hash == hashlib.sha256(carried.text.encode()).hexdigest()
    assert "without names" in Decision.objects.get(proposal=whole_year.proposals["P-03"]).text


def test_the_tie_comes_back_after_three_months_and_not_before(whole_year: World) -> None:
    tied = Proposal.objects.get(pk=whole_year.proposals["P-08"].pk)
    bylaws = Bylaws.in_force(whole_year.cooperative, NOW.date())
    # a day after the file, which counts from the evening: the third sitting voted after midnight
    assert returns_on(tied, bylaws) == datetime.date(2026, 9, 28) + MOVED
    again = Proposal.objects.get(pk=whole_year.proposals["P-13"].pk)
    assert (again.state, again.again, again.supports.count()) == ("open", tied, 14)
    assert again.words_hash == tied.words_hash


def test_what_takes_the_place_of_an_earlier_decision_and_what_is_looked_at_again(whole_year: World) -> None:
    (ended,) = Ending.objects.filter(ended_at__isnull=False)
    assert ended.through is not None
    assert (ended.about.title, ended.through.label) == ("Surplus 2024", "D GA 2026-3")
    review = Review.objects.get()
    assert (review.about.title, review.due_on, review.set_by.number) == (
        "Canteen open to the neighbourhood school three days a week",
        datetime.date(2027, 3, 10) + MOVED,
        310,
    )


def test_the_first_call_found_no_quorum_and_the_second_did(whole_year: World) -> None:
    plan = HELD[0]
    meeting = called(plan)
    sitting = meeting.sittings.get()
    first, second = plan["calls"]
    assert meeting.register is not None
    assert len(present_then(meeting, local(plan["date"], first["time"]))) == first["present"] == 139
    assert first_call(meeting.register.people, meeting.quorum_fraction) == first["needed"] == 157
    assert (sitting.opened_on_call, sitting.present_at_opening) == (2, second["present"])
    assert sitting.opened_at == local(plan["date"], plan["opened"])
    assert meeting.closed_at == local(plan["date"], plan["closed"])
    assert meeting.attendances.filter(votes=False).values_list("member__number", flat=True).get() == 148
    claims = Claim.objects.filter(register=meeting.register)
    assert Counter(claims.values_list("state", flat=True)) == {"granted": 1, "refused": 1}


def test_nineteen_step_aside_and_somebody_else_takes_the_chair(whole_year: World) -> None:
    meeting = called(HELD[0])
    aside = ConflictOfInterest.objects.filter(item__meeting=meeting)
    assert Counter(aside.values_list("item__number", flat=True)) == {2: 19, 3: 19}
    named = meeting.sittings.get().offices.order_by("named_at")
    assert [one.member.number for one in named] == [97, 120]


def test_the_third_sitting_of_ga_3_was_typed_in_by_two_others(whole_year: World) -> None:
    meeting = called(HELD[2])
    typed = VoteFromPaper.objects.filter(decision__ballot__register=meeting.register)
    assert typed.count() == 6
    third = meeting.sittings.get(number=3)
    for one in typed:
        assert one.sitting == third
        assert third.opened_at is not None
        assert third.closed_at is not None
        assert third.opened_at < one.began_at < one.ended_at < third.closed_at < one.entered_at
        by = AgreedSheet.objects.get(ballot=one.decision.ballot, block__startswith="3 ")
        assert {by.first.teller.number, by.second.teller.number} == {284, 317}


def test_minutes_87_to_89_are_sealed_on_their_days(whole_year: World) -> None:
    for plan in HELD:
        told = plan["minutes"]
        sealed = SealedMinutes.objects.get(body__code="GA", number=told["number"])
        minutes = sealed.minutes
        day_of = whole_year.cooperative.day_of
        assert minutes.meeting == called(plan)
        assert day_of(minutes.closed_at) == told["drafted"] + MOVED
        assert day_of(sealed.sealed_at) == told["signed"] + MOVED
        signed = set(minutes.signatures.values_list("member__number", flat=True))
        assert signed == {int(person[1:]) for person in told["signers"]}
        sent = [one.happened_on for one in minutes.entries.filter(kind="sent")]
        assert sent == ([told["sent_to_authority"] + MOVED] if "sent_to_authority" in told else [])
        assert bytes(sealed.pdf).startswith(b"%PDF")


def test_the_contested_minutes_keep_objection_finding_and_dissent(whole_year: World) -> None:
    minutes = Minutes.objects.get(meeting=called(HELD[1]))
    assert [
        (one.kind, one.by.number, one.item_number, one.upheld) for one in minutes.entries.order_by("number")
    ] == [
        ("dissent", 214, 5, None),
        ("objection", 214, 5, None),
        ("finding", 108, 5, False),
        ("sent", 317, None, None),
    ]
    assert "for 32, against 29, abstaining 5" in minutes.text
    assert ClosedPart.objects.get(minutes__meeting=called(HELD[0])).item_number == 7


def test_the_journal_and_everything_sealed_verify(whole_year: World) -> None:
    assert verify([whole_year.cooperative.chain]) == []
    assert list(sealed_check.faults(whole_year.cooperative.chain)) == []
    verbs = Counter(Entry.objects.filter(verb__startswith="minutes-sealed").values_list("verb", flat=True))
    assert verbs["minutes-sealed"] == SealedMinutes.objects.count()


def test_what_was_promised_was_done_or_is_still_open(whole_year: World) -> None:
    at_the_assembly = Action.objects.filter(body__code="GA")
    assert {one.text: (one.owner.number, one.due_on, one.done_at is not None) for one in at_the_assembly} == {
        "East gate path fenced": (293, datetime.date(2026, 8, 15) + MOVED, True),
        "First lunches": (319, datetime.date(2026, 9, 7) + MOVED, True),
        "Report after six months": (188, datetime.date(2027, 3, 10) + MOVED, False),
    }


# --- Councils ---------------------------------------------------------------------------------------------------------


def test_every_council_met_with_as_many_as_the_calendar_says(whole_year: World) -> None:
    held = [one for one in COUNCILS if one["status"] in ("held", "no_quorum")]
    for one in held:
        meeting = Meeting.objects.get(
            body__code=one["body"], sittings__starts_at=local(one["date"], one["time"])
        )
        sitting = meeting.sittings.get()
        assert meeting.register is not None
        assert (meeting.register.people, meeting.attendances.count()) == (one["of"], one["present"]), one[
            "id"
        ]
        assert first_call(one["of"], meeting.quorum_fraction) == one["quorum"]
        assert (sitting.opened_at is None) == (one["status"] == "no_quorum")
        assert (meeting.state, meeting.title) == ("closed", one["title"])
    assert len(held) == 65
    in_vain = [one["id"] for one in held if one["status"] == "no_quorum"]
    assert in_vain == ["DC-QLA-02", "DC-LOG-07"]
    assert Series.objects.count() == 8
    sealed = SealedMinutes.objects.filter(body__kind="department_council")
    assert sealed.exclude(number=1).exists()


def test_no_seat_falls_empty_and_a_council_that_voted_shows_what_it_was_told(whole_year: World) -> None:
    councils = [body for code, body in whole_year.bodies.items() if code.startswith("C-")]
    bylaws = Bylaws.in_force(whole_year.cooperative, NOW.date())
    assert absent_too_often(councils, NOW, bylaws) == []
    item = AgendaItem.objects.select_related("decision__ballot").get(
        proposal=whole_year.proposals["DC-EXT-06"]
    )
    assert item.decision is not None
    assert item.decision.outcome == "not_carried"
    kept = Counter(one.kept for one in casts([item], whole_year.bodies["C-EXT"])[item.pk] if one.answer)
    assert kept == {True: 2, False: 1}


# --- The assembly to come ---------------------------------------------------------------------------------------------


def test_ga_4_takes_up_what_thirty_four_members_asked_for(whole_year: World) -> None:
    draft = Meeting.objects.get(state="draft", body__code="GA")
    item = draft.items.get(number=5)
    assert item.request is not None
    assert (item.kind, item.request.needed, item.request.signatures.count()) == ("requested", 32, 34)


# --- What is sold -----------------------------------------------------------------------------------------------------


def test_the_list_of_ga_3_sells_and_a_sale_under_it_waits_for_its_second_signature(whole_year: World) -> None:
    listed = PriceList.objects.get(cooperative=whole_year.cooperative)
    assert listed.prices.filter(since=listed.since).count() == 14
    assert listed.decision.startswith("D GA 2026-")
    (under,) = (one for one in Sale.objects.all() if one.under_list)
    assert (under.unit_price, under.list_price, under.kind) == (2441, 2490, "market")
    assert Sale.objects.count() == 5
    waits = SaleSlip.objects.get(confirmed_at=None)
    assert (waits.buyer, waits.unit_price) == ("Comercial Dos Faros", 2428)


def test_a_plan_was_voted_and_what_cannot_wait_is_written_down_by_hand(whole_year: World) -> None:
    decided = Decision.objects.get(proposal=whole_year.proposals["GA-3-7"], amendment=None)
    line = PlanLine.objects.get(voted=True)
    assert (line.product.code, line.target, line.from_month) == ("PRF", 134, 11)  # it met in October
    assert line.decision == decided.label == "D GA 2026-17"
    told = years_of([line.product], line.year)[0]
    assert [one.target for one in told.months] == [128] * 10 + [134] * 2
    move = PriceMove.objects.get()
    today = whole_year.files.today
    assert move_on(move.price, today) == move
    assert (move.price.product.code, move.price.market, move.market) == ("ING-EC", 2540, 2610)
    bar = barred(whole_year.cooperative, "almacen tres calles")
    assert bar is not None
    assert bar.lifted_at is None
    assert [(one.ours, one.refuser) for one in Refusal.objects.order_by("refused_on")] == [
        (True, "Seguridad Torre Norte"),
        (False, "Provincial roads office"),
    ]
