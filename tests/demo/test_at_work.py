"""Offices and the auditor are at work in the demonstration: what at_work.yaml says stands there, to the figure."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db.models import Count

from coop.charter.models import Bylaws
from coop.demo.timeline import World
from coop.in_office.models import Answer, Commitment, HandedOver, Question, UrgentDecision
from coop.in_office.rules.commitments import waits_for
from coop.in_office.rules.questions import speeds
from coop.meetings.models import AgendaItem, Meeting
from coop.members.models import Course, CourseAsked, CourseDone, Deputy, Standing
from coop.members.powers import powers_of
from coop.oversight.models import Appeal, AuditReport, CountSheet, Export, Finding, JournalCheck, Reading
from tests.planted import NOW

MOVED = datetime.timedelta(days=28)


def local(day: str, time: str = "00:00") -> datetime.datetime:
    return datetime.datetime.fromisoformat(f"{day}T{time}-03:00") + MOVED


def draft() -> Meeting:
    return Meeting.objects.get(state=Meeting.State.DRAFT, body__code="GA")


def test_six_questions_four_answered_one_late_and_one_with_time(world: World) -> None:
    found = Question.objects.order_by("asked_at").annotate(said=Count("answers"))
    assert [(one.office.title, one.asked_by.number, one.said, one.personal) for one in found] == [
        ("general coordinator", 144, 1, False),
        ("coordinator of POT", 58, 2, False),
        ("coordinator of MNT", 241, 1, False),
        ("register-keeper", 12, 1, True),
        ("treasurer", 174, 0, False),
        ("president", 205, 0, False),
    ]
    assert Answer.objects.get(kind="in_person").by.number == 316
    told = {one.office.title: speeds(world.cooperative, NOW)[one.office_id] for one in found}
    assert (told["treasurer"].overdue, told["treasurer"].percent_in_time) == (1, 0)
    assert (told["president"].overdue, told["president"].waiting) == (0, 1)
    assert (told["general coordinator"].median_days, told["general coordinator"].percent_in_time) == (2, 100)


def test_who_did_not_answer_stands_on_the_agenda_of_ga_4(world: World) -> None:
    found = draft().items.filter(number__gt=5)
    assert [(one.number, one.kind, one.title) for one in found] == [
        (6, "requested", "A question that treasurer has not answered"),
        (7, "requested", "F 2026-1 The council of Potlines has given no account for half a year"),
        (8, "requested", "AP 2026-1: appeal against a sanction"),
    ]
    late = Finding.objects.get(number=1)
    assert found[1].request == late.owed
    assert world.cooperative.day_of(found[1].request.asked_at) > late.answer_by


def test_a_member_appeals_and_the_days_of_the_assembly_run(world: World) -> None:
    """Written down two days ago; the suspension begins in five days, and until then she works and votes."""
    appeal, who = Appeal.objects.get(), world.people["M170"]
    assert (appeal.label, appeal.appellant, appeal.state) == ("AP 2026-1", who, "open")
    made_on, days = NOW.date() - datetime.timedelta(days=2), Bylaws.in_force(world.cooperative, NOW.date())
    assert (world.cooperative.day_of(appeal.made_at), appeal.due_on) == (
        made_on,
        made_on + datetime.timedelta(days=days.appeal_decided_days),
    )
    assert appeal.owed == draft().items.get(number=8).request
    standing = appeal.standing
    assert (standing.since - NOW.date(), standing.expected_until - standing.since) == (  # type: ignore[operator]
        datetime.timedelta(days=5),
        datetime.timedelta(days=5),
    )
    assert standing.appealed_at == appeal.made_at
    assert who.standings.filter(Standing.on(NOW.date())).get().status == "active"


def test_no_report_of_the_auditor_lies_in_a_meeting_that_sits(world: World) -> None:
    assert not AuditReport.objects.filter(meeting__state=Meeting.State.IN_SESSION).exists()
    assert not AgendaItem.objects.filter(
        meeting__state=Meeting.State.IN_SESSION, kind=AgendaItem.Kind.REQUESTED
    ).exists()


def test_somebody_stood_in_for_a_week_and_will_again(world: World) -> None:
    later, before = Deputy.objects.all()
    assert (before.since, before.until) == (local("2026-07-06"), local("2026-07-13"))
    assert (later.since, later.until - later.since) == (local("2026-10-30"), datetime.timedelta(days=5))
    general, morning = world.people["M126"], world.people["M186"]
    over = world.bodies["B-MGT"].pk
    in_july = local("2026-07-08")
    assert ("chair", over) in powers_of(morning, in_july).held
    assert ("chair", over) not in powers_of(general, in_july).held
    assert ("chair", over) in powers_of(general, NOW).held


def test_what_was_decided_at_night_was_confirmed_by_the_council(world: World) -> None:
    urgent = UrgentDecision.objects.get()
    assert (urgent.label, urgent.state, urgent.decided_by.number) == ("U B-ADM 2026-1", "confirmed", 126)
    assert urgent.meeting is not None
    assert (urgent.meeting.title, urgent.meeting.state) == ("Monthly meeting of the council", "closed")
    first = urgent.meeting.items.get(number=1)
    assert (first.request, first.title) == (urgent.request, str(urgent))
    assert urgent.settled_at is not None
    assert world.cooperative.day_of(urgent.settled_at) <= urgent.due_on
    assert urgent.meeting.attendances.count() == 6
    assert urgent.meeting.minutes.sealed.number == 296


def test_a_handover_is_half_signed(world: World) -> None:
    lines = list(HandedOver.objects.order_by("pk"))
    assert {line.mandate.member.number for line in lines} == {223}
    assert [(line.kind, bool(line.handed_at), bool(line.received_at)) for line in lines] == [
        ("to_do", True, True),
        ("keys", True, True),
        ("keys", True, True),
        ("access", True, False),
        ("contract", True, False),
        ("money", False, False),
    ]
    assert {line.received_by.number for line in lines if line.received_by} == {229}


def test_contracts_over_the_amount_of_the_bylaws_have_two_signatures(world: World) -> None:
    assert Bylaws.in_force(world.cooperative, NOW.date()).two_signatures_over == 20000
    found = Commitment.objects.order_by("signed_at")
    assert [(one.label, one.amount, one.state, one.needs_two) for one in found] == [
        ("PC 2026-1", Decimal(31200), "refused", True),
        ("PC 2026-2", Decimal(148000), "signed", True),
        ("PC 2026-3", Decimal(6300), "signed", False),
        ("PC 2026-4", Decimal(64500), "waiting", True),
    ]
    twice = found[1]
    assert twice.second_by is not None
    assert (twice.signed_by.number, twice.second_by.number) == (315, 120)
    assert (
        list(waits_for(world.people["M120"], NOW)) == list(waits_for(world.people["M126"], NOW)) == [found[3]]
    )
    assert not waits_for(world.people["M315"], NOW).exists()


def test_the_oversight_asks_for_a_course(world: World) -> None:
    asked = CourseAsked.objects.get(course=Course.objects.get(name="Reading the accounts"))
    assert (asked.office.title, asked.asks, asked.document[:11]) == ("síndico", True, "D GA 2025-3")
    assert asked.confirmed_by is not None
    done = CourseDone.objects.filter(confirmed_at__isnull=False)
    assert set(done.values_list("member__number", flat=True)) == {266, 179}


def test_cash_and_stock_were_counted_by_two_with_a_small_difference(world: World) -> None:
    stock, cash = CountSheet.objects.all()
    assert (cash.label, cash.counted, cash.book, cash.difference) == (
        "CS 2026-1",
        Decimal("1284.50"),
        Decimal("1291.00"),
        Decimal("-6.50"),
    )
    assert [(line.thing, line.difference) for line in stock.lines.all() if line.difference] == [
        ("Respirator filters", Decimal(-4)),
        ("Hydraulic oil", Decimal("-12.5")),
    ]
    signed = [(one.filed_by.number, one.witness.number, one.agrees) for one in (cash, stock)]
    assert signed == [(266, 313, True), (266, 286, True)]


def test_one_finding_is_answered_and_one_went_before_the_assembly(world: World) -> None:
    late, answered = Finding.objects.order_by("number")
    assert (late.label, late.state, late.about_label, late.owed is not None) == (
        "F 2026-1",
        "open",
        "Statute",
        True,
    )
    assert (answered.label, answered.state, answered.owed) == ("F 2026-2", "answered", None)
    assert answered.about_label == "CS 2026-1 Cash box of the canteen"
    word = answered.words.get()
    assert (word.side, word.said_by.number) == ("answer", 315)


def test_the_journal_was_verified_and_a_reading_noted(world: World) -> None:
    check = JournalCheck.objects.get()
    assert (check.by.number, check.faults, check.whole) == (266, 0, True)
    reading = Reading.objects.get()
    assert (reading.reader.number, reading.what) == (266, "hired")
    assert not Export.objects.exists()
