"""What is done at a table: the secretary, whoever keeps the register, the electoral commission, the auditor."""

from __future__ import annotations

import datetime

from .walking import PHONE, TO_THE_SHEET, Task, Walk
from .workers import ASSEMBLY, LABEL, MOTION

TERESA, IRACEMA, PALOMA, SILVANO, ROCAMADRE = 2, 266, 284, 310, 316
LIST = b"Number;Name;Joined\n401;Alma Nueva Prueba;2026-01-05\n402;Bruno Nuevo Ensayo;2026-01-05\n"


def call_a_meeting(walk: Walk) -> None:
    starts = datetime.datetime.now() + datetime.timedelta(days=40)
    walk.tap("Meetings").tap("Prepare a meeting").pick("Who meets", "General assembly")
    walk.pick("What kind of meeting", "Extraordinary assembly").fill("Title", "Assembly of the canteen")
    walk.fill("Place", "Rolling hall").fill("Day and hour", starts.strftime("%Y-%m-%dT14:30"))
    walk.tap("Save the draft").tap("Add the choice of signers").tap("Convene the meeting")
    walk.tap("Convene: post the notice").reads("Assembly of the canteen")


def build_the_agenda(walk: Walk) -> None:
    walk.tap("Extraordinary assembly: budget 2027").photo().fill("What will be reported", "The new canteen")
    walk.tap("Add this report").reads("The new canteen")


def write_minutes(walk: Walk) -> None:
    walk.tap(ASSEMBLY).tap("Minutes", inside="main").tap(MOTION, behind=rf"2\. {LABEL}")
    walk.fill("What was said, asked and answered", "Iara asked who pays the quarter of an hour.").photo()
    walk.tap("Save").reads("Iara asked who pays")


def attendance(walk: Walk) -> None:
    walk.tap(f"GA 2026-4 {ASSEMBLY}").fill("Number or name", "62").photo().tap("Find").tap("Came in").reads(
        "is in"
    )


def into_the_book(walk: Walk) -> None:
    walk.tap("GA 2026-3").tap("Copied, sent or challenged").choose("Sent to the public authority")
    walk.fill("Where it stands", "Slip 4410 of the registry").tap("Enter it").reads("Slip 4410")


SECRETARY = (
    Task(1, "Call a meeting: the last lawful day, the notice for the boards", SILVANO, call_a_meeting),
    Task(2, "Build the agenda", SILVANO, build_the_agenda),
    Task(3, "Take attendance and watch the quorum", SILVANO, attendance, picture="tour-attendance"),
    Task(4, "Write the minutes live", SILVANO, write_minutes, picture="tour-minutes"),
    Task(5, "One record of the sittings of three shifts", SILVANO,
         lambda walk: walk.tap("Meetings").tap("All minutes").tap("Extraordinary assembly: mandate")
         .reads("Attendance"),
         gap="It is one record from the first sitting on; nothing is merged"),
    Task(6, "Signatures, and where the sealed sheet went", SILVANO, into_the_book),
    Task(7, "Chase late actions", SILVANO,
         lambda walk: walk.tap("Actions agreed").tap("Production meeting").reads("overdue")),
    Task(8, "See what amendments of the budget clash, before the council writes its own", SILVANO,
         lambda walk: walk.tap("The budget").tap("Budget of 2027").tap("What clashes").reads("clash"),
         gap="In the plant of the demonstration the days for writing one are over"),
    Task(9, "Report back to the department", TERESA,
         lambda walk: walk.tap("C-POT 2026-10").reads("department"), window=PHONE, gap=TO_THE_SHEET),
    Task(10, "An empty seat, and who moves up", SILVANO,
         lambda walk: walk.tap("Offices and who holds them").tap("Empty seats").reads("alternate")),
)  # fmt: skip


def move_somebody(walk: Walk) -> None:
    find(walk, "59").tap("Move to another department or crew").pick("Crew", 2).fill("Reason", "Asked for it")
    walk.tap("Write the move").reads("History")


def find(walk: Walk, number: str) -> Walk:
    return (
        walk.tap("People")
        .fill("Name or number", number)
        .tap("Search", inside="main")
        .tap("", inside="main table")
    )


def read_a_list(walk: Walk) -> None:
    walk.tap("People").tap("Import a list")
    walk.page.get_by_label("The file").set_input_files(
        {"name": "list.csv", "mimeType": "text/csv", "buffer": LIST}
    )
    walk.taps += 1
    walk.tap("Read it").reads("Alma Nueva Prueba")


REGISTER = (
    Task(1, "Change somebody's crew, with the day it counts from", ROCAMADRE, move_somebody),
    Task(2, "Print cards for those without e-mail", ROCAMADRE,
         lambda walk: walk.tap("People").tap("Cards").pick("Department", 1).tap("Choose").reads("cards to print")),
    Task(3, "Posts in step with elections", ROCAMADRE,
         lambda walk: walk.tap("People").tap("Who holds which office").reads("Empty seats"),
         gap="A proclamation gives the office by itself; nobody keeps posts by hand"),
    Task(4, "Read the rules, with where each number comes from, and what changed", ROCAMADRE,
         lambda walk: walk.tap("Rules").reads("What this version changed"),
         gap="They change by a vote, not by an administrator"),
    Task(5, "Import the list of members from a spreadsheet, and find doubles", ROCAMADRE, read_a_list),
    Task(6, "Back up, and try the way back", ROCAMADRE, gap="Done on the machine, not on a page"),
    Task(7, "The paper kit of an assembly", ROCAMADRE,
         lambda walk: walk.tap(ASSEMBLY).tap("Notice for the boards").reads("Print"),
         gap="Notice, agenda and papers in one file stand beside it; sheets for a vote on paper are the commission's"),
    Task(8, "A tablet at the gate", ROCAMADRE,
         lambda walk: walk.tap("Where I am signed in").tap("Make this device one").reads("Where the tablet stands"),
         gap=TO_THE_SHEET),
    Task(9, "A telephone is lost: end what it is signed in on", ROCAMADRE,
         lambda walk: find(walk, "58").tap("End everything").tap("Yes, end them all").reads("History")),
    Task(10, "Read the house in another language", ROCAMADRE,
         lambda walk: walk.tap("Where I am signed in").tap("Español").reads("Dónde tengo mi ingreso"),
         gap="New translations are files of the program; docs/languages.md says how"),
)  # fmt: skip


