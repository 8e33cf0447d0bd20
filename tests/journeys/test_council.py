"""From the notice of a council to the report back that the department has read, and to the seat nobody sat on.

The same words as in the assembly: Fay calls it, Gus carries what the ovens have told him and votes otherwise, the
department hears why, and whoever misses five meetings makes room for the alternate.
"""

from __future__ import annotations

import datetime

import pytest

from coop.charter.models import Bylaws
from coop.journal.models import Entry
from coop.journal.verify import verify_chain
from coop.meetings import actions as meetings
from coop.meetings.councils import absent_too_often, attended, casts, delegates, due_day, reports_for
from coop.meetings.models import AgendaItem, Meeting
from coop.members.models import Department, Mandate
from coop.refusals import Refused
from tests import make, make_council

pytestmark = pytest.mark.django_db


def test_a_council_from_its_notice_to_the_report_that_was_read() -> None:
    plant = make.plant()
    council = make_council.council(plant)
    ovens = Department.objects.get(cooperative=plant.cooperative, code="OVN")

    # Fay, its secretary, calls it; the agenda closes with the notice
    meeting = make_council.convened(plant, council, motions=[make_council.motion(plant, council)])
    item = meeting.items.get(number=2)
    assert (meeting.label.split(" ")[0], meeting.quorum_share, meeting.second_call_rule) == (
        "C-OVN",
        "1/2",
        "none",
    )

    # The department has voted at the shift change, and Gus writes down what it told its delegates
    told = meetings.instruct(
        item=item, department=ovens, choice="for", text="", source="Shift change of crew B", votes_for=9,
        votes_against=4, given_on=plant.cooperative.day_of(make.now()), by=plant.gus, at=make.now(),
    )  # fmt: skip

    # One of three is no quorum, and a council has no second call; two are enough
    sitting = meeting.sittings.get()
    meetings.check_in(meeting=meeting, member=plant.fay, by=plant.fay, at=sitting.starts_at)
    for later in (0, 2):
        with pytest.raises(Refused) as refused:
            meetings.open_sitting(
                sitting=sitting, by=plant.eve, at=sitting.starts_at + datetime.timedelta(hours=later)
            )
        assert [reason.code for reason in refused.value.reasons] == ["no-quorum"]
    for name in ("eve", "gus"):
        meetings.check_in(
            meeting=meeting, member=plant.people[name], by=plant.people[name], at=sitting.starts_at
        )
    meetings.open_sitting(sitting=sitting, by=plant.eve, at=sitting.starts_at)

    # Gus votes against what he was told; carried all the same, two to one, and it stands beside the instruction
    decision = meetings.open_vote(item=AgendaItem.objects.get(pk=item.pk), by=plant.eve, at=make.now())
    for name, answer in (("eve", "for"), ("fay", "for"), ("gus", "against")):
        make.cast(decision.ballot, plant.people[name], answer)
    decision = meetings.close_vote(item=AgendaItem.objects.get(pk=item.pk), by=plant.eve, at=make.now())
    assert (decision.outcome, decision.label.startswith("D C-OVN")) == ("carried", True)
    item = AgendaItem.objects.select_related("decision__ballot").get(pk=item.pk)
    beside = {
        one.member.name: (one.answer, one.instruction, one.kept) for one in casts([item], council)[item.pk]
    }
    assert beside["Gus"] == ("against", told, False)
    assert beside["Eve"] == ("for", told, True)

    # An action is agreed, and the meeting ends
    due_on = plant.cooperative.day_of(make.now()) + datetime.timedelta(days=3)
    meetings.agree(
        item=item, text="Order the burners", owner=plant.gus, due_on=due_on, by=plant.fay, at=make.now()
    )
    meeting = meetings.close_meeting(meeting=Meeting.objects.get(pk=meeting.pk), by=plant.eve, at=make.now())

    # Each delegate who was there owes the department a report within seven days; Gus tells it
    bylaws = Bylaws.in_force(plant.cooperative, plant.cooperative.day_of(make.now()))
    assert due_day(meeting, bylaws) == plant.cooperative.day_of(make.now()) + datetime.timedelta(days=7)
    assert list(attended(plant.gus, make.now() - make.days(30))) == [meeting]
    report = meetings.report_back(meeting=meeting, text="The gas is too dear.", by=plant.gus, at=make.now())

    # Kim, who works at the ovens, reads it; Pia, who packs, may, but is not counted
    day = plant.cooperative.day_of(make.now())
    assert list(reports_for(plant.kim, day, make.now() - make.days(1))) == [report]
    meetings.read_report(report=report, by=plant.kim, at=make.now())
    with pytest.raises(Refused):
        meetings.read_report(report=report, by=plant.pia, at=make.now())
    assert report.readings.count() == 1

    # The journal tells that it happened, not what was argued, and its chain is whole
    told_in_journal = "".join(str(entry.facts) + entry.subject_label for entry in Entry.objects.all())
    assert "gas is too dear" not in told_in_journal
    assert verify_chain(plant.cooperative.chain) == []


def test_whoever_misses_five_meetings_makes_room() -> None:
    plant = make.plant()
    council = make_council.council(plant)
    bylaws = Bylaws.in_force(plant.cooperative, plant.cooperative.day_of(make.now()))
    for number in range(5):
        assert absent_too_often([council], make.now(), bylaws) == []
        make_council.held(
            plant, council, present=("eve", "fay"), starts_at=make.now() - make.days(50 - number)
        )
    (gus,) = absent_too_often([council], make.now(), bylaws)
    (ida,) = meetings.vacate_seat(mandate=gus.mandate, by=plant.fay, at=make.now())
    assert (ida.member, ida.seat, ida.begun) == (plant.ida, gus.seat, Mandate.Begun.MOVED_UP)
    assert [one.member.name for one in delegates(council, make.now())] == ["Eve", "Fay", "Ida"]
    with pytest.raises(Refused):
        meetings.vacate_seat(mandate=gus.mandate, by=plant.fay, at=make.now())
