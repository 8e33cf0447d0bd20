"""A life at the plant: leaves, notice, leaving and coming again, suspension with appeal, exclusion, corrections."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from coop.journal.models import CLOCK, Entry
from coop.members import actions
from coop.members.models import Correction, Crew, Department, Mandate, Member, Posting, Standing
from coop.members.powers import powers_of
from coop.members.rules.entering import Newcomer
from coop.members.seen import last_entry
from coop.refusals import Refused
from tests import make

NOON = datetime.datetime(2026, 5, 4, 15, tzinfo=datetime.UTC)
DAY = NOON.date()
ONE = datetime.timedelta(days=1)
Kind, Status = Standing.Kind, Standing.Status


@pytest.fixture
def plant(db: None) -> make.Plant:
    return make.plant()


def refused(*codes: str) -> Any:
    return pytest.raises(Refused, match=rf"^{'.*; '.join(codes)}( \([^;]*\))?$")


def history(who: Member) -> list[tuple[str, str, datetime.date, datetime.date | None]]:
    rows = who.standings.filter(struck_at=None).order_by("since", "pk")
    return [(row.kind, row.status, row.since, row.until) for row in rows]


def now(who: Member, day: datetime.date = DAY) -> Standing:
    return Standing.objects.get(Standing.on(day), member=who)


def packing(plant: make.Plant) -> Department:
    return Department.objects.get(cooperative=plant.cooperative, code="PAC")


def by_keeper(plant: make.Plant) -> dict[str, Any]:
    return {"by": plant.cy, "at": NOON}


def suspend(plant: make.Plant, who: Member, since: datetime.date = DAY, **more: Any) -> Standing:
    facts = {
        "since": since,
        "expected_until": since + 20 * ONE,
        "reason": "left the furnace alone",
        "document": "Minute 12",
    }
    return actions.suspend(member=who, **{**facts, **by_keeper(plant), **more})


# --- Moving, leaves, notice ---------------------------------------------------------------------------------------


def test_a_move_counts_from_its_day(plant: make.Plant) -> None:
    crew = Crew.objects.get(code="B")
    actions.move(
        member=plant.eve, department=packing(plant), crew=crew, since=DAY, reason="asked", **by_keeper(plant)
    )
    rows = [(row.department.code, row.crew_id, row.since, row.until) for row in plant.eve.postings.all()]
    assert rows == [
        ("OVN", Crew.objects.get(code="A").pk, make.FOUNDED.date(), DAY),
        ("PAC", crew.pk, DAY, None),
    ]
    with refused("works-there-already"):
        actions.move(
            member=plant.eve,
            department=packing(plant),
            crew=crew,
            since=DAY + ONE,
            reason="",
            **by_keeper(plant),
        )


def test_a_leave_is_prolonged_and_ends_with_the_return(plant: make.Plant) -> None:
    for since, until in ((DAY, DAY + 7 * ONE), (DAY + 7 * ONE, DAY + 20 * ONE)):
        actions.go_on_leave(
            member=plant.eve,
            status=Status.MEDICAL_LEAVE,
            since=since,
            expected_until=until,
            reason="the knee",
            **by_keeper(plant),
        )
    actions.come_back(member=plant.eve, since=DAY + 15 * ONE, **by_keeper(plant))
    assert history(plant.eve) == [
        ("member", "active", make.FOUNDED.date(), DAY),
        ("member", "medical_leave", DAY, DAY + 7 * ONE),
        ("member", "medical_leave", DAY + 7 * ONE, DAY + 15 * ONE),
        ("member", "active", DAY + 15 * ONE, None),
    ]
    told = [str(entry.facts) for entry in Entry.objects.all()]
    assert not [words for words in told if "knee" in words or "medical" in words]


@pytest.mark.parametrize(
    ("status", "since", "until", "code"),
    [
        (Status.MEDICAL_LEAVE, DAY, DAY, "ends-before-it-begins"),
        (Status.MEDICAL_LEAVE, datetime.date(2126, 5, 4), None, "day-too-far"),
        (Status.MEDICAL_LEAVE, make.FOUNDED.date() - ONE, None, "change-before-the-first"),
    ],
)
def test_a_leave_that_cannot_be(
    plant: make.Plant, status: str, since: datetime.date, until: datetime.date | None, code: str
) -> None:
    with refused(code):
        actions.go_on_leave(
            member=plant.eve, status=status, since=since, expected_until=until, reason="", **by_keeper(plant)
        )
    assert len(history(plant.eve)) == 1


def test_only_what_fits_follows(plant: make.Plant) -> None:
    with refused("standing-does-not-allow"):
        actions.come_back(member=plant.eve, since=DAY, **by_keeper(plant))
    with refused("standing-does-not-allow"):
        actions.go_on_leave(
            member=plant.oz,
            status=Status.PARENTAL_LEAVE,
            since=DAY,
            expected_until=None,
            reason="",
            **by_keeper(plant),
        )
    actions.give_notice(
        member=plant.eve, since=DAY, expected_until=DAY + 30 * ONE, reason="", **by_keeper(plant)
    )
    with refused("standing-does-not-allow"):
        actions.give_notice(
            member=plant.eve, since=DAY + ONE, expected_until=None, reason="", **by_keeper(plant)
        )
    actions.come_back(member=plant.eve, since=DAY + 2 * ONE, **by_keeper(plant))
    assert now(plant.eve, DAY + 3 * ONE).status == "active"


@pytest.mark.parametrize("name", ["ana", "bo", "dee", "eve", "max"])
def test_only_who_keeps_the_register_writes(plant: make.Plant, name: str) -> None:
    with refused("no-mandate"):
        actions.leave(member=plant.fay, since=DAY, by=plant.people[name], at=NOON)
    stranger = make.plant("mill").cy
    with refused("not-of-this-cooperative"):
        actions.leave(member=plant.fay, since=DAY, by=stranger, at=NOON)


# --- Going and coming ---------------------------------------------------------------------------------------------


def test_who_leaves_gives_up_seat_and_powers_at_once(plant: make.Plant) -> None:
    actions.give_consent(to="leave", by=plant.bo, at=NOON)
    actions.leave(member=plant.bo, since=DAY, document="Letter of 1 May", **by_keeper(plant))
    mandate = Mandate.objects.get(member=plant.bo)
    assert (mandate.until, mandate.ended) == (NOON, "left")
    assert powers_of(plant.bo, NOON).held == frozenset()
    assert history(plant.bo)[-1] == ("member", "left", DAY, None)
    assert list(Entry.objects.order_by("-sequence").values_list("verb", flat=True)[:2]) == [
        "mandate-ended",
        "member-gone",
    ]
    with refused("standing-does-not-allow"):
        actions.leave(member=plant.bo, since=DAY + ONE, **by_keeper(plant))


def test_who_leaves_later_keeps_the_seat_until_the_clock_takes_it(plant: make.Plant) -> None:
    actions.give_consent(to="leave", by=plant.bo, at=NOON)
    actions.leave(member=plant.bo, since=DAY + 3 * ONE, **by_keeper(plant))
    mandate = Mandate.objects.get(member=plant.bo)
    assert mandate.ended == ""
    actions.empty_seats_of_the_gone(member=plant.bo, at=NOON + 2 * ONE)
    mandate.refresh_from_db()
    assert mandate.ended == ""
    actions.empty_seats_of_the_gone(member=plant.bo, at=NOON + 3 * ONE)
    mandate.refresh_from_db()
    assert (mandate.ended, mandate.until) == ("left", NOON + 3 * ONE)
    assert Entry.objects.latest("sequence").actor_id == CLOCK.id


def test_who_comes_again_has_the_number_they_had(plant: make.Plant) -> None:
    actions.leave(member=plant.eve, since=DAY, **by_keeper(plant))
    terms = Newcomer(5, "Eve", DAY + 9 * ONE, department=packing(plant), document="Minute 14")
    actions.rejoin(member=plant.eve, terms=terms, **by_keeper(plant))
    assert [row[1:] for row in history(plant.eve)] == [
        ("active", make.FOUNDED.date(), DAY),
        ("left", DAY, DAY + 9 * ONE),
        ("active", DAY + 9 * ONE, None),
    ]
    assert plant.eve.postings.get(until=None).department.code == "PAC"
    assert Member.objects.get(pk=plant.eve.pk).number == 5


def test_the_dead_do_not_come_again_and_nobody_comes_twice(plant: make.Plant) -> None:
    actions.leave(member=plant.eve, since=DAY, died=True, **by_keeper(plant))
    terms = Newcomer(5, "Eve", DAY + 9 * ONE, department=packing(plant), document="Minute 14")
    for who in (plant.eve, plant.fay):
        with refused("not-gone"):
            actions.rejoin(member=who, terms=terms, **by_keeper(plant))


def test_a_hire_is_renewed_only_as_long_as_the_bylaws_say(plant: make.Plant) -> None:
    """Three months for a peak of work, counted from the first day and not from the renewal."""
    since = DAY - 60 * ONE
    hired = make.member(plant.cooperative, 30, "Pia", joined=since, kind=Kind.HIRED)
    limit = datetime.date(2026, 6, 5)  # 5 March and three months

    def renew(until: datetime.date, **more: Any) -> None:
        terms = Newcomer(30, "Pia", DAY, kind=Kind.HIRED, reason="orders", expected_until=until, **more)
        actions.renew(member=hired, terms=terms, **by_keeper(plant))

    with refused("stay-too-long"):
        renew(limit + ONE, peak=True)
    renew(limit, peak=True)
    assert (now(hired).expected_until, now(hired).replacement) == (limit, False)
    for who in (plant.eve, plant.max):
        with pytest.raises(Refused) as caught:
            terms = Newcomer(1, "x", DAY, kind=Kind.TRIAL, expected_until=DAY + 900 * ONE)
            actions.renew(member=who, terms=terms, **by_keeper(plant))
        assert [one.code for one in caught.value.reasons] == [
            "nothing-to-renew" if who == plant.eve else "stay-too-long"
        ]


# --- Suspension and exclusion -------------------------------------------------------------------------------------


def test_a_suspension_has_reason_document_and_end(plant: make.Plant) -> None:
    with refused("no-document", "sanction-without-reason", "suspended-without-end"):
        suspend(plant, plant.eve, document=" ", reason="", expected_until=None)
    with refused("entered-after-the-appeal"):
        suspend(plant, plant.eve, since=DAY - 31 * ONE)
    suspend(plant, plant.eve, since=DAY - 30 * ONE)
    row = now(plant.eve)
    assert (row.status, row.reason, row.document, row.expected_until) == (
        "suspended",
        "left the furnace alone",
        "Minute 12",
        DAY - 10 * ONE,
    )


def test_the_person_appeals_once_and_in_time(plant: make.Plant) -> None:
    row = suspend(plant, plant.eve)
    with refused("no-mandate"):
        actions.appeal_suspension(standing=row, by=plant.fay, at=NOON)
    with refused("appeal-too-late"):
        actions.appeal_suspension(standing=row, by=plant.eve, at=NOON + 31 * ONE)
    actions.appeal_suspension(standing=row, by=plant.eve, at=NOON + 30 * ONE)
    row.refresh_from_db()
    assert row.appealed_at == NOON + 30 * ONE
    with refused("appealed-already"):
        actions.appeal_suspension(standing=row, by=plant.cy, at=NOON + 30 * ONE)
    with refused("not-final-yet"):
        actions.let_suspension_become_final(standing=row, at=NOON + 40 * ONE)


def test_an_appeal_is_decided_by_another_document(plant: make.Plant) -> None:
    row = suspend(plant, plant.eve)
    with refused("no-appeal-to-decide"):
        actions.uphold_suspension(standing=row, document="D GA 2026-1", **by_keeper(plant))
    actions.appeal_suspension(standing=row, by=plant.cy, at=NOON)
    with refused("appeal-decided-by-another"):
        actions.uphold_suspension(standing=row, document="Minute 12", **by_keeper(plant))
    actions.uphold_suspension(standing=row, document="D GA 2026-1", **by_keeper(plant))
    row.refresh_from_db()
    assert row.final_at == NOON
    line = Entry.objects.latest("sequence")
    assert (line.verb, line.facts) == ("standing-noted", {})


def test_the_journal_tells_nobody_of_a_suspension(plant: make.Plant) -> None:
    """Everybody reads it for ever; leaves and suspensions are for the person, the office and the audit."""
    before = Entry.objects.latest("sequence").sequence
    row = suspend(plant, plant.eve)
    actions.appeal_suspension(standing=row, by=plant.cy, at=NOON)
    actions.uphold_suspension(standing=row, document="D GA 2026-1", **by_keeper(plant))
    other = suspend(plant, plant.fay)
    actions.let_suspension_become_final(standing=other, at=NOON + 31 * ONE)
    told = [f"{one.verb} {one.facts}" for one in Entry.objects.filter(sequence__gt=before)]
    assert len(told) == 5
    assert not [words for words in told if "suspen" in words or "appeal" in words or "D GA" in words]


def test_a_suspension_is_lifted_by_a_document_or_runs_out(plant: make.Plant) -> None:
    suspend(plant, plant.eve)
    with refused("lifted-by-a-document"):
        actions.come_back(member=plant.eve, since=DAY + 19 * ONE, **by_keeper(plant))
    actions.come_back(member=plant.eve, since=DAY + 20 * ONE, **by_keeper(plant))
    suspend(plant, plant.fay)
    actions.come_back(member=plant.fay, since=DAY + ONE, document="D GA 2026-2", **by_keeper(plant))
    assert now(plant.fay, DAY + ONE).document == "D GA 2026-2"


def test_a_notice_is_no_way_out_of_a_suspension(plant: make.Plant) -> None:
    """It would give the vote back without a document, and from a notice anybody comes back by a word."""
    suspend(plant, plant.eve)
    with refused("standing-does-not-allow"):
        actions.give_notice(
            member=plant.eve, since=DAY + ONE, expected_until=None, reason="", **by_keeper(plant)
        )
    assert now(plant.eve, DAY + ONE).status == "suspended"
    actions.leave(member=plant.eve, since=DAY + ONE, **by_keeper(plant))
    assert now(plant.eve, DAY + ONE).status == "left"


def test_the_keeper_does_not_take_their_own_suspension_away(
    plant: make.Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided(monkeypatch, "Minute 12")
    row = suspend(plant, plant.cy)
    with refused("own-suspension"):
        actions.come_back(member=plant.cy, since=DAY + ONE, document="Minute 13", **by_keeper(plant))
    with refused("own-suspension"):
        actions.strike(entry=row, because="never happened", **by_keeper(plant))
    assert now(plant.cy, DAY + ONE).status == "suspended"
    actions.come_back(member=plant.cy, since=DAY + 20 * ONE, **by_keeper(plant))  # it has run out


def test_nobody_becomes_a_member_by_a_contract_that_goes_on(plant: make.Plant) -> None:
    terms = Newcomer(plant.max.number, "Max", DAY, kind=Kind.MEMBER, document="Minute 14")
    with refused("member-by-application"):
        actions.renew(member=plant.max, terms=terms, **by_keeper(plant))
    assert now(plant.max).kind == "trial"


def test_a_suspension_nobody_appealed_becomes_final_by_the_clock(plant: make.Plant) -> None:
    row = suspend(plant, plant.eve)
    with refused("not-final-yet"):
        actions.let_suspension_become_final(standing=row, at=NOON + 30 * ONE)
    actions.let_suspension_become_final(standing=row, at=NOON + 31 * ONE)
    row.refresh_from_db()
    assert row.final_at == NOON + 31 * ONE
    with refused("no-suspension-to-appeal"):
        actions.appeal_suspension(standing=row, by=plant.eve, at=NOON + 31 * ONE)


def decided(monkeypatch: pytest.MonkeyPatch, number: str = "D GA 2026-3") -> None:
    """The assembly has decided this, and nothing else."""
    monkeypatch.setattr("coop.decisions.cited.by_the_assembly", lambda _house, words, _at: words == number)


def test_exclusion_is_by_the_assembly(plant: make.Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    decided(monkeypatch)
    with refused("expelled-by-the-assembly", "sanction-without-reason", "protected-in-office"):
        actions.expel(member=plant.bo, since=DAY, reason=" ", document="", **by_keeper(plant))
    actions.expel(member=plant.bo, since=DAY, reason="theft", document="D GA 2026-3", **by_keeper(plant))
    assert now(plant.bo).status == "expelled"
    assert Mandate.objects.get(member=plant.bo).ended == "left"


# --- Corrections ------------------------------------------------------------------------------------------------


def test_a_correction_is_an_entry_beside_the_mended_line(plant: make.Plant) -> None:
    born = datetime.date(1990, 2, 3)
    actions.correct(
        member=plant.eve,
        changes={"name": "Eva Ñ", "born": born, "phone": "", "support": ["audio"]},
        reason="as in the passport",
        **by_keeper(plant),
    )
    eve = Member.objects.get(pk=plant.eve.pk)
    assert (eve.name, eve.plain_name, eve.born, eve.support) == ("Eva Ñ", "eva n", born, ["audio"])
    entries = Correction.objects.order_by("field").values_list("field", "was", "becomes", "reason", "by")
    assert list(entries) == [
        ("born", "", "1990-02-03", "as in the passport", plant.cy.pk),
        ("name", "Eve", "Eva Ñ", "as in the passport", plant.cy.pk),
        ("support", "", "audio", "as in the passport", plant.cy.pk),
    ]
    line = Entry.objects.latest("sequence")
    assert (line.verb, line.subject_label) == ("member-corrected", "5 Eva Ñ")
    assert line.facts == {"fields": ["born", "name", "support"], "was": "Eve", "becomes": "Eva Ñ"}


@pytest.mark.parametrize(
    ("changes", "reason", "code"),
    [
        ({"name": "Eve"}, "x", "nothing-to-correct"),
        ({"name": "Eva"}, " ", "correction-without-reason"),
        ({"name": "  "}, "x", "no-name"),
        ({"born": datetime.date(2010, 1, 1)}, "x", "too-young"),
        ({"born": datetime.date(2126, 1, 1)}, "x", "born-in-the-future"),
        ({"born": datetime.date(1899, 1, 1)}, "x", "born-too-long-ago"),
        ({"joined": datetime.date(2126, 1, 1)}, "x", "day-too-far"),
        ({"joined": datetime.date(2020, 3, 3)}, "x", "joined-after-first-entry"),
    ],
)
def test_a_correction_that_cannot_be(
    plant: make.Plant, changes: dict[str, Any], reason: str, code: str
) -> None:
    with pytest.raises(Refused) as caught:
        actions.correct(member=plant.eve, changes=changes, reason=reason, **by_keeper(plant))
    assert code in [one.code for one in caught.value.reasons]
    assert not Correction.objects.exists()


def test_what_a_wrong_entry_had_ended_goes_on(plant: make.Plant) -> None:
    wrong = actions.go_on_leave(
        member=plant.eve,
        status=Status.VOLUNTARY_LEAVE,
        since=DAY,
        expected_until=None,
        reason="",
        **by_keeper(plant),
    )
    actions.strike(entry=wrong, because="it was Eva Ruiz", **by_keeper(plant))
    assert history(plant.eve) == [("member", "active", make.FOUNDED.date(), None)]
    struck = plant.eve.standings.exclude(struck_at=None).order_by("pk")
    assert [(row.status, row.until, row.struck_because) for row in struck] == [
        ("active", DAY, "it was Eva Ruiz"),
        ("voluntary_leave", None, "it was Eva Ruiz"),
    ]
    with refused("struck-already"):
        actions.strike(entry=wrong, because="again", **by_keeper(plant))
    with refused("first-entry-stays"):
        actions.strike(entry=now(plant.eve), because="x", **by_keeper(plant))


def test_an_entry_in_the_middle_is_struck_up_to_the_next(plant: make.Plant) -> None:
    middle = suspend(plant, plant.eve)
    actions.come_back(member=plant.eve, since=DAY + 20 * ONE, **by_keeper(plant))
    with refused("correction-without-reason"):
        actions.strike(entry=middle, because=" ", **by_keeper(plant))
    actions.strike(entry=middle, because="lifted as never given", **by_keeper(plant))
    assert history(plant.eve) == [
        ("member", "active", make.FOUNDED.date(), DAY + 20 * ONE),
        ("member", "active", DAY + 20 * ONE, None),
    ]


def test_a_struck_move_puts_somebody_back(plant: make.Plant) -> None:
    moved = actions.move(
        member=plant.eve, department=packing(plant), crew=None, since=DAY, reason="", **by_keeper(plant)
    )
    back = actions.strike(entry=moved, because="other Eve", **by_keeper(plant))
    assert isinstance(back, Posting)
    assert (back.department.code, back.since, back.until) == ("OVN", make.FOUNDED.date(), None)


# --- Two at one person --------------------------------------------------------------------------------------------


def test_who_writes_on_an_old_state_is_told(plant: make.Plant) -> None:
    seen = last_entry(plant.eve)
    actions.correct(member=plant.eve, changes={"job": "baker"}, reason="new", seen=seen, **by_keeper(plant))
    with refused("person-changed-meanwhile"):
        actions.correct(
            member=plant.eve, changes={"job": "miller"}, reason="new", seen=seen, **by_keeper(plant)
        )
    assert Member.objects.get(pk=plant.eve.pk).job == "baker"
    seen = last_entry(plant.eve)
    actions.issue_card(member=plant.eve, by=plant.cy, at=NOON)  # a card changes nothing of the person
    actions.leave(member=plant.eve, since=DAY, seen=seen, **by_keeper(plant))
