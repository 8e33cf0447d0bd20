"""`manage.py found`: the example founds; each thing that is not in order is a line, and nothing is founded."""

import copy
import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.test import Client

from coop.charter.models import Bylaws, Cooperative
from coop.journal.models import Chain, Entry
from coop.journal.verify import verify
from coop.members.electorate import voters
from coop.members.founding.act import FaultyAct
from coop.members.founding.file import read_act
from coop.members.founding.found import found
from coop.members.models import AccessCard, Body, Mandate, Member, Power, Rota, Seat, Shift, Standing
from coop.members.powers import powers_of

EXAMPLE = Path(__file__).parents[2] / "docs" / "founding-act.example.yaml"
NOON = datetime.datetime(2026, 5, 4, 15, tzinfo=datetime.UTC)  # noon in Buenos Aires


def example() -> dict[str, Any]:
    act: dict[str, Any] = yaml.safe_load(EXAMPLE.read_text())
    return act


def run(*arguments: Any) -> list[str]:
    out = StringIO()
    call_command("found", *map(str, arguments), stdout=out)
    return out.getvalue().splitlines()


def faults(act: object, at: datetime.datetime = NOON) -> list[str]:
    """The lines the act is refused with, and nothing may be left behind."""
    with pytest.raises(FaultyAct) as refused:
        found(act=read_act(act), at=at)
    assert [Cooperative.objects.count(), Chain.objects.count(), Member.objects.count()] == [0, 0, 0]
    return refused.value.lines


@pytest.mark.django_db
def test_the_example_founds_the_co_operative_with_its_rules() -> None:
    cooperative = found(act=read_act(example()), at=NOON).cooperative
    bylaws = Bylaws.in_force(cooperative, NOON.date())
    assert (cooperative.slug, cooperative.language, str(cooperative.reference_pay)) == (
        "bakery",
        "es",
        "1900.00",
    )
    assert (bylaws.version, bylaws.valid_from, bylaws.adopted_by) == (
        1,
        datetime.date(2026, 3, 14),
        "Founding act, constitutive assembly of 14 March 2026, sheet 3",
    )
    act = example() | {"bylaws_since": datetime.date(2026, 4, 1)}
    act["cooperative"]["slug"] = "mill"
    later = found(act=read_act(act), at=NOON).cooperative
    assert Bylaws.objects.get(cooperative=later).valid_from == datetime.date(2026, 4, 1)
    assert (bylaws.notice_extraordinary_days, bylaws.notice_ordinary_days) == (10, 15)


@pytest.mark.django_db
def test_the_example_lays_out_plant_and_people() -> None:
    found(act=read_act(example()), at=NOON)
    assert [(shift.code, shift.crosses_midnight) for shift in Shift.objects.all()] == [
        ("night", True),
        ("day", False),
    ]
    rota = Rota.objects.get()
    assert (rota.anchor, rota.every_days, rota.step) == (datetime.date(2026, 3, 16), 14, -1)
    elsa = Member.objects.get(number=5)
    assert [
        (s.kind, s.status, s.since.isoformat(), s.until and s.until.isoformat()) for s in elsa.standings.all()
    ] == [
        ("trial", "active", "2026-03-20", "2026-04-06"),
        ("trial", "medical_leave", "2026-04-06", "2026-04-20"),
        ("trial", "active", "2026-04-20", None),
    ]
    assert [
        (m.number, m.joined.isoformat(), m.language, m.plain_name) for m in Member.objects.order_by("number")
    ] == [
        (1, "2026-03-14", "es", "ana ruiz"),
        (2, "2026-03-14", "es", "bo ferrari"),
        (3, "2026-03-14", "pt-br", "cleo duarte"),
        (4, "2026-03-14", "es", "dino paz"),
        (5, "2026-03-20", "es", "elsa vega"),
    ]


@pytest.mark.django_db
def test_the_assembly_is_there_although_the_act_does_not_name_it() -> None:
    cooperative = found(act=read_act(example()), at=NOON).cooperative
    assembly = Body.objects.get(cooperative=cooperative, kind=Body.Kind.ASSEMBLY)
    assert (assembly.code, assembly.name, assembly.composition) == ("GA", "General assembly", "all_members")
    bylaws = Bylaws.in_force(cooperative, NOON.date())
    assert list(voters(assembly, NOON.date(), bylaws).values_list("number", flat=True)) == [1, 2, 3, 4]


