"""What is told about elections. Codes and parameters come from the rules of elections."""

from typing import Any

from django.utils.translation import gettext_lazy, ngettext_lazy

SENTENCES: dict[str, Any] = {
    "works-with-the-electors": gettext_lazy(
        "The holder works with those who elected them, or the month is not over."
    ),
    # the call
    "election-without-title": gettext_lazy("Say in a few words what is elected."),
    "election-without-seat": gettext_lazy("Say which seats are filled."),
    "election-too-short": gettext_lazy("From the call to the vote there must be at least %(days)s days."),
    "election-called-late": gettext_lazy(
        "The bylaws ask for the call at least %(days)s days before the vote."
    ),
    "election-too-far": gettext_lazy("That is more than %(days)s days away. Look at the year again."),
    "term-too-long": gettext_lazy("No term is longer than %(years)s years. Look at the year again."),
    "begins-before-the-vote": gettext_lazy("Nobody begins in an office before the day of the vote."),
    "seat-in-two-contests": gettext_lazy("A seat is filled only once in an election."),
    "seats-of-several-offices": gettext_lazy(
        "Seats voted together are of one office and elected by the same people."
    ),
    "method-does-not-fit": ngettext_lazy(
        "That way of voting does not fill %(seats)s seat.",
        "That way of voting does not fill %(seats)s seats.",
        "seats",
    ),
    "election-called-already": gettext_lazy("The election has been called; its days hang out and stay."),
    "vote-in-another-year": gettext_lazy(
        "%(label)s has a number of the year %(year)s. For a vote in another year, draw up a new election."
    ),
    "election-not-there": gettext_lazy(
        "The election is not where this could be done. State now: %(election)s."
    ),
    # standing
    "candidatures-closed": gettext_lazy("Candidates came forward until %(day)s."),
    "candidatures-open": gettext_lazy("Candidates may still come forward, until %(day)s."),
    "stands-already": gettext_lazy("%(name)s has been put forward for this already."),
    "terms-in-a-row": gettext_lazy(
        "%(terms)s terms in a row are held; after them one rests. May stand again for a term that begins on %(day)s."
    ),
    "stands-where-it-is-elected": gettext_lazy(
        "As %(office)s only those stand who work where it is elected."
    ),
    "not-your-candidature": gettext_lazy("Only who stands says so."),
    "candidature-decided": gettext_lazy("That is over for this candidature. State now: %(candidature)s."),
    "papers-are-drawn-up": gettext_lazy(
        "The papers are drawn up with the name. Tell whoever leads the vote, who strikes it from the count."
    ),
    # the commission
    "too-many-candidates": gettext_lazy(
        "A paper has room for %(most)s names, and so many are admitted. The commission refuses with this reason, or"
        " calls the seats in two contests."
    ),
    "has-not-accepted": gettext_lazy("%(name)s was put forward and has not accepted."),
    "candidatures-undecided": ngettext_lazy(
        "%(number)s who has accepted waits for a decision.",
        "%(number)s who have accepted wait for a decision.",
        "number",
    ),
    "objections-closed": gettext_lazy("Objections are heard while the list is posted, until %(day)s."),
    "objections-open": gettext_lazy("Objections are heard until %(day)s."),
    "objections-undecided": gettext_lazy("An objection waits for a decision."),
    "objection-decided": gettext_lazy("It has been decided already."),
    "nobody-stands": gettext_lazy(
        "Nobody stands as %(office)s. Annul the election and call it again; who holds the office stays meanwhile."
    ),
    "closes-on-another-day": gettext_lazy(
        "The vote is on %(day)s, and the last box closes next morning at the latest."
    ),
    "register-before-the-call": gettext_lazy(
        "That register closed before the election was called, on %(day)s. Take a later one."
    ),
    "election-opens-on": gettext_lazy("The election was called for %(day)s; nobody votes before."),
    "election-not-redrawn": gettext_lazy(
        "The paper is the final list of candidates. Annul it with its reason; the page of the election draws it up again."
    ),
    "kin-and-audit": gettext_lazy(
        "%(name)s is kin to the degree %(degree)s and holds an office: %(office)s. Who audits is not kin of who holds"
        " an office."
    ),
    "kin-of-oneself": gettext_lazy("Name somebody else."),
    "no-such-degree": gettext_lazy("The degree is a number from 1 to %(farthest)s."),
    "kin-declared-already": gettext_lazy("That %(name)s is kin has been said already."),
    "not-your-kin": gettext_lazy("Only the two who are kin take it back."),
    "kin-taken-back": gettext_lazy("It has been taken back already."),
    "acceptance-sheet-waits": gettext_lazy(
        "A sheet on which %(name)s accepts waits for a second person who reads it."
    ),
    "acceptance-sheet-read": gettext_lazy("A second person has read this sheet already."),
    "acceptance-read-by-another": gettext_lazy(
        "You entered it. Somebody else of the commission reads the sheet."
    ),
    # one box voted again
    "box-of-another-vote": gettext_lazy("That box is none of %(label)s."),
    "box-not-alone": gettext_lazy(
        "The figures of %(box)s cannot be taken out of the count alone. Challenge the office instead."
    ),
    "challenge-of-no-box": gettext_lazy("The challenge is of no single box; the election is called again."),
    "challenge-not-upheld": gettext_lazy(
        "Only after an upheld challenge is it repeated. State now: %(challenge)s."
    ),
    "box-again-from-tomorrow": gettext_lazy(
        "A box is voted again from tomorrow on, so that the boards can say so."
    ),
    "box-has-no-round": gettext_lazy(
        "One box alone has no second round: its figures are added to those of the others."
    ),
    "boxes-do-not-decide": gettext_lazy(
        "All boxes together, nobody has enough votes as %(office)s, or some have as many. Annul this vote and call the"
        " election anew."
    ),
    "no-paper-is-missing": gettext_lazy("Every office has its paper; none was annulled."),
    "paper-is-missing": gettext_lazy("A paper was annulled, and is to be drawn up again first."),
    "election-not-voted": gettext_lazy("Nothing has been voted yet."),
    "round-to-be-held": gettext_lazy("Another round is still to be held: %(vote)s."),
}
