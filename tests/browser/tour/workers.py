"""What is done standing: the worker and the coordinator on a telephone, the screen in the hall."""

from __future__ import annotations

from .walking import TO_THE_SHEET, Task, Walk

IARA, CIRO, TERESA, GRACIANA, SILVANO = 58, 144, 2, 126, 310
ASSEMBLY = "Extraordinary assembly: handing over the shift"
MOTION = "A paid quarter of an hour to hand over the shift"
LABEL = r"P \d+-\d+ "  # the number of a proposal; the year of the demonstration gives it
FAN = "The fan over pot 12 rattles"
QUESTION = "When is the canteen open at night?"


def raise_a_problem(walk: Walk) -> None:
    walk.tap("Raise a problem").choose("Line 2").fill("What happens", FAN)
    walk.photo().choose("It has to be mended").tap("Raise it").reads(FAN)


def read_before_voting(walk: Walk) -> None:
    walk.tap(ASSEMBLY).tap(MOTION, behind=LABEL).reads("The text")


def check_in_and_vote(walk: Walk) -> None:
    walk.tap("I am here: check in", inside=f":has(> h3:has-text('{ASSEMBLY}'))").tap("Vote now").photo()
    walk.choose("For").tap("Enter my vote").reads("Your vote is in")


def ask_an_office(walk: Walk) -> None:
    walk.tap("Offices and who holds them").tap("general coordinator").tap("Put a question")
    walk.fill("Your question", QUESTION).tap("Ask").reads("waits for its answer")


def hand_over(walk: Walk) -> None:
    walk.tap("Handover of shifts").tap("Line 1")
    for number in range(5):
        walk.choose("Nothing to tell", nth=number)
    walk.tap("Sign and hand over").reads("Line 1")


WORKER = (
    Task(1, "Raise a problem in under a minute", IARA, raise_a_problem, picture="tour-raise",
         gap="With a photo one tap more; a voice note and a telephone without a line are not served"),
    Task(2, "See what became of my problem, and say whether it is solved", IARA,
         lambda walk: walk.tap("Problems").open("Only some of them").tap("raised by me").tap(FAN).reads("Raised"),
         gap="It asks whether it is solved once somebody says so"),
    Task(3, "See my next meetings on one screen", IARA, lambda walk: walk.tap("Meetings").reads("To come"),
         gap="Shifts stand under People, Who works when; guard duty is not kept and clashes are not marked"),
    Task(4, "Read the agenda and the paper before voting", IARA, read_before_voting,
         gap="Hearing is left to the telephone's own reader"),
    Task(5, "Check in at the assembly, vote, and have it in writing that I was counted", IARA,
         check_in_and_vote, picture="tour-vote"),
    Task(6, "Ask an elected person a question", IARA, ask_an_office),
    Task(7, "Sign a proposal", IARA,
         lambda walk: walk.tap("A dry shed for bicycles").tap("Sign it").reads("signed"), picture="tour-sign"),
    Task(8, "Hand over the shift", IARA, hand_over, picture="tour-handover"),
    Task(9, "See the money: the budget, and my department's lines in it", IARA,
         lambda walk: walk.tap("The budget").tap("Budget of 2026").reads("My department")),
    Task(10, "Look up who my delegate is, and what the council decided", IARA,
         lambda walk: walk.tap("Meetings").tap("Councils").tap("Council of Potlines").reads("Delegates"),
         gap="How a delegate voted is read in the minutes, where the vote was public"),
)  # fmt: skip


def the_list(walk: Walk) -> None:
    walk.tap("Open list and plan").tap("The list:").photo().tap("PR 2026-3").reads("What happens")


def urgent(walk: Walk) -> None:
    walk.tap("general coordinator").tap("Decide what cannot wait").fill("Title", "Gas for two nights")
    walk.fill("What you decide", "Forty bottles from the depot.")
    walk.fill("Why it could not wait", "The ovens would have gone out.").fill("What it costs", "1200")
    walk.tap("Decide it").reads("Gas for two nights")


COORDINATOR = (
    Task(1, "See what needs me today", GRACIANA,
         lambda walk: walk.tap("general coordinator").reads("What needs you today")),
    Task(2, "Open the production meeting with the list in order", GRACIANA, the_list, picture="tour-list"),
    Task(3, "Move a problem up, with figures", TERESA,
         lambda walk: walk.tap("Problems").tap("Pots 14 and 31 run cold").reads("More about it"),
         gap="Moved up by whoever leads the meeting, from its list"),
    Task(4, "Who works when", GRACIANA, lambda walk: walk.tap("People").tap("Who works when").reads("Crews"),
         gap="Minimum crews, leave and rest are not planned here"),
    Task(5, "Show plan, output and use of capacity", GRACIANA,
         lambda walk: walk.tap("What we make, prices and sales").reads("What was planned")),
    Task(6, "Put a contract before a second signature", GRACIANA,
         lambda walk: walk.tap("Offices and who holds them").tap("Signed for the house")
         .tap("Sign an order or a contract").choose("contract").fill("What for", "Pitch, three months")
         .fill("To whom", "Depot of the north").fill("Amount", "30000").fill("Why", "The old one ends.")
         .tap("Sign it").reads("Pitch, three months")),
    Task(7, "Answer a question before everybody", GRACIANA,
         lambda walk: walk.tap(QUESTION).fill("Answer", "From Monday on, until two.")
         .tap("Answer before everybody").reads("answered in time")),
    Task(8, "Take an urgent decision, which goes on the next agenda by itself", GRACIANA, urgent),
    Task(9, "Report on the lines of the budget", GRACIANA,
         lambda walk: walk.tap("The budget").tap("Budget of 2026").tap("Plan and actual").reads("off its plan")),
    Task(10, "Hand over to the next in office", GRACIANA,
         lambda walk: walk.tap("general coordinator").tap("Handover general coordinator").reads("Handover"),
         gap=TO_THE_SHEET),
)  # fmt: skip


def on_the_screen(*words: str) -> object:
    def walked(walk: Walk) -> None:
        walk.tap(ASSEMBLY).window_of("Screen for the hall")
        for one in words:
            walk.reads(one)

    return walked


SCREEN = (
    Task(1, "The agenda and the item under way", SILVANO, on_the_screen("Item 2")),
    Task(2, "The quorum: present, needed", SILVANO, on_the_screen("present")),
    Task(3, "The text that is voted, in large letters", SILVANO, on_the_screen(MOTION), picture="tour-hall"),
    Task(4, "The list of speakers and the timer", SILVANO,
         gap="Shown while an item is debated; in the plant of the demonstration a vote is under way"),
    Task(5, "What yes means now", SILVANO, on_the_screen("more than half")),
    Task(6, "How many have voted; the result when the chair announces it", SILVANO, on_the_screen("Votes cast")),
    Task(7, "Totals of the budget while its amendments are voted", SILVANO,
         gap="Shown while an amendment of the budget is voted"),
    Task(8, "A code for those who come late", SILVANO,
         lambda walk: walk.tap(f"GA 2026-4 {ASSEMBLY}").tap("In session").window_of("Screen for the hall")
         .reads("Check in on your telephone"),
         gap="While a vote is open the words stand there alone; the code to point at comes back after it"),
    Task(9, "A second language, or sign language", SILVANO,
         gap="The screen speaks the language of who opened it; a second line is not set"),
    Task(10, "Keep the last state without a line; black when the chair pauses", SILVANO,
         gap="Not walked: neither a pause nor a cut line is part of the walk"),
)  # fmt: skip