@pytest.mark.django_db
def test_the_offices_are_held_with_exactly_their_powers() -> None:
    found(act=read_act(example()), at=NOON)
    bodies = {body.code: body.pk for body in Body.objects.all()}
    held = {m.number: powers_of(m, NOON).held for m in Member.objects.all()}
    assert held == {
        1: {(power, bodies[code]) for power in ("convene", "record_minutes") for code in ("GA", "ADM")},
        2: {("chair", bodies["GA"]), ("chair", bodies["ADM"])},
        3: {("keep_register", None)},
        4: {("audit", None)},
        5: frozenset(),
    }
    seats = Seat.objects.filter(office__title="member").values_list(
        "alternate", "number", "mandates__member__number"
    )
    assert list(seats) == [(False, 1, 1), (False, 2, 2), (False, 3, 3), (True, 1, 4)]


@pytest.mark.django_db
def test_a_mandate_carried_over_says_from_where_and_runs_from_midnight_of_its_day() -> None:
    found(act=read_act(example()), at=NOON)
    bo, cleo = (Mandate.objects.get(seat__office__title="member", member__number=number) for number in (2, 3))
    assert (bo.begun, bo.since, bo.document) == (
        "founding",
        NOON,
        "Founding act, constitutive assembly of 14 March 2026, sheet 3",
    )
    midnight = datetime.time(3, tzinfo=datetime.UTC)  # three hours behind UTC
    assert (cleo.begun, cleo.document) == ("carried_over", "Book of minutes, page 2")
    assert cleo.since == datetime.datetime.combine(datetime.date(2026, 3, 14), midnight)
    assert cleo.until == datetime.datetime.combine(datetime.date(2029, 3, 14), midnight)


@pytest.mark.django_db
def test_everything_stands_in_the_journal_under_the_name_of_the_act() -> None:
    chain = found(act=read_act(example()), at=NOON).cooperative.chain
    entries = list(Entry.objects.filter(chain=chain))
    assert {(entry.actor_id, entry.at) for entry in entries} == {("founding-act", NOON)}
    verbs = [entry.verb for entry in entries]
    assert {verb: verbs.count(verb) for verb in dict.fromkeys(verbs)} == {
        "cooperative-founded": 1,
        "bylaws-adopted": 1,
        "plant-laid-out": 1,
        "member-admitted": 5,
        "standing-changed": 2,
        "body-created": 4,
        "office-created": 5,
        "mandate-begun": 8,
        "card-issued": 3,
    }
    assert verify([chain]) == []


@pytest.mark.django_db
def test_the_three_cards_open_the_door_once() -> None:
    lines = run(EXAMPLE)
    assert lines[:2] == [
        "The act names: 5 members, 4 bodies, 5 offices.",
        "La Espiga is founded. Hand each of these three their card, in person; it works once, for 14 days:",
    ]
    assert list(lines[2::2]) == [
        "  register-keeper: 3 Cleo Duarte",
        "  secretary: 1 Ana Ruiz",
        "  president (chair): 2 Bo Ferrari",
    ]
    addresses = [line.strip() for line in lines[3::2]]
    assert len(set(addresses)) == 3
    assert all("/bakery/enrol/" in address for address in addresses)
    assert AccessCard.objects.filter(issued_by=None, replaces_secret=False, used_at=None).count() == 3

    path = "/" + addresses[0].split("/", 3)[3]
    typed = {"secret": "582047", "secret_again": "582047"}
    assert Client().get(path).status_code == 200
    assert Client().post(path, typed).status_code == 302
    assert Client().post(path, typed).status_code == 409
    assert Member.objects.get(number=3).account is not None


@pytest.mark.django_db
def test_check_founds_nothing() -> None:
    assert run(EXAMPLE, "--check") == [
        "The act names: 5 members, 4 bodies, 5 offices.",
        "In order; nothing was founded.",
    ]
    assert [Cooperative.objects.count(), Chain.objects.count(), Member.objects.count()] == [0, 0, 0]


@pytest.mark.django_db
@pytest.mark.parametrize("more", [[], ["--check"]])
def test_check_judges_as_founding_does_and_tells_all_faults_at_once(tmp_path: Path, more: list[str]) -> None:
    act = example()
    act["cooperative"] |= {"slug": "Fábrica X", "legal_form": "recovered", "currency_code": "$"}
    act["members"][1]["number"] = 1
    path = tmp_path / "act.yaml"
    path.write_text(yaml.safe_dump(act))
    with pytest.raises(CommandError) as refused:
        run(path, *more)
    assert str(refused.value).splitlines()[1:5] == [
        "  cooperative.slug: small letters, digits and hyphens, a letter first",
        "  cooperative.legal_form: must be one of: occupied, cooperative, nationalised, comanagement, network",
        "  cooperative.currency_code: one to eight capital letters or digits, a letter first, like EUR",
        "  members: number 1 is given twice",
    ]


