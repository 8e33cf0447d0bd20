"""A recall: who may ask for it, who signs, how the commission verifies, who votes, and what follows in that moment."""

from __future__ import annotations

import datetime

import pytest

from coop.ballots import actions as ballots
from coop.ballots.models import RollEntry
from coop.charter.models import Bylaws
from coop.elections import actions as elections
from coop.elections.models import Petition, PetitionSignature, Resignation
from coop.elections.rules.recalls import protected_until
from coop.journal.models import Entry
from coop.members import actions as members
from coop.members.electorate import Facts
from coop.members.models import Body, Mandate, Power
from coop.members.powers import powers_of
from coop.refusals import Refused
from tests import make, make_offices, make_paper

pytestmark = pytest.mark.django_db

State = Petition.State


@pytest.fixture
def plant() -> make.Plant:
    """Six pack; a fifth of them are two signatures."""
    return make_offices.plant()


def coordinators(plant: make.Plant) -> Body:
    return Body.objects.get(cooperative=plant.cooperative, code="MGT")


def convenes(plant: make.Plant, name: str) -> bool:
    return powers_of(plant.people[name], make.now()).has(Power.CONVENE, coordinators(plant))


# --- Who may ask --------------------------------------------------------------------------------------------------


def test_an_elector_files_and_has_signed(plant: make.Plant) -> None:
    petition = make_offices.petition(plant)
    assert (petition.label, petition.state) == (f"RC {petition.filed_at.year}-1", State.COLLECTING)
    assert (petition.department, petition.crew) == ("PAC", "")
    assert (petition.electors, petition.needed) == (6, 2)
    assert petition.collect_until - petition.filed_at == make.days(30)
    assert [line.member for line in petition.signatures.all()] == [plant.people["rita"]]


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("ana", "not-an-elector"),
        ("max", "not-a-full-member"),
        ("oz", "standing-without-vote"),
        ("pia", "holds-it-yourself"),
    ],
)
def test_nobody_else_files_or_signs(plant: make.Plant, who: str, why: str) -> None:
    mandate = make_offices.mandate(plant.people["pia"])
    with pytest.raises(Refused, match=why):
        elections.file_petition(mandate=mandate, reasons="So.", by=plant.people[who], at=make.now())
    petition = make_offices.petition(plant)
    with pytest.raises(Refused, match=why):
        elections.sign(petition=petition, by=plant.people[who], at=make.now())


def test_reasons_are_asked_for(plant: make.Plant) -> None:
    mandate, rita = make_offices.mandate(plant.people["pia"]), plant.people["rita"]
    for words, why in ((" ", "no-reason-given"), ("x" * 4001, "words-too-long")):
        with pytest.raises(Refused, match=why):
            elections.file_petition(mandate=mandate, reasons=words, by=rita, at=make.now())
    assert not Petition.objects.exists()


def test_new_in_office_is_protected_for_three_months(plant: make.Plant) -> None:
    mandate, rita = make_offices.mandate(plant.people["pia"]), plant.people["rita"]
    bylaws = Bylaws.in_force(plant.cooperative, plant.cooperative.day_of(make.now()))
    first = protected_until(mandate, bylaws)
    assert first is not None
    noon = datetime.datetime.combine(first, datetime.time(12), plant.cooperative.zone)
    with pytest.raises(Refused, match="recall-protected"):
        elections.file_petition(mandate=mandate, reasons="So.", by=rita, at=noon - make.days(1))
    assert elections.file_petition(mandate=mandate, reasons="So.", by=rita, at=noon).state == State.COLLECTING


def test_alternates_and_ended_mandates_are_not_recalled(plant: make.Plant) -> None:
    rita = plant.people["rita"]
    with pytest.raises(Refused, match="alternate-holds-nothing"):
        elections.file_petition(
            mandate=make_offices.mandate(plant.people["quin"]), reasons="So.", by=rita, at=make.now()
        )
    held = make_offices.mandate(plant.people["pia"])
    elections.resign(mandate=held, by=plant.people["pia"], at=make.now())
    with pytest.raises(Refused, match="mandate-not-held"):
        elections.file_petition(mandate=held, reasons="So.", by=rita, at=make.now())


