"""What is told at the table, about boxes, and to those who count. Codes and parameters come from the rules."""

from typing import Any

from django.utils.translation import gettext_lazy

SENTENCES: dict[str, Any] = {
    # the table
    "not-at-the-table": gettext_lazy(
        "%(name)s neither runs this vote nor is named as a teller; papers are given and boxes kept by those."
    ),
    "no-vote-here": gettext_lazy(
        "No paper: %(name)s is not on the register of voters that was closed on %(day)s."
    ),
    "has-voted": gettext_lazy("No paper: %(name)s has voted already, %(channel)s. That vote stands."),
    "no-paper-now": gettext_lazy("The vote is not open, so no paper is given."),
    "checked-in-first": gettext_lazy("%(name)s is not checked in. First the check-in, then the paper."),
    "no-box-open": gettext_lazy("No box is open for voting, so no paper is given."),
    "no-such-open-box": gettext_lazy("That box is not open for voting any more. Choose another."),
    "box-not-open": gettext_lazy(
        "No paper is given for %(box)s now: its record must say that it was shown empty and sealed, and then that"
        " voting began."
    ),
    # boxes
    "boxes-before-the-end": gettext_lazy("Boxes are made before the vote ends. State: %(state)s."),
    "box-without-name": gettext_lazy("Say where each box stands."),
    "box-name-taken": gettext_lazy("There is a box of that name: %(box)s."),
    "box-not-so-far": gettext_lazy(
        "That cannot be entered for %(box)s now: %(step)s. The box is at: %(stage)s."
    ),
    "seals-without-numbers": gettext_lazy("Write the numbers of the seals."),
    "record-without-words": gettext_lazy("Write down what happened."),
    "record-without-witnesses": gettext_lazy("Write down who saw it."),
    "record-of-the-future": gettext_lazy("That hour has not come yet."),
    "record-out-of-order": gettext_lazy("That was before the last step in the record, %(hour)s."),
    "mixed-into-which": gettext_lazy("Choose the other box."),
    "mixed-into-a-closed-one": gettext_lazy(
        "%(other)s must be closed, and nobody may have counted its papers yet."
    ),
    # who counts
    "nobody-named": gettext_lazy("Name at least one person."),
    "teller-already": gettext_lazy("%(name)s is named already."),
    "not-a-teller": gettext_lazy(
        "%(name)s is not named as a teller of this vote. Whoever runs the vote names tellers."
    ),
    # what is counted, and when
    "not-held-that-way": gettext_lazy("This vote is not held that way: %(channel)s."),
    "hands-are-seen": gettext_lazy("This vote is secret; everybody sees a hand. It is held on paper."),
    "papers-after-closing": gettext_lazy(
        "Papers are counted when the vote is closed, so that nobody knows a part of the result before."
    ),
    "box-is-mixed": gettext_lazy("What lay in %(box)s was mixed into %(other)s and is counted there."),
    "box-too-small": gettext_lazy(
        "Fewer than %(floor)s people were given paper for %(box)s. So few papers tell who voted how: mix them into"
        " another box first, before either is opened."
    ),
    "box-not-unsealed": gettext_lazy(
        "The record of %(box)s does not say yet that the seals were found whole and broken for the count."
    ),
    "signatures-first": gettext_lazy(
        "Signatures for %(box)s are being typed in. They come first; then the papers are compared with them."
    ),
    "papers-counted-already": gettext_lazy(
        "The papers of %(box)s have been counted and confirmed; signatures can no longer be added."
    ),
    # sheets
    "place-agreed": gettext_lazy("This has been counted and confirmed."),
    "sheet-handed-in": gettext_lazy("You have handed in your sheet. Now the other teller counts."),
    "sheets-wait-for-third": gettext_lazy(
        "Two equal sheets wait for a third person to confirm them. If you counted one of them and must count again,"
        " say why in the remark."
    ),
    "counting-went-on": gettext_lazy(
        "Meanwhile somebody else has handed in a sheet. Look at your figures once more and send them again."
    ),
    "nothing-to-confirm": gettext_lazy(
        "There is nothing to confirm, or something else than you have read. Open the page again."
    ),
    "confirmed-by-a-third": gettext_lazy(
        "%(name)s counted one of the two sheets. Somebody else who runs the vote must confirm them."
    ),
    "papers-unlike-people": gettext_lazy(
        "People who were given paper: %(people)s. You found another number of papers. Count again; if it stays so,"
        " write what you know about it in the remark."
    ),
    # figures
    "figures-of-other-questions": gettext_lazy("These are not the questions of this vote."),
    "figures-incomplete": gettext_lazy(
        "Question %(question)s: a figure is missing. Write 0 where there is none."
    ),
    "figures-unreadable": gettext_lazy("Question %(question)s: figures are whole numbers from 0 on."),
    "figures-do-not-add-up": gettext_lazy(
        "Question %(question)s: valid, blank and spoiled papers make %(there)s together, but the papers found are"
        " %(papers)s."
    ),
    "more-aside-than-papers": gettext_lazy(
        "Question %(question)s: blank and spoiled papers make %(there)s, but the papers found are %(papers)s."
    ),
    "more-votes-than-valid": gettext_lazy(
        "Question %(question)s: nobody can have more votes than there are valid papers, %(valid)s."
    ),
    "marks-cannot-be": gettext_lazy(
        "Question %(question)s: %(there)s marks do not fit %(valid)s valid papers; there must be from %(valid)s to"
        " %(most)s."
    ),
    "answer-cannot-be": gettext_lazy(
        "Question %(question)s: one of the lines names something that is not on the paper, names it twice, bears"
        " too many marks, or gives one place to two where each place is given once. A paper on which nothing clear"
        " stands first is spoiled."
    ),
    # signatures
    "numbers-unreadable": gettext_lazy("Member numbers are whole numbers, one after another."),
    "numbers-twice": gettext_lazy("These numbers stand in the list twice: %(lines)s."),
    "numbers-not-on-the-roll": gettext_lazy(
        "These numbers are not on the register of this vote: %(lines)s. Read the signatures again."
    ),
    "numbers-not-checked-in": gettext_lazy(
        "These people are not checked in where this vote is held: %(lines)s. Check them in while the vote is open;"
        " afterwards their signatures are written into the remark."
    ),
}