@pytest.mark.django_db
def test_check_refuses_what_only_the_house_can_know() -> None:
    run(EXAMPLE)
    with pytest.raises(CommandError, match="slug taken"):
        run(EXAMPLE, "--check")


@pytest.mark.django_db
def test_a_second_founding_of_the_same_name_is_refused_and_changes_nothing() -> None:
    run(EXAMPLE)
    before = Entry.objects.count()
    with pytest.raises(CommandError, match="slug taken"):
        run(EXAMPLE)
    assert Entry.objects.count() == before


def without(act: dict[str, Any], title: str) -> dict[str, Any]:
    for body in act["bodies"]:
        body["offices"] = [office for office in body.get("offices", []) if office["title"] != title]
    return act


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("title", "line"),
    [
        (
            "register-keeper",
            "nobody is register-keeper, an office with the power keep_register and a holder now",
        ),
        (
            "secretary",
            "nobody is secretary, an office with the power record_minutes and convene and a holder now",
        ),
        ("president", "nobody is chair, an office with the power chair and a holder now"),
    ],
)
def test_an_act_without_one_of_the_three_offices_is_refused(title: str, line: str) -> None:
    assert faults(without(example(), title)) == [f"bodies: {line}"]


@pytest.mark.django_db
def test_three_offices_in_two_hands_are_refused() -> None:
    act = example()
    act["bodies"][0]["offices"][1]["holders"] = [1]  # the secretary chairs as well
    assert faults(act) == ["bodies: register-keeper, secretary, chair must be three different members"]


@pytest.mark.django_db
def test_the_three_are_found_among_several_holders_of_an_office() -> None:
    """Ana holds two of the offices, but each of them has somebody else as well."""
    act = example()
    council = act["bodies"][0]["offices"]
    council[1] |= {"seats": 2, "holders": [1, 2]}
    council[2] |= {"seats": 2, "holders": [1, 3]}
    act["bodies"][1]["offices"][0] |= {"seats": 2, "holders": [3, 1]}
    cards = found(act=read_act(act), at=NOON).cards
    assert len({card.member.number for card in cards}) == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    "holder",
    [
        {"member": 3, "until": datetime.date(2026, 5, 4)},  # over since midnight
        {"member": 3, "since": datetime.datetime(2026, 5, 4, 12, 0, 1)},  # one second too late
        {"member": 3, "alternate": True},
    ],
)
def test_a_register_keeper_who_does_not_hold_the_seat_now_does_not_count(holder: dict[str, Any]) -> None:
    act = example()
    act["bodies"][1]["offices"][0] |= {"alternates": 1, "holders": [holder]}
    assert faults(act)[0].startswith("bodies: nobody is register-keeper")


@pytest.mark.django_db
def test_powers_over_another_body_do_not_make_a_secretary_of_the_assembly() -> None:
    act = example()
    act["bodies"][0]["offices"][2]["powers"]["record_minutes"] = ["ADM"]
    assert faults(act)[0].startswith("bodies: nobody is secretary")