def test_a_second_petition_is_joined_and_printed_with_the_first(plant: make.Plant) -> None:
    first = make_offices.admitted(plant)
    second = elections.file_petition(
        mandate=first.mandate, reasons="And the night had no bread.", by=plant.people["uma"], at=make.now()
    )
    assert (second.state, second.joined_to_id, second.number) == (State.JOINED, first.pk, first.number + 1)
    with pytest.raises(Refused, match="petition-not-open"):
        elections.sign(petition=second, by=plant.people["sol"], at=make.now())
    elections.answer(petition=first, text="The flour was late.", by=plant.people["pia"], at=make.now())
    ballot = elections.call_vote(
        petition=first, channels=["paper"], closes_at=make.now() + make.days(5), by=plant.gus, at=make.now()
    )
    assert ballot.title == "Recall of Pia, coordinator of packing"
    told = [
        ballot.text.index(words)
        for words in ("The ovens stood", "And the night", "The answer of Pia:\nThe flour")
    ]
    assert told == sorted(told)


# --- Signatures ---------------------------------------------------------------------------------------------------


def test_a_sheet_of_paper_is_judged_line_by_line(plant: make.Plant) -> None:
    petition = make_offices.petition(plant)
    numbers = [plant.people[name].number for name in ("rita", "sol", "sol", "ana", "max", "pia")] + [777]
    found = elections.enter_sheet(petition=petition, numbers=numbers, by=plant.gus, at=make.now())
    assert found == {"counts": 1, "twice": 2, "elsewhere": 1, "no_vote": 2, "unknown": 1}
    petition = elections.hand_in(petition=petition, by=plant.gus, at=make.now())
    petition = elections.verify(petition=petition, by=plant.hal, at=make.now())
    assert (petition.valid, petition.state) == (2, State.ADMITTED)  # Rita on her telephone, Sol once
    line = Entry.objects.filter(chain=plant.cooperative.chain, verb="petition-verified").get()
    assert line.facts == found | {"counts": 2, "needed": 2, "admitted": True}


def test_names_stand_in_no_journal(plant: make.Plant) -> None:
    before = Entry.objects.count()
    petition = make_offices.petition(plant)
    assert Entry.objects.count() == before + 1
    elections.sign(petition=petition, by=plant.people["sol"], at=make.now())
    assert Entry.objects.count() == before + 1
    elections.enter_sheet(petition=petition, numbers=[33, 34], by=plant.gus, at=make.now())
    told = Entry.objects.latest("pk")
    assert told.facts == {"lines": 2}
    assert "Tita" not in str(vars(told))


def test_twice_on_a_telephone_is_refused(plant: make.Plant) -> None:
    petition = make_offices.petition(plant)
    with pytest.raises(Refused, match="signed-already"):
        elections.sign(petition=petition, by=plant.people["rita"], at=make.now())
    assert PetitionSignature.objects.filter(petition=petition).count() == 1


def test_enough_lines_that_do_not_count_are_not_enough(plant: make.Plant) -> None:
    petition = make_offices.petition(plant)
    with pytest.raises(Refused, match=r"signatures-missing \(missing=1\)"):
        elections.hand_in(petition=petition, by=plant.people["rita"], at=make.now())
    elections.enter_sheet(petition=petition, numbers=[plant.ana.number], by=plant.gus, at=make.now())
    petition = elections.hand_in(petition=petition, by=plant.people["rita"], at=make.now())
    petition = elections.verify(petition=petition, by=plant.gus, at=make.now())
    assert (petition.state, petition.valid, petition.needed) == (State.NOT_ADMITTED, 1, 2)
    with pytest.raises(Refused, match="petition-not-admitted"):
        make_offices.called(plant, petition)


