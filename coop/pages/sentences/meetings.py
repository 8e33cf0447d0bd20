"""What is told about meetings and minutes. Codes and parameters come from the rules."""

from typing import Any

from django.utils.translation import gettext_lazy, ngettext_lazy

SENTENCES: dict[str, Any] = {
    "meeting-number-out-of-range": gettext_lazy("The number lies between 1 and %(most)s."),
    "numbers-begun-here": gettext_lazy(
        "Meetings of that year have been called here already, from %(label)s on; their numbers stay."
    ),
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
    "no-quorum": ngettext_lazy(
        "No quorum: %(present)s present, %(needed)s needed.",
        "No quorum: %(present)s present, %(needed)s needed.",
        "present",
    ),
    "doors-closed": gettext_lazy("The attendance book is not open: it opens two hours before a sitting."),
    "register-not-drawn": gettext_lazy(
        "The register of voters is drawn when %(day)s is over. Only then can anybody check in."
    ),
    "checked-in-already": gettext_lazy("%(name)s is checked in already."),
    "not-checked-in-person": gettext_lazy("%(name)s is not checked in."),
    "no-open-sitting": gettext_lazy("No sitting is open now."),
    "nothing-to-decide": gettext_lazy("There is nothing to vote on in this item."),
    "voted-already": gettext_lazy("This item has been voted already."),
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
}