def put(act: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    *way, last = [int(step) if step.isdigit() else step for step in path.split("/")]
    here: Any = act
    for step in way:
        here = here[step]
    if value is KeyError:
        del here[last]
    else:
        here[last] = value
    return act


ODD = {
    "no document": ("document", KeyError, ["document: is missing"]),
    "an empty document": ("document", "  ", ["document: must be words"]),
    "a misspelt field": (
        "bylawz",
        {},
        [
            (
                "bylawz: is unknown; known are: document, cooperative, members, bodies, "
                "bylaws, bylaws_since, departments, shifts, crews, rota"
            )
        ],
    ),
    "standings that are no list": ("members/4/standings", 7, ["members[5].standings: must be a list"]),
    "a member that is no group": ("members/4", "Elsa", ["members[5]: must be a list of fields with values"]),
    "a number given twice": ("members/4/number", 4, ["members: number 4 is given twice"]),
    "a number of zero": (
        "members/4/number",
        0,
        ["members[5].number: must be a whole number from 1 to 999999"],
    ),
    "a number in words": (
        "members/4/number",
        "5",
        ["members[5].number: must be a whole number from 1 to 999999"],
    ),
    "a yes for a number": (
        "members/4/number",
        True,
        ["members[5].number: must be a whole number from 1 to 999999"],
    ),
    "an unknown department": (
        "members/4/department",
        "OVE",
        ["members[5].department: OVE is unknown; known are: OVN, SAL"],
    ),
    "a department without people": (
        "members/4/department",
        "COM",
        ["members[5].department: COM is unknown; known are: OVN, SAL"],
    ),
    "an unknown crew": ("members/4/crew", "C", ["members[5].crew: C is unknown; known are: A, B"]),
    "a name with NUL": (
        "members/4/name",
        "El\0sa",
        ["members[5].name: contains a character that no text has"],
    ),
    "a name too long": ("members/4/name", "E" * 121, ["members[5].name: has more than 120 characters"]),
    "a day in words": ("members/4/joined", "in March", ["members[5].joined: must be a day, like 2026-10-14"]),
    "standings out of order": (
        "members/4/standings/1/since",
        datetime.date(2026, 4, 6),
        ["members[5].standings[2].since: is not later than what stands before it"],
    ),
    "an unknown kind of support": (
        "members/3/support",
        ["loud"],
        ["members[4].support: must be a list of: large_text, audio, sign_language, reader_assistance"],
    ),
    "an unknown article": ("bylaws/notice_days", 15, ["bylaws.notice_days: article unknown"]),
    "an article out of range": (
        "bylaws/notice_extraordinary_days",
        3,
        ["bylaws.notice_extraordinary_days: article out of range, low 5, high 60"],
    ),
    "a share that is none": (
        "bylaws/majority_bylaws",
        "two thirds",
        ["bylaws.majority_bylaws: article is a share"],
    ),
    "money as a float": (
        "cooperative/reference_pay",
        1900.1,
        ["cooperative.reference_pay: must be an amount: a whole number, or text with decimals"],
    ),
    "an unknown zone": (
        "cooperative/time_zone",
        "Mars/Base",
        ["cooperative.time_zone: is not the name of a time zone"],
    ),
    "an address word that is kept": ("cooperative/slug", "static", ["slug reserved (slug=static)"]),
    "an unknown legal form": (
        "cooperative/legal_form",
        "club",
        [
            "cooperative.legal_form: must be one of: occupied, cooperative, nationalised, comanagement, network"
        ],
    ),
    "an hour without quotes": (
        "shifts/0/starts",
        1320,
        ['shifts[1].starts: must be an hour in quotes, like "06:00"'],
    ),
    "a rota without shifts": ("shifts", [], ["rota: needs shifts and crews"]),
    "a department code twice": (
        "departments/1/code",
        "OVN",
        [
            "departments: code OVN is given twice",
            "members[1].department: SAL is unknown; known are: OVN",
            "members[3].department: SAL is unknown; known are: OVN",
        ],
    ),
    "a body code twice": ("bodies/1/code", "ADM", ["bodies: code ADM is given twice"]),
    "the assembly's code for another body": (
        "bodies/1/code",
        "GA",
        ["bodies: GA is the code of the general assembly"],
    ),
    "an unknown kind of body": (
        "bodies/1/kind",
        "club",
        ["bodies[2].kind: club is unknown; known are: " + ", ".join(sorted(Body.Kind.values))],
    ),
    "an unknown power": (
        "bodies/1/offices/0/powers/rule",
        "everywhere",
        ["bodies[2].offices[1].powers.rule: is not a power; they are: " + ", ".join(Power.values)],
    ),
    "a power over nothing known": (
        "bodies/0/offices/1/powers/chair",
        ["GA", "XYZ"],
        ["bodies[1].offices[2].powers.chair: is held everywhere, or over a list of bodies of this act"],
    ),
    "a holder who is no member": (
        "bodies/1/offices/0/holders",
        [9],
        ["bodies[2].offices[1].holders[1].member: 9 is not among the members"],
    ),
    "a holder without a seat": (
        "bodies/1/offices/0/holders",
        [3, 4],
        ["bodies[2].offices[1].holders[2]: there is no seat 2"],
    ),
    "two holders on one seat": (
        "bodies/1/offices/0/holders",
        [3, {"member": 4, "seat": 1}],
        ["REG, register-keeper, member 4: seat taken (name=Cleo Duarte)"],
    ),
    "an end before the beginning": (
        "bodies/0/offices/0/holders/1",
        {"member": 2, "since": datetime.date(2026, 3, 14), "until": datetime.date(2026, 3, 14)},
        ["ADM, member, member 2: ends before it begins"],
    ),
    "an office title twice": (
        "bodies/0/offices/2/title",
        "president",
        ["bodies[1].offices: title president is given twice"],
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ODD)
def test_what_is_not_in_order_is_one_line_that_says_where(name: str) -> None:
    path, value, lines = ODD[name]
    assert faults(put(copy.deepcopy(example()), path, value)) == lines


@pytest.mark.django_db
@pytest.mark.parametrize("raw", [None, 7, "act", [], [1, 2]])
def test_what_is_no_act_at_all_is_one_line(raw: object) -> None:
    assert faults(raw) == ["the act: must be a list of fields with values"]


@pytest.mark.django_db
def test_two_assemblies_are_refused_and_another_composition_too() -> None:
    act = example()
    assembly = {"code": "AG", "name": "Asamblea", "kind": "assembly"}
    act["bodies"] += [assembly, assembly | {"code": "AX", "composition": "mandate"}]
    assert faults(act) == [
        "bodies: there is one general assembly, not more",
        "bodies[1].offices[2].powers.chair: is held everywhere, or over a list of bodies of this act",
        "bodies[1].offices[3].powers.convene: is held everywhere, or over a list of bodies of this act",
        "bodies[1].offices[3].powers.record_minutes: is held everywhere, or over a list of bodies of this act",
        "bodies[5].composition: of the general assembly is all_members",
    ]


@pytest.mark.django_db
def test_the_command_tells_every_line_and_a_count(tmp_path: Path) -> None:
    act = put(put(example(), "members/4/number", 4), "bylaws/notice_days", 15)
    path = tmp_path / "act.yaml"
    path.write_text(yaml.safe_dump(act))
    with pytest.raises(CommandError) as refused:
        run(path)
    assert str(refused.value).splitlines() == [
        f"Nothing was founded; 2 things in {path} are not in order:",
        "  bylaws.notice_days: article unknown",
        "  members: number 4 is given twice",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"document: [", "is not YAML"),
        (b"document: a\ndocument: b\n", "the field “document” is given twice"),
        (b"1: a", "a field must be a word"),
        (b"\xff\xfe\x00", "is not UTF-8"),
        ("document: Fábrica".encode("latin-1"), "is not UTF-8"),
        (b"document: !!python/object:os.system {}", "is not YAML"),
    ],
)
@pytest.mark.django_db
def test_a_file_that_is_no_plain_yaml_is_one_line(tmp_path: Path, text: bytes, words: str) -> None:
    path = tmp_path / "act.yaml"
    path.write_bytes(text)
    with pytest.raises(CommandError, match=words):
        run(path)


