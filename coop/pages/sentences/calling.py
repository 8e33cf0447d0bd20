"""What is told about calling meetings: drafts, notices, series, and what members ask for."""

from typing import Any

from django.utils.translation import gettext_lazy

SENTENCES: dict[str, Any] = {
    # the draft
    "too-many-sittings": gettext_lazy("At most %(most)s sittings."),
    "sitting-in-the-past": gettext_lazy("That hour is over."),
    "sitting-too-far": gettext_lazy("That is more than two years away. Look at the year again."),
    "sittings-at-one-moment": gettext_lazy("Two sittings cannot begin at the same moment."),
    "item-gone": gettext_lazy("Somebody has taken this item off the agenda meanwhile."),
    "signers-on-agenda-already": gettext_lazy("The choice of signers stands on the agenda already."),
    "no-minutes-waiting": gettext_lazy("No such minutes of this body wait to be approved."),
    "proposal-for-the-assembly": gettext_lazy(
        "“%(title)s” was published for the assembly, and “%(body)s” did not write it. Put it on as a report: then it is"
        " talked over, and nothing is decided on it."
    ),
    "assembly-decides-this": gettext_lazy(
        "“%(title)s” is decided by the assembly alone, also when “%(body)s” wrote it. Put it on as a report: then it is"
        " talked over."
    ),
    "no-ballot-waiting": gettext_lazy("No such vote of this body waits for an agenda."),
    "universal-in-one-sitting": gettext_lazy(
        "Called so late it needs everybody in one room: give it one sitting only."
    ),
    "universal-not-everybody": gettext_lazy(
        "Called too late, it opens only when everybody on the register of voters is there: %(missing)s missing."
    ),
    "cancelled-without-reason": gettext_lazy("Say why: whoever was called will read it."),
    # the notice
    "notice-not-out": gettext_lazy("The notice has not gone out yet."),
    "crew-not-of-this-house": gettext_lazy("There is no such crew here."),
    "given-before-the-notice": gettext_lazy("That was before the notice went out: %(hour)s."),
    # items after the notice
    "late-items-over": gettext_lazy("Items could be added until %(last)s."),
    # what members ask for
    "not-asked-of-this-body": gettext_lazy("That is not asked of %(body)s."),
    "collecting-day-over": gettext_lazy("Give a day from today on."),
    "collecting-too-long": gettext_lazy("Signatures are collected for at most %(days)s days."),
    "collecting-over": gettext_lazy("Signatures were collected until %(last)s."),
    "request-withdrawn": gettext_lazy("It has been withdrawn."),
    "request-signed-already": gettext_lazy("You have signed already."),
    "request-reached-already": gettext_lazy("Enough have signed: it is no longer one person's to withdraw."),
    "request-not-reached": gettext_lazy("It has not found enough signatures yet."),
    "request-needs-nobody": gettext_lazy("The rules put it on the next agenda: nobody has to sign for it."),
    "request-answered-already": gettext_lazy("A meeting has taken it up already."),
    "request-wants-another-kind": gettext_lazy(
        "Members have asked for another kind of meeting than this one."
    ),
    "no-request-waiting": gettext_lazy("No such request of members waits in this body."),
    "not-who-asked": gettext_lazy("Only whoever began it can withdraw it."),
    "joined-to-ordinary-only": gettext_lazy(
        "An assembly that members ask for can be joined to an ordinary one only."
    ),
    "ordinary-too-far": gettext_lazy(
        "The ordinary assembly is too far away: it would have to be within %(days)s days after enough had signed."
    ),
    "item-asked-for-missing": gettext_lazy(
        "Enough members have asked for “%(title)s”: it goes on the next agenda. Add it first."
    ),
    # series
    "series-begins-later": gettext_lazy("The first day lies in the future."),
    "series-comes-back-within": gettext_lazy("It comes back after 1 to %(most)s days."),
    "series-without-hours": gettext_lazy(
        "Give each meeting its hours, such as 13:30, no hour twice, and at most twelve."
    ),
    "series-prepared-too-late": gettext_lazy(
        "Prepare the draft at least %(days)s days before, or the notice cannot go out in time."
    ),
    "series-ended-already": gettext_lazy("This series has ended already."),
    "holiday-over": gettext_lazy("That day is over."),
    "holiday-entered-already": gettext_lazy("That day is a holiday already."),
    "holiday-gone": gettext_lazy("Somebody has struck this holiday meanwhile."),
}
