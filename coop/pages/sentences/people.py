"""What the register office is told about people. Codes and parameters come from the rules."""

from typing import Any

from django.utils.translation import gettext_lazy

SENTENCES: dict[str, Any] = {
    "number-taken": gettext_lazy(
        "The number %(number)s belongs to somebody already; numbers are never given twice."
    ),
    "not-in-the-register": gettext_lazy("%(name)s is not in the register of members on that day."),
    "not-a-full-member": gettext_lazy(
        "Only full members have a vote; people on trial or hired have a voice."
    ),
    "standing-without-vote": gettext_lazy("There is no vote in this standing: %(status)s."),
    "not-of-this-body": gettext_lazy("Only those who belong to it vote in: %(body)s."),
    "change-before-the-first": gettext_lazy(
        "The record of this person begins on %(day)s; nothing goes before it."
    ),
    "later-change-on-record": gettext_lazy("A later change stands on record already, from %(day)s on."),
    "born-in-the-future": gettext_lazy("That birth date is still to come."),
    "born-too-long-ago": gettext_lazy("That would be more than %(years)s years. Look at the year again."),
    "too-young": gettext_lazy(
        "Nobody is entered before the age of %(years)s; on %(day)s that is not reached."
    ),
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
    "no-appeal-to-decide": gettext_lazy("No appeal waits for a decision."),
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
    "own-suspension": gettext_lazy(
        "Nobody takes their own suspension away. Somebody else of the office must write it."
    ),
    "member-by-application": gettext_lazy(
        "Nobody becomes a member by a contract that goes on. They ask, and the council decides."
    ),
    "voice-when-asked": gettext_lazy(
        "In %(body)s those speak who belong to it; others when the chair asks them."
    ),
    "elects-its-own": gettext_lazy("%(body)s elects only from those who belong to it."),
    "not-long-enough": gettext_lazy(
        "To be elected to it one has been a member for %(months)s months: from %(since)s on."
    ),
    "barred-after-recall": gettext_lazy("Recalled from %(body)s: may not stand for it again before %(day)s."),
    "runs-the-elections": gettext_lazy("Whoever sits on the electoral commission does not stand."),
    "not-a-name": gettext_lazy("This is not a name."),
}