def test_the_commission_does_its_work_and_nobody_else(plant: make.Plant) -> None:
    petition = make_offices.petition(plant, signed=["sol"])
    for who, why in (("ana", "no-mandate"), ("rita", "concerned-yourself"), ("pia", "concerned-yourself")):
        with pytest.raises(Refused, match=why):
            elections.enter_sheet(petition=petition, numbers=[33], by=plant.people[who], at=make.now())
    elections.hand_in(petition=petition, by=plant.people["rita"], at=make.now())
    with pytest.raises(Refused, match="no-mandate"):
        elections.verify(petition=petition, by=plant.ana, at=make.now())


def test_time_hands_it_in_or_lets_it_go(plant: make.Plant) -> None:
    petition = make_offices.petition(plant)
    later = petition.collect_until
    with pytest.raises(Refused, match="collecting-is-over"):
        elections.sign(petition=petition, by=plant.people["sol"], at=later)
    assert elections.let_time_pass(petition=petition, at=later - make.days(1)).state == State.COLLECTING
    ended = elections.let_time_pass(petition=petition, at=later)
    assert (ended.state, ended.ending) == (State.LAPSED, "time")
    assert elections.let_time_pass(petition=petition, at=later).ended_at == later
    again = elections.file_petition(
        mandate=petition.mandate, reasons="Once more.", by=plant.people["rita"], at=make.now()
    )
    elections.sign(petition=again, by=plant.people["sol"], at=make.now())
    assert elections.let_time_pass(petition=again, at=again.collect_until).state == State.HANDED_IN


# --- The vote -----------------------------------------------------------------------------------------------------


def test_the_vote_is_secret_and_of_the_electors_alone(plant: make.Plant) -> None:
    petition = make_offices.admitted(plant)
    with pytest.raises(Refused, match="recall-too-late"):
        elections.call_vote(
            petition=petition,
            channels=["paper"],
            closes_at=make.now() + make.days(30),
            by=plant.gus,
            at=make.now(),
        )
    ballot = make_offices.called(plant, petition)
    petition.refresh_from_db()
    assert (petition.state, petition.ballot_id) == (State.VOTING, ballot.pk)
    assert (ballot.secrecy, ballot.department, ballot.people) == ("secret", "PAC", 6)
    assert (ballot.majority, ballot.base, ballot.tie_rule) == ("1/2", "for_against", "not_carried")
    pia = plant.people["pia"]
    with pytest.raises(Refused, match="stands-in-this-vote"):
        ballots.name_tellers(ballot=ballot, members=[pia], by=plant.gus, at=make.now())
    with pytest.raises(Refused, match="recall-is-voted"):
        elections.file_petition(
            mandate=petition.mandate, reasons="So.", by=plant.people["uma"], at=make.now()
        )


def test_carried_it_ends_the_mandate_in_that_moment(plant: make.Plant) -> None:
    assert (convenes(plant, "pia"), convenes(plant, "quin")) == (True, False)
    petition = make_offices.voted_on_paper(plant, 3, 1)
    assert (petition.state, petition.ending) == (State.PASSED, "")
    assert (convenes(plant, "pia"), convenes(plant, "quin")) == (False, True)
    ended = petition.mandate
    moved = make_offices.mandate(plant.people["quin"])
    assert (ended.ended, ended.end_document) == ("recalled", petition.label)
    assert (moved.since, moved.begun, moved.seat_id) == (ended.until, "moved_up", ended.seat_id)
    bylaws = Bylaws.in_force(plant.cooperative, plant.cooperative.day_of(make.now()))
    facts = Facts(plant.people["pia"], plant.cooperative.day_of(make.now()), bylaws)
    assert [one.code for one in facts.against_standing(coordinators(plant))] == ["barred-after-recall"]


@pytest.mark.parametrize(
    ("votes_for", "against", "ending"),
    [(2, 2, ""), (1, 2, ""), (2, 0, "turnout")],  # of six a half is asked
)
def test_otherwise_it_stands_and_is_protected(
    plant: make.Plant, votes_for: int, against: int, ending: str
) -> None:
    petition = make_offices.voted_on_paper(plant, votes_for, against)
    assert (petition.state, petition.ending, convenes(plant, "pia")) == (State.FAILED, ending, True)
    with pytest.raises(Refused, match="recall-protected"):
        elections.file_petition(
            mandate=petition.mandate, reasons="Again.", by=plant.people["rita"], at=make.now() + make.days(1)
        )