@pytest.mark.django_db
def test_a_file_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"Cannot read .*: No such file or directory"):
        run(tmp_path / "nothing.yaml")


@pytest.mark.django_db
def test_first_cards_end_with_the_first_person_who_is_in() -> None:
    from coop.journal.models import Actor
    from coop.members import actions
    from coop.refusals import Refused

    founded = found(act=read_act(example()), at=NOON)
    by = Actor("founding-act", "again")
    again = founded.cards[0].member
    _card, token = actions.issue_first_card(member=again, by=by, at=NOON)  # a card that was lost
    assert AccessCard.objects.filter(member=again, withdrawn_at=NOON).count() == 1
    card = AccessCard.objects.get(token_hash=AccessCard.hash_of(token))
    actions.enrol(card=card, secret="582047", by=again, at=NOON)
    with pytest.raises(Refused, match="cards-from-the-register-keeper"):
        actions.issue_first_card(member=founded.cards[1].member, by=by, at=NOON)


@pytest.mark.django_db
def test_hired_people_and_people_on_trial_have_no_vote() -> None:
    act = example()
    act["members"][3]["kind"] = Standing.Kind.HIRED
    cooperative = found(act=read_act(act), at=NOON).cooperative
    assembly = Body.objects.get(cooperative=cooperative, kind=Body.Kind.ASSEMBLY)
    bylaws = Bylaws.in_force(cooperative, NOON.date())
    assert list(voters(assembly, NOON.date(), bylaws).values_list("number", flat=True)) == [1, 2, 3]