def to_the_election(walk: Walk) -> Walk:
    return walk.tap("Offices and who holds them").tap("Elections").tap("By-election: coordinator")


COMMISSION = (
    Task(1, "The timetable of an election, as it hangs on the boards", PALOMA,
         lambda walk: to_the_election(walk).reads("The days")),
    Task(2, "The register of voters, and the claims", PALOMA,
         lambda walk: walk.tap(ASSEMBLY).tap("Register of voters").tap("Claims and decisions")
         .reads("A line is wrong")),
    Task(3, "A candidature: signatures, bars, objections", PALOMA,
         lambda walk: to_the_election(walk).tap("Macarena Fuenterrosa").reads("Signatures")),
    Task(4, "Print papers, registers per box, records of the boxes", PALOMA,
         lambda walk: walk.tap("By-election: coordinator").tap("Things to print").reads("Ballot papers"),
         picture="tour-kit"),
    Task(5, "Name who counts", PALOMA,
         lambda walk: walk.tap("By-election: coordinator").tap("Tellers").fill("Who counts", "210, 212")
         .tap("Name them").reads("210")),
    Task(6, "A box: seals, opening, what happened to it", PALOMA,
         lambda walk: walk.tap("By-election: coordinator").tap("Boxes").tap("1. Workshop").reads("Workshop"),
         gap="A box that is carried to people is entered as such; its way is not planned"),
    Task(7, "Count in public, enter twice, compare", PALOMA,
         lambda walk: walk.tap("By-election: coordinator").tap("Counting the papers").reads("Count"), gap=TO_THE_SHEET),
    Task(8, "Contested papers, and what was decided", PALOMA,
         gap="Entered on the tellers' sheets while the papers are counted"),
    Task(9, "A result with run-off and alternates in order", PALOMA,
         lambda walk: walk.tap("Offices and who holds them").tap("Elections").tap("Coordinators for one year")
         .reads("proclaimed")),
    Task(10, "Verify a recall: who has signed, line by line", PALOMA,
         lambda walk: walk.tap("Offices and who holds them").tap("Recalls").tap("Recall of Herminia")
         .tap("Who has signed").reads("signed")),
)  # fmt: skip


def count_cash(walk: Walk) -> None:
    walk.tap("The auditor's desk").tap("Counts of cash and stock").tap("Count cash")
    walk.fill("What was counted", "Cash box of the stores").fill("Who was there", "310")
    walk.fill("Lines", "100 x 12\n10 x 3").fill("What the cash book says", "1230")
    walk.tap("File it").reads("Cash box of the stores")


def write_a_finding(walk: Walk) -> None:
    walk.tap("The auditor's desk").tap("Write a finding").pick("To whom", 1).fill(
        "In one line", "Cash book of May"
    )
    walk.fill("What you found", "Four weeks without an entry.").fill("Another rule", "Statute, article 63")
    walk.tap("Write it").reads("Cash book of May")


AUDITOR = (
    Task(1, "Read everything, and have it written down that I read it", IRACEMA,
         lambda walk: walk.tap("The auditor's desk").tap("What the auditor has read").reads("read")),
    Task(2, "Whether notice, register and quorum of a decision were in order", IRACEMA,
         lambda walk: walk.tap("The auditor's desk").tap("Decisions, followed").tap("Solidarity price list")
         .reads("Proof that the notice was given"), picture="tour-followed"),
    Task(3, "Follow a payment from decision to signatures", IRACEMA,
         lambda walk: walk.tap("Offices and who holds them").tap("Signed for the house").tap("Bearings for crane 4")
         .reads("Signatures")),
    Task(4, "Count cash and file the sheet", IRACEMA, count_cash),
    Task(5, "Compare sales with the price list", IRACEMA,
         lambda walk: walk.tap("What we make, prices and sales").tap("The open book of sales")
         .tap("Only what went under list").reads("under list")),
    Task(6, "Contracts with kin or office-holders", IRACEMA,
         lambda walk: walk.tap("What we make, prices and sales").tap("Contracts with office-holders").reads("kin")),
    Task(7, "Write a finding that names the rule", IRACEMA, write_a_finding),
    Task(8, "Report to the assembly on a document", IRACEMA,
         lambda walk: walk.tap("The auditor's desk").tap("Reports of the auditor").tap("Write a report")
         .reads("On which document"), gap=TO_THE_SHEET),
    Task(9, "Have the assembly called when the council does not", IRACEMA,
         lambda walk: walk.tap("The auditor's desk").tap("What members ask for").tap("Collect signatures")
         .reads("An extraordinary assembly"), gap=TO_THE_SHEET),
    Task(10, "Verify the journal", IRACEMA,
         lambda walk: walk.tap("The auditor's desk").tap("The journal, verified").tap("Verify the journal")
         .reads("Fingerprint of the last entry")),
)  # fmt: skip