def test_a_vote_called_off_is_called_anew(plant: make.Plant) -> None:
    petition = make_offices.admitted(plant)
    ballot = make_offices.called(plant, petition)
    elections.call_off(ballot=ballot, because="The date was wrong.", by=plant.hal, at=make.now())
    petition.refresh_from_db()
    assert (petition.state, petition.ballot_id) == (State.ADMITTED, None)
    assert make_offices.called(plant, petition).pk != ballot.pk


# --- Resigning ----------------------------------------------------------------------------------------------------


def test_resigning_lets_the_alternate_up(plant: make.Plant) -> None:
    pia = plant.people["pia"]
    said = elections.resign(mandate=make_offices.mandate(pia), because="Tired.", by=pia, at=make.now())
    assert said.counts_from == said.given_at
    assert (convenes(plant, "pia"), convenes(plant, "quin")) == (False, True)
    with pytest.raises(Refused, match="mandate-not-held"):
        elections.resign(mandate=said.mandate, by=pia, at=make.now())


def test_nobody_resigns_for_another(plant: make.Plant) -> None:
    with pytest.raises(Refused, match="not-your-office"):
        elections.resign(mandate=make_offices.mandate(plant.people["pia"]), by=plant.ana, at=make.now())


def test_resigning_under_a_petition_ends_it_and_bars(plant: make.Plant) -> None:
    petition = make_offices.admitted(plant)
    ballot = make_offices.called(plant, petition)
    pia = plant.people["pia"]
    elections.resign(mandate=petition.mandate, by=pia, at=make.now())
    petition.refresh_from_db()
    ballot.refresh_from_db()
    assert (petition.state, petition.ending, ballot.state) == (State.LAPSED, "resigned", "annulled")
    assert Mandate.objects.get(pk=petition.mandate_id).ended == "resigned_recall"
    bylaws = Bylaws.in_force(plant.cooperative, plant.cooperative.day_of(make.now()))
    facts = Facts(pia, plant.cooperative.day_of(make.now()), bylaws)
    assert "barred-after-recall" in [one.code for one in facts.against_standing(coordinators(plant))]


def test_a_council_that_could_not_meet_keeps_who_resigns(plant: make.Plant) -> None:
    """Four seats, three needed: the second to go waits until somebody comes."""
    people = [plant.bo, plant.dee]
    bo, dee = (make_offices.mandate(one) for one in people)
    assert elections.resign(mandate=bo, by=plant.bo, at=make.now()).counts_from is not None
    waits = elections.resign(mandate=dee, by=plant.dee, at=make.now())
    assert waits.counts_from is None
    assert powers_of(plant.dee, make.now()).has(Power.AUDIT)
    with pytest.raises(Refused, match="resigned-already"):
        elections.resign(mandate=dee, by=plant.dee, at=make.now())
    assert elections.let_go(resignation=waits, at=make.now()).counts_from is None
    make_offices.hold(bo.seat, plant.eve, since=make.now())
    done = elections.let_go(resignation=waits, at=make.now())
    assert done.counts_from is not None
    assert not powers_of(plant.dee, make.now()).has(Power.AUDIT)
    assert elections.let_go(resignation=waits, at=make.now()).counts_from == done.counts_from
    assert Resignation.objects.count() == 2


def test_who_was_recalled_meanwhile_does_not_resign_as_well(plant: make.Plant) -> None:
    """By the hour of the request the office was held; where the body could not meet, it would have waited for ever."""
    seats = [(False, None, None)] * 3
    members.create_office(
        body=coordinators(plant), title="others", seats=seats, by=make.FOUNDING, at=make.FOUNDED
    )
    quin = plant.people["quin"]
    elections.resign(mandate=make_offices.mandate(quin), by=quin, at=make.now())
    petition, before = make_offices.admitted(plant), make.now()
    petition = make_offices.voted_on_paper(plant, 3, 1, asked=petition)
    with pytest.raises(Refused, match="mandate-not-held"):
        elections.resign(mandate=petition.mandate, by=plant.people["pia"], at=before)
    assert Resignation.objects.get().mandate.member == quin


