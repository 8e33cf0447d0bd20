"""The words of every reason. Stages give codes and parameters; here they become sentences in the reader's language.

A test walks over every `Reason("...")` of the code and asks for its sentence here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from coop.ballots.models import Ballot
from coop.ballots.models.ballots import Channel
from coop.decisions.models import Decision
from coop.meetings.models import Meeting
from coop.members.models import Application, Power, Standing
from coop.proposals.models import Proposal
from coop.refusals import Reason

from .columns import COLUMNS

# Parameters that are codes of the stages, and where their words are.
_LABELS: dict[str, dict[str, Any]] = {
    "power": dict(Power.choices),
    "status": dict(Standing.Status.choices),
    "channel": dict(Channel.choices),
    "column": COLUMNS,
}
_STATES: dict[str, Any] = {
    **dict(Decision.Outcome.choices),
    **dict(Ballot.State.choices),
    **dict(Meeting.State.choices),
    **dict(Proposal.State.choices),
    **{
        state: words
        for state, words in Application.State.choices
        if state not in ("open", "admitted", "withdrawn")
    },
}


def _day(value: Any) -> str:
    day = parse_date(str(value))
    return date_format(day, "DATE_FORMAT") if day else str(value)


def _hour(value: Any) -> str:
    moment = parse_datetime(str(value))
    return date_format(localtime(moment), "DATETIME_FORMAT") if moment else str(value)


def _several(value: Any) -> str:
    return ", ".join(str(one) for one in value) or "—"


_READERS: dict[str, Callable[[Any], str]] = {
    "day": _day,
    "last": _day,
    "since": _day,
    "hour": _hour,
    "near": _several,
    "lines": _several,
}

SENTENCES: dict[str, Any] = {
    # getting in
    "no-mandate": gettext_lazy(
        "No office you hold now allows this: %(power)s. Powers come with a mandate and end with it."
    ),
    "too-many-tries": gettext_lazy(
        "Too many tries were wrong. Wait %(minutes)s min before the next one. On a device of your own that you have signed in on before there is no need to wait, and at the table in the hall everything can be done without signing in."
    ),
    "too-many-wrong-cards": gettext_lazy(
        "Too many codes typed from here were wrong. Wait %(minutes)s min before the next one, or scan the square on the card: that needs no wait, and neither does another connection."
    ),
    "secret-missing": gettext_lazy("Give your PIN or passphrase once more. Your choice is still marked."),
    "secret-wrong": gettext_lazy("This is not your PIN or passphrase. Your choice is still marked."),
    "never-signed-in": gettext_lazy("This person has never signed in, so there is nothing to end."),
    "kiosk-without-place": gettext_lazy(
        "Say where the tablet stands, so that everybody knows it by that name."
    ),
    "kiosk-over": gettext_lazy("This tablet has been ended already."),
    "no-office": gettext_lazy("Only somebody who holds an office may sign here as the second person."),
    "no-office-that-confirms": gettext_lazy(
        "Only an office that calls, leads or records meetings, keeps the register or runs elections may confirm."
    ),
    "confirm-needs-somebody-else": gettext_lazy(
        "This needs a second person: not the one who entered it, and not the one it is about."
    ),
    "own-secret-by-somebody-else": gettext_lazy(
        "Somebody else must hand out a new card for you; nobody resets their own secret."
    ),
    "secret-too-long": gettext_lazy("At most %(most)s characters, please."),
    "secret-too-short": gettext_lazy(
        "Take %(digits)s to 12 digits, or a phrase of at least %(letters)s letters."
    ),
    "secret-easy-to-guess": gettext_lazy(
        "That is one of the first things somebody would try. Take other digits."
    ),
    "card-used": gettext_lazy("This card has been used. Ask whoever keeps the register for a new one."),
    "card-over": gettext_lazy("This card is no longer valid. Ask whoever keeps the register for a new one."),
    "card-waits-for-countersign": gettext_lazy(
        "This card replaces a secret and waits for the second signature."
    ),
    "card-needs-no-countersign": gettext_lazy("There is nothing to countersign on this card any more."),
    "cards-from-the-register-keeper": gettext_lazy(
        "Somebody is in already: from now on cards come from whoever keeps the register."
    ),
    "not-your-card": gettext_lazy("This card belongs to somebody else."),
    "nobody-wants-a-card": gettext_lazy(
        "None of these people needs a card: all of them can sign in already."
    ),
    "too-many-cards": gettext_lazy(
        "These are %(count)s cards; at most %(most)s are printed at once. Choose a department or a crew."
    ),
    "has-a-secret-already": gettext_lazy(
        "Is in already. To replace a secret, make a card on the page of the person; it takes a second signature."
    ),
    "countersign-too-late": gettext_lazy(
        "It was handed out more than %(hours)s hours ago and can no longer be signed. Make another card and speak of it the same day."
    ),
    "nothing-was-replaced": gettext_lazy("No secret was replaced with this card."),
    "no-secret-yet": gettext_lazy("There is no secret yet: use your card first."),
    "passkey-without-name": gettext_lazy("Give the passkey a name, so that you know it again."),
    "enough-passkeys": gettext_lazy("You have %(most)s passkeys already; take one away first."),
    "passkey-known-already": gettext_lazy("This device has a passkey for this house already."),
    "not-your-passkey": gettext_lazy("This passkey belongs to somebody else."),
    "passkey-removed-already": gettext_lazy("This passkey has been taken away already."),
    "passkey-unknown": gettext_lazy(
        "No passkey of this house answered: it was taken away, or is older than your secret. Sign in with your number and your secret."
    ),
    "passkey-went-back": gettext_lazy(
        "The passkey counts fewer signatures than it has made: there may be a copy of it. Sign in with your secret, take it away and tell whoever keeps the register."
    ),
    "passkey-not-true": gettext_lazy(
        "The answer of the device is not one to this page: nothing was accepted. Load the page again and try once more."
    ),
    "passkey-asked-before": gettext_lazy(
        "This page is too old, or was answered already. Try once more from the new one."
    ),
    # the register
    "number-taken": gettext_lazy(
        "The number %(number)s belongs to somebody already; numbers are never given twice."
    ),
    "not-in-the-register": gettext_lazy("%(name)s is not in the register of members on that day."),
    "not-a-full-member": gettext_lazy(
        "Only full members have a vote; people on trial or hired have a voice."
    ),
    "standing-without-vote": gettext_lazy("There is no vote in this standing: %(status)s."),
    "not-of-this-body": gettext_lazy("Only those who belong to it vote in: %(body)s."),
    "not-of-this-cooperative": gettext_lazy("%(name)s is not a member here."),
    "no-document": gettext_lazy("Name the document this comes from: book and page, or the act."),
    "ends-before-it-begins": gettext_lazy("It would end before it begins."),
    "seat-taken": gettext_lazy("%(name)s holds this seat in that time."),
    "still-to-come": gettext_lazy("That day has not come yet; only what has happened is carried over."),
    "before-joining": gettext_lazy("%(name)s joined on %(day)s; nobody holds an office before."),
    "decided-here-since": gettext_lazy(
        "%(body)s has decided here since %(day)s; what is later is no old decision."
    ),
    "decision-number-taken": gettext_lazy("Another decision is called %(label)s already."),
    "decision-number-out-of-range": gettext_lazy("The number lies between 1 and %(most)s."),
    "copy-does-not-count": gettext_lazy(
        "What this would correct does not count, or has been replaced already."
    ),
    "meeting-number-out-of-range": gettext_lazy("The number lies between 1 and %(most)s."),
    "numbers-begun-here": gettext_lazy(
        "Meetings of that year have been called here already, from %(label)s on; their numbers stay."
    ),
    "entry-settled": gettext_lazy("This entry has been confirmed or turned down already."),
    "mandate-over-already": gettext_lazy("This mandate has ended already."),
    "change-before-the-first": gettext_lazy(
        "The record of this person begins on %(day)s; nothing goes before it."
    ),
    "later-change-on-record": gettext_lazy("A later change stands on record already, from %(day)s on."),
    "no-name": gettext_lazy("Write the name."),
    "no-number": gettext_lazy("Give the number under which they will stand in the register."),
    "born-in-the-future": gettext_lazy("That birth date is still to come."),
    "born-too-long-ago": gettext_lazy("That would be more than %(years)s years. Look at the year again."),
    "too-young": gettext_lazy(
        "Nobody is entered before the age of %(years)s; on %(day)s that is not reached."
    ),
    "before-the-founding": gettext_lazy("The co-operative was founded on %(day)s; nobody joined before."),
    "day-too-far": gettext_lazy("%(day)s is more than a year ahead. Look at the year again."),
    "no-such-department": gettext_lazy("People cannot be entered in this department: %(name)s."),
    "no-such-crew": gettext_lazy("There is no such crew here: %(name)s."),
    "hired-without-reason": gettext_lazy("Say why somebody is hired who is not a member."),
    "stay-without-end": gettext_lazy("A trial or a hire has a last day. Write it down."),
    "stay-too-long": gettext_lazy(
        "The bylaws allow %(months)s months for this, counted from the first day: until %(day)s at the latest."
    ),
    "person-changed-meanwhile": gettext_lazy(
        "Somebody else wrote in the record of this person while you did. Look at what changed, then decide again."
    ),
    "standing-does-not-allow": gettext_lazy("On that day the standing does not allow it: %(status)s."),
    "works-there-already": gettext_lazy("That is where they work on that day."),
    "lifted-by-a-document": gettext_lazy(
        "The suspension still runs. Name the document that lifts it: a decision or a minute."
    ),
    "sanction-without-reason": gettext_lazy("Write the reason; the person has a right to read it."),
    "suspended-without-end": gettext_lazy("A suspension has a last day. Write it down."),
    "entered-after-the-appeal": gettext_lazy(
        "The %(days)s days to appeal would be over before anybody was told. Let it begin later."
    ),
    "no-suspension-to-appeal": gettext_lazy("No suspension runs that could be appealed."),
    "appealed-already": gettext_lazy("An appeal is on record already."),
    "appeal-too-late": gettext_lazy("The days to appeal were over on %(day)s."),
    "no-appeal-to-decide": gettext_lazy("No appeal waits for a decision."),
    "appeal-decided-by-another": gettext_lazy(
        "That is the document under appeal. Another body decides on an appeal; name its document."
    ),
    "not-final-yet": gettext_lazy("The suspension is not final yet, or no longer runs."),
    "expelled-by-the-assembly": gettext_lazy(
        "Only the assembly excludes a member. Choose the decision it was carried with."
    ),
    "not-gone": gettext_lazy("%(name)s has not left, or cannot come back."),
    "nothing-to-renew": gettext_lazy("On that day there is no trial and no hire that could go on."),
    "struck-already": gettext_lazy("This entry has been struck already."),
    "first-entry-stays": gettext_lazy(
        "The first entry cannot be struck: nothing would stand before it. Write another from the same day; it takes its place."
    ),
    "correction-without-reason": gettext_lazy("Say what was wrong; the reason stays beside the entry."),
    "nothing-to-correct": gettext_lazy("Nothing would change."),
    "joined-after-first-entry": gettext_lazy(
        "The first entry of this person is from %(day)s; they cannot have joined later."
    ),
    # applications
    "own-application": gettext_lazy("Nobody decides on their own application."),
    "own-suspension": gettext_lazy(
        "Nobody takes their own suspension away. Somebody else of the office must write it."
    ),
    "member-by-application": gettext_lazy(
        "Nobody becomes a member by a contract that goes on. They ask, and the council decides."
    ),
    "applied-in-the-future": gettext_lazy("That day is still to come."),
    "member-already": gettext_lazy("%(name)s is a member already."),
    "application-waits-already": gettext_lazy("An application of this person waits already."),
    "application-decided": gettext_lazy("This application is settled. State: %(state)s."),
    "decided-in-the-future": gettext_lazy("A decision cannot be entered before its day."),
    "decided-before-it-was-asked": gettext_lazy("That is before the day on the paper: %(day)s."),
    "refused-without-reasons": gettext_lazy("Write the reasons; the applicant has a right to read them."),
    "no-refusal-to-appeal": gettext_lazy("There is no refusal that could be appealed."),
    "appeal-without-words": gettext_lazy("Write what the appeal says."),
    "too-many-for-a-sheet": gettext_lazy(
        "At most %(most)s people fit on one sheet. Choose a department, or what became of the card."
    ),
    "no-shifts": gettext_lazy("The plant has no shifts, so nothing goes round."),
    "rota-in-the-past": gettext_lazy(
        "A rota counts from today on at the earliest; days gone by stay as they were."
    ),
    "rota-before-the-last": gettext_lazy(
        "The rota on record counts from %(day)s; the next one begins after it."
    ),
    "rota-has-begun": gettext_lazy("This rota counts already. Enter the next one instead."),
    "turn-too-short": gettext_lazy("A turn of the rota lasts at least one day."),
    "code-taken": gettext_lazy("The code %(code)s is used already. Take another."),
    "code-not-plain": gettext_lazy("A code has one to twelve capital letters, digits or hyphens."),
    "quarter-not-begun": gettext_lazy("Quarter %(quarter)s of %(year)s has not begun."),
    "outside-more-than-hired": gettext_lazy(
        "There are more hours of replacements and trainees than hours of everybody who is no member."
    ),
    "no-hours": gettext_lazy("Give the hours that were worked; both figures are zero."),
    "neither-hired-nor-on-trial": gettext_lazy("This person is neither hired nor on trial."),
    "letter-later": gettext_lazy("The letter is handed over after six months of work: from %(day)s on."),
    "view-without-name": gettext_lazy("Give the view a name."),
    "view-name-too-long": gettext_lazy("The name of a view has at most %(most)s characters."),
    "view-name-taken": gettext_lazy(
        "A view is called “%(name)s” already. Take another name, or throw that one away first."
    ),
    "mandate-already-settled": gettext_lazy("This mandate has been confirmed or ended already."),
    "voice-when-asked": gettext_lazy(
        "In %(body)s those speak who belong to it; others when the chair asks them."
    ),
    "elects-its-own": gettext_lazy("%(body)s elects only from those who belong to it."),
    "not-long-enough": gettext_lazy(
        "To be elected to it one has been a member for %(months)s months: from %(since)s on."
    ),
    "barred-after-recall": gettext_lazy("Recalled from %(body)s: may not stand for it again before %(day)s."),
    "runs-the-elections": gettext_lazy("Whoever sits on the electoral commission does not stand."),
    # the register of voters
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
    # lists from a spreadsheet: the file
    "list-empty": gettext_lazy("The file is empty."),
    "list-too-large": gettext_lazy("The file is larger than %(most)s MB. Part it in two."),
    "list-locked": gettext_lazy(
        "The file is locked with a password. Save it again without one, and choose it again."
    ),
    "list-of-old-excel": gettext_lazy(
        "The file has the form of an old Excel (.xls). Save it as .xlsx or .csv, and choose it again."
    ),
    "list-of-another-kind": gettext_lazy(
        "This is neither a .csv nor an .xlsx file, whatever its name says. Save the list as one of them."
    ),
    "list-broken": gettext_lazy(
        "The file is broken: it cannot be read to its end. Save it again in the program it comes from."
    ),
    "list-without-rows": gettext_lazy("There are no rows in it."),
    "list-without-people": gettext_lazy(
        "There is no row of a person in it. A list is a .csv or .xlsx file with the names of the columns above, and below them one row for each person."
    ),
    "list-not-utf8": gettext_lazy(
        "The letters of this text file are not in UTF-8. In the letters of older Windows programs one word of it reads “%(sample)s”. If that is right, choose these letters below and the file again."
    ),
    "list-unpacks-too-large": gettext_lazy(
        "Unpacked, the file would be larger than %(most)s MB, which no list of people is. Nothing was unpacked."
    ),
    "list-too-many-rows": gettext_lazy("The list has more than %(most)s rows. Part it in two."),
    # lists from a spreadsheet: the cell
    "cell-holds-a-formula": gettext_lazy(
        "The cell holds a formula. Put its result in its place, as a value, or type an apostrophe before it."
    ),
    "cell-holds-an-error": gettext_lazy("The spreadsheet itself could not work out this cell."),
    "cell-empty": gettext_lazy("The cell is empty, and this is needed."),
    "cell-too-long": gettext_lazy("At most %(most)s letters."),
    "number-not-readable": gettext_lazy("This is no member number: a whole number from 1 on."),
    "number-twice": gettext_lazy("The number %(number)s stands in several rows; see also: %(lines)s."),
    "number-of-somebody-else": gettext_lazy(
        "In the register No. %(number)s is %(name)s. If the name there is wrong, correct it on the page of the person."
    ),
    "date-not-readable": gettext_lazy(
        "This is no day that can be read. Write it like 2026-03-01 or 01/03/2026, the day before the month."
    ),
    "date-too-early": gettext_lazy("This lies before the year %(year)s."),
    "date-too-late": gettext_lazy("This lies too far ahead: %(day)s."),
    "word-unknown": gettext_lazy("The register has no word for “%(word)s” here."),
    "not-a-name": gettext_lazy("This is not a name."),
    "department-unknown": gettext_lazy("There is no department “%(word)s”. The nearest: %(near)s."),
    "crew-unknown": gettext_lazy("There is no crew “%(word)s”. The nearest: %(near)s."),
    "crew-without-department": gettext_lazy("Nobody works in a crew without a department."),
    "status-not-by-list": gettext_lazy(
        "This standing is not written by a list: it needs a paper of its own. Write it on the page of the person."
    ),
    "kind-not-by-list": gettext_lazy(
        "Nobody becomes a member, or stops being one, by a list. Write it on the page of the person."
    ),
    # lists from a spreadsheet: the whole
    "column-missing": gettext_lazy("No column is said to hold this: %(column)s."),
    "rows-with-errors": gettext_lazy(
        "Rows with errors: %(count)s. Mend them in the file and choose it again, or tick that they are left out."
    ),
    "nothing-to-enter": gettext_lazy("Nothing in this list would change the register."),
    "sheet-unknown": gettext_lazy("There is no such sheet in the file."),
    "intake-confirmed-already": gettext_lazy("This list has been confirmed already."),
    "intake-not-done": gettext_lazy("Only a list that has been entered to its end can be taken back."),
    "intake-too-old": gettext_lazy(
        "A list can be taken back for one day. Since then, mend what is wrong person by person."
    ),
    "row-changed-meanwhile": gettext_lazy(
        "The register says something else of this person by now than when the list was looked at."
    ),
    "place-gone-meanwhile": gettext_lazy("There is no such place any more: %(word)s."),
    "something-followed": gettext_lazy(
        "Something has followed on it since: access, a card, a register of voters, a change. Mend it person by person."
    ),
    # documents
    "adopted-in-the-future": gettext_lazy("That day has not come yet; only what was adopted is entered."),
    "holds-before-adopted": gettext_lazy("It cannot hold before it was adopted."),
    "holds-too-late": gettext_lazy("That is more than five years away. Look at the year again."),
    "document-empty": gettext_lazy("Give its words, or a file, or both."),
    "document-too-long": gettext_lazy("At most %(most)s characters; a longer one is entered as a file."),
    "document-only-words": gettext_lazy(
        "Line %(line)s: a document has chapters (#), articles (##), paragraphs, lists, *emphasis* and **bold**. Links, pictures, tables, quotes, code and HTML do not belong here. Put a backslash before a mark that should be read as it is."
    ),
    "version-changes-nothing": gettext_lazy("The same version, from the same day on, stands there already."),
    "file-empty": gettext_lazy("The file is empty."),
    "file-too-large": gettext_lazy("The file is larger than %(megabytes)s MB."),
    "file-kind-unknown": gettext_lazy(
        "This is no PDF, no JPEG or PNG picture and no plain text, whatever its name says. Save it as a PDF."
    ),
    "file-broken": gettext_lazy(
        "The file is damaged or not what it begins as. Save it once more and try again."
    ),
    "file-with-more-behind": gettext_lazy(
        "Behind its end the file holds something else. Save it anew, so that nothing hides in it."
    ),
    "file-acts": gettext_lazy(
        "This PDF holds a program or other files. Print it to a new PDF and take that."
    ),
    "file-locked": gettext_lazy("This PDF is locked with a password; in twenty years nobody will know it."),
    "picture-too-large": gettext_lazy("The picture has more than %(megapixels)s million points."),
    # the charter
    "slug-reserved": gettext_lazy("The address word %(slug)s is kept for the house itself. Take another."),
    "slug-not-plain": gettext_lazy(
        "The address word takes small letters, digits and hyphens: %(slug)s does not fit."
    ),
    "slug-taken": gettext_lazy("Another co-operative uses the address word %(slug)s."),
    "name-missing": gettext_lazy("A co-operative needs a name: %(field)s."),
    "legal-form-unknown": gettext_lazy("The legal form is one of: %(choices)s."),
    "time-zone-unknown": gettext_lazy("This is not the name of a time zone: %(time_zone)s."),
    "currency-code-not-plain": gettext_lazy("A currency code is one to eight capital letters or digits."),
    "currency-decimals-out-of-range": gettext_lazy("A currency has %(low)s to %(high)s decimals."),
    "language-unknown": gettext_lazy("This is not the code of a language: %(language)s."),
    "reference-pay-out-of-range": gettext_lazy("The reference pay is an amount of money from zero on."),
    "text-too-long": gettext_lazy("At most %(most)s characters: %(field)s."),
    "text-unreadable": gettext_lazy("There is a character in it that no text has: %(field)s."),
    "adopting-act-missing": gettext_lazy(
        "Name what adopted these rules: the founding act, or the number of the decision."
    ),
    "bylaws-change-nothing": gettext_lazy("Nothing would change."),
    "bylaws-before-the-latest": gettext_lazy(
        "Version %(version)s rules from %(since)s on; a later version cannot begin before that."
    ),
    "article-unknown": gettext_lazy("The bylaws have no article of this name: %(article)s."),
    "article-is-yes-or-no": gettext_lazy("%(article)s is a yes or a no."),
    "article-is-one-of": gettext_lazy("%(article)s is one of: %(choices)s."),
    "article-is-some-of": gettext_lazy("%(article)s is some of: %(choices)s."),
    "article-is-a-share": gettext_lazy("%(article)s is a share, written like 2/3."),
    "article-is-a-whole-number": gettext_lazy("%(article)s is a whole number."),
    "article-is-money": gettext_lazy("%(article)s is an amount of money."),
    "article-out-of-range": gettext_lazy("%(article)s lies between %(low)s and %(high)s."),
    # proposals
    "no-title": gettext_lazy("A proposal needs a title."),
    "no-clause": gettext_lazy("A proposal needs at least one clause with words in it."),
    "too-many-clauses": gettext_lazy(
        "At most %(most)s clauses; better two proposals than one that nobody reads."
    ),
    "clause-too-long": gettext_lazy("Clause %(number)s is longer than %(most)s characters. Split it."),
    "not-the-author": gettext_lazy("Only whoever wrote the proposal may do this."),
    "proposal-published": gettext_lazy(
        "It has been published; its words stay as they were signed. State now: %(state)s."
    ),
    "changed-meanwhile": gettext_lazy(
        "This was saved from another screen meanwhile. What you typed is below; compare and save again."
    ),
    "words-changed-meanwhile": gettext_lazy(
        "The words were changed on another screen since you opened this page. Read them again, then publish."
    ),
    "not-looking-for-support": gettext_lazy("It is not looking for support now. State: %(state)s."),
    "support-time-over": gettext_lazy("The time for collecting support is over."),
    "supported-already": gettext_lazy("Your signature is under it already; it counts once."),
    "proposal-not-admitted": gettext_lazy(
        "It has not reached the support it needs, or is dealt with elsewhere. State: %(state)s."
    ),
    "proposal-settled": gettext_lazy("It is settled already: %(state)s."),
    "proposal-on-an-agenda": gettext_lazy("It stands on an agenda and belongs to the meeting now."),
    "kind-without-effect": gettext_lazy(
        "Only motions can be put to the vote so far; this kind waits for its own procedure."
    ),
    # meetings
    "agenda-closed": gettext_lazy(
        "The notice is out and the agenda is closed: nothing off it may be decided."
    ),
    "meeting-not-draft": gettext_lazy("It is no longer being prepared. State: %(state)s."),
    "kind-not-of-this-body": gettext_lazy("%(body)s does not hold meetings of this kind."),
    "notice-too-late": gettext_lazy(
        "Too late: the bylaws ask for %(days)s days of notice, so the last day was %(last)s."
    ),
    "meeting-without-sitting": gettext_lazy("Give it at least one sitting with day and hour."),
    "agenda-empty": gettext_lazy("Put at least one item on the agenda."),
    "meeting-not-convened": gettext_lazy("The meeting is not under way. State: %(state)s."),
    "meeting-not-in-session": gettext_lazy("The meeting is not in session. State: %(state)s."),
    "sitting-opened-already": gettext_lazy("This sitting has been opened already."),
    "sitting-closed-already": gettext_lazy("This sitting is closed."),
    "before-the-hour": gettext_lazy("Not before the hour on the notice: %(hour)s."),
    "no-quorum": gettext_lazy("No quorum: %(present)s present, %(needed)s needed."),
    "doors-closed": gettext_lazy("The attendance book is not open: it opens two hours before a sitting."),
    "register-not-drawn": gettext_lazy(
        "The register of voters is drawn when %(day)s is over. Only then can anybody check in."
    ),
    "checked-in-already": gettext_lazy("%(name)s is checked in already."),
    "not-checked-in-person": gettext_lazy("%(name)s is not checked in."),
    "no-open-sitting": gettext_lazy("No sitting is open now."),
    "nothing-to-decide": gettext_lazy("There is nothing to vote on in this item."),
    "tie-rule-not-built": gettext_lazy(
        "The bylaws settle a tie in a way that cannot be carried out here yet; for now a tie must mean: not carried."
    ),
    "base-needs-a-meeting": gettext_lazy(
        "This matter needs a majority of everybody present, so it can be voted only in a meeting."
    ),
    "somebody-was-faster": gettext_lazy(
        "Somebody else did this a moment earlier. Nothing was stored; load the page again and look."
    ),
    "voted-already": gettext_lazy("This item has been voted already."),
    "proposal-not-tabled": gettext_lazy("It does not stand on an agenda. State: %(state)s."),
    "vote-under-way": gettext_lazy("A vote on it is under way already."),
    "vote-under-way-on": gettext_lazy("The vote on item %(item)s is still open; close it first."),
    "no-vote-under-way": gettext_lazy("No vote is under way on this item."),
    "two-signers-wanted": gettext_lazy("Name two different members."),
    "signers-named-already": gettext_lazy("The two members who sign have been named already."),
    "sitting-still-to-come": gettext_lazy("A sitting has still to be held."),
    "minutes-not-yet": gettext_lazy("Minutes are written from the opening on. State: %(state)s."),
    "note-only-paragraphs": gettext_lazy(
        "Line %(line)s: the account has only paragraphs, lists, *emphasis* and **bold**. Headings, rules, links, code, quotes, tables and HTML would look like the record itself. Put a backslash before a mark that should be read as it is."
    ),
    "minutes-closed": gettext_lazy("The minutes are closed; only a new entry can correct them."),
    "meeting-not-closed": gettext_lazy("Close the meeting first. State: %(state)s."),
    "decision-not-settled": gettext_lazy("The vote on item %(item)s has not been counted yet."),
    "no-signers": gettext_lazy("The two members who sign have not been named."),
    # votes
    "ballot-not-draft": gettext_lazy("This vote has been opened already. State: %(state)s."),
    "secret-vote-needs-urn": gettext_lazy(
        "A secret vote on screens needs the sealed urn, which is not set up here; vote on paper."
    ),
    "ballot-without-question": gettext_lazy("There is no question on the ballot."),
    "register-empty": gettext_lazy("The register of voters is empty."),
    "closing-in-the-past": gettext_lazy("The closing time lies in the past."),
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
    "no-choice": gettext_lazy("Choose one of the answers. To take no side, choose to abstain."),
    "unknown-choice": gettext_lazy("That answer does not stand on this ballot. Choose one that does."),
    "unknown-question": gettext_lazy("That question does not stand on this ballot."),
    "two-choices": gettext_lazy("Two answers came for one question. Choose one."),
    "form-number-unreadable": gettext_lazy(
        "This form cannot be read. Open the ballot again and send it from there."
    ),
    "form-number-taken": gettext_lazy(
        "Another paper has this number. Nothing was entered; open the ballot again and send it from there."
    ),
    "form-too-old": gettext_lazy(
        "This form is too old or came from somewhere else. Nothing was stored. What you typed is below; go back, reload and send again."
    ),
    "vote-not-open": gettext_lazy("The vote is not open. State: %(state)s."),
    "vote-not-closed": gettext_lazy("The vote is not closed yet. State: %(state)s."),
    "no-reason-given": gettext_lazy("Give the reason; it will be read by everybody."),
    "ballot-settled": gettext_lazy("It is settled already: %(state)s."),
    "decision-settled": gettext_lazy("It has been decided already: %(outcome)s."),
}


def say(reason: Reason) -> str:
    """One sentence for one reason. What has no words yet is shown as it is rather than hidden."""
    sentence = SENTENCES.get(reason.code)
    if sentence is None:
        return str(reason)
    return str(sentence) % {key: _read(key, value) for key, value in reason.params.items()}


def _read(key: str, value: Any) -> str:
    if key in _LABELS:
        return str(_LABELS[key].get(value, value))
    if key in ("state", "outcome"):
        return str(_STATES.get(value, value))
    return _READERS[key](value) if key in _READERS else str(value)
