"""What is told about registers of voters, votes and counts. Codes and parameters come from the rules."""

from typing import Any

from django.utils.translation import gettext_lazy

SENTENCES: dict[str, Any] = {
    "claims-over": gettext_lazy("Claims against this register were possible until %(hour)s."),
    "claim-for-oneself": gettext_lazy(
        "Claims of others are written down only by whoever decides claims, at the table."
    ),
    "on-this-register": gettext_lazy("%(name)s is on this register of voters already."),
    "not-on-this-register": gettext_lazy("%(name)s is not on this register of voters."),
    "claimed-already": gettext_lazy("The same has been claimed about %(name)s and waits for a decision."),
    "claim-refused-already": gettext_lazy(
        "The same was claimed about %(name)s and refused; the reasons stand with that claim."
    ),
    "too-many-open-claims": gettext_lazy(
        "%(most)s claims of yours wait for a decision. When one is decided, you can make another."
    ),
    "claim-decided": gettext_lazy("This claim has been decided already."),
    "not-in-own-cause": gettext_lazy(
        "Nobody decides a claim of their own, or about themselves. Somebody else of the office must."
    ),
    "mend-the-members-first": gettext_lazy(
        "A claim is granted when the register of members bears it out for %(day)s. If that is wrong, let whoever keeps it correct it first."
    ),
    "has-a-vote-that-day": gettext_lazy("By the register of members %(name)s had a vote on that day."),
    "line-says-the-same": gettext_lazy("The register of members says the same of %(name)s as this line."),
    "claims-still-run": gettext_lazy(
        "The register of voters is not final: claims are possible until %(hour)s."
    ),
    "claims-wait": gettext_lazy(
        "The register of voters is not final. Claims that wait for a decision: %(count)s."
    ),
    "joined-after-closing": gettext_lazy(
        "You joined after the register closed on %(day)s: you may speak now, and vote from the next vote on."
    ),
    "as-it-stood-on": gettext_lazy("So it stood on %(day)s, when the register of voters closed."),
    "entered-after-drawing": gettext_lazy(
        "When the register of voters that closed on %(day)s was drawn, this was not on record. You vote from the next vote on."
    ),
    "moved-after-closing": gettext_lazy(
        "You moved to %(department)s after the register closed. For this vote you count where the register says: %(where)s."
    ),
    "ballot-not-draft": gettext_lazy("This vote has been opened already. State: %(state)s."),
    "ballot-without-question": gettext_lazy("There is no question on the ballot."),
    "register-empty": gettext_lazy("The register of voters is empty."),
    "closing-in-the-past": gettext_lazy("The closing time lies in the past."),
    "closing-too-far-off": gettext_lazy(
        "The closing time is more than %(years)s years off. Look at the year once more."
    ),
    "vote-not-open-yet": gettext_lazy("Voting has not begun."),
    "vote-annulled": gettext_lazy("This vote has been annulled."),
    "vote-closed": gettext_lazy(
        "Voting is closed; the clock of the house decides, not the one of the telephone. Your vote was not taken."
    ),
    "not-on-the-roll": gettext_lazy(
        "You are not on the register of voters that was closed on %(day)s. You have a voice, and a vote from the next time on."
    ),
    "already-voted": gettext_lazy(
        "You have voted already, %(channel)s. That vote stands; nobody votes twice."
    ),
    "paper-only-after-reset": gettext_lazy(
        "Your secret was replaced after the register of this vote was drawn, so this vote takes your voice on paper only: ask for a ballot paper at the table. It protects you: whoever replaces a secret cannot vote with it."
    ),
    "not-checked-in": gettext_lazy(
        "You are on the register, but not checked in at this meeting. Check in first, then vote."
    ),
    "stands-in-this-vote": gettext_lazy(
        "%(name)s stands in this vote. Whoever stands neither leads it, nor counts it, nor keeps a key of it."
    ),
    "vote-is-secret": gettext_lazy("This vote is secret: nothing with a name on it enters it."),
    "not-on-screens": gettext_lazy(
        "This vote is not held on screens. Ask at the table for a paper, or vote in the hall."
    ),
    "no-choice": gettext_lazy(
        "Choose one of the answers. To take no side, choose to abstain, or mark the blank paper where there is one."
    ),
    "choice-twice": gettext_lazy("The same choice came twice. Choose it once."),
    "too-many-marks": gettext_lazy("%(marks)s are marked, and this paper takes %(most)s. Take some back."),
    "blank-and-more": gettext_lazy(
        "The blank paper is marked, and a choice as well. Take one or the other back."
    ),
    "rank-unreadable": gettext_lazy("A place in the order is a number from 1 to %(most)s."),
    "rank-twice": gettext_lazy("Two stand on one place of your order. Give each place once."),
    "rank-missing": gettext_lazy(
        "Nothing stands on place %(rank)s of your order, but something behind it. Count on without a gap."
    ),
    "unknown-choice": gettext_lazy("That answer does not stand on this ballot. Choose one that does."),
    "unknown-question": gettext_lazy("That question does not stand on this ballot."),
    "form-number-unreadable": gettext_lazy(
        "This form cannot be read. Open the ballot again and send it from there."
    ),
    "form-number-taken": gettext_lazy(
        "Another paper has this number. Nothing was entered; open the ballot again and send it from there."
    ),
    "vote-not-open": gettext_lazy("The vote is not open. State: %(state)s."),
    "vote-not-closed": gettext_lazy("The vote is not closed yet. State: %(state)s."),
    "ballot-settled": gettext_lazy("It is settled already: %(state)s."),
}