def test_a_mandate_that_is_over_leaves_the_petition_without_object(plant: make.Plant) -> None:
    petition = make_offices.admitted(plant)
    later = petition.mandate.until
    assert later is not None
    assert elections.let_time_pass(petition=petition, at=later - make.days(1)).state == State.ADMITTED
    assert elections.let_time_pass(petition=petition, at=later).ending == "mandate_over"


def test_the_roll_is_that_of_the_electors(plant: make.Plant) -> None:
    petition = make_offices.voted_on_paper(plant, 3, 1)
    roll = RollEntry.objects.filter(ballot=petition.ballot_id).values_list("member__name", flat=True)
    assert sorted(roll) == sorted(make_offices.PACKERS)


# --- Ends that meet each other --------------------------------------------------------------------------------------


def replaced(plant: make.Plant, *, in_days: float = 20) -> Mandate:
    """Pia's successor is proclaimed and begins on a later day."""
    held = make_offices.mandate(plant.people["pia"])
    members.end_mandate(
        mandate=held,
        ended=Mandate.Ended.REPLACED,
        document="EL 1",
        until=make.now() + make.days(in_days),
        by=make.FOUNDING,
        at=make.now(),
    )
    held.refresh_from_db()
    return held


def test_who_has_a_successor_resigns_before_that_day(plant: make.Plant) -> None:
    """The alternate holds the seat up to the successor's first day, and not a moment longer."""
    held = replaced(plant)
    elections.resign(mandate=held, by=plant.people["pia"], at=make.now())
    moved = make_offices.mandate(plant.people["quin"])
    assert (Mandate.objects.get(pk=held.pk).ended, moved.begun, moved.until) == (
        "resigned",
        "moved_up",
        held.until,
    )


def test_who_has_a_successor_is_recalled_before_that_day(plant: make.Plant) -> None:
    held = replaced(plant)
    petition = make_offices.voted_on_paper(plant, 3, 1)
    assert (petition.state, Mandate.objects.get(pk=held.pk).ended) == (State.PASSED, "recalled")
    assert (convenes(plant, "pia"), make_offices.mandate(plant.people["quin"]).until) == (False, held.until)


def test_who_has_a_successor_leaves_before_that_day(plant: make.Plant) -> None:
    held = replaced(plant)
    today = plant.cooperative.day_of(make.now())
    members.give_consent(to="leave", by=plant.people["pia"], at=make.now())
    members.leave(member=plant.people["pia"], since=today, by=plant.cy, at=make.now())
    assert Mandate.objects.get(pk=held.pk).ended == "left"


def test_papers_are_counted_also_when_the_term_has_run_out_meanwhile(plant: make.Plant) -> None:
    """The vote was closed in time: it is counted and told, and ends nothing that is over."""
    held = replaced(plant, in_days=0.5)
    petition = make_offices.admitted(plant)
    ballot = ballots.start(ballot=make_offices.called(plant, petition), by=plant.hal, at=make.now())
    make_paper.name_tellers(plant, ballot)
    (box,) = make_paper.open_boxes(plant, ballot, "Gate")
    make_paper.give(plant, box, "pia", "quin", "rita", "sol")
    make_paper.end(plant, ballot, box)
    make_paper.agreed(plant, ballot, box, make_paper.motion(3, 1))
    later = make.now() + make.days(1)
    assert elections.let_time_pass(petition=petition, at=later).state == State.VOTING
    elections.count_up(ballot=ballot, by=plant.gus, at=later)
    petition.refresh_from_db()
    assert (petition.state, Mandate.objects.get(pk=held.pk).until) == (State.PASSED, held.until)
