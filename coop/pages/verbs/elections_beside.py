"""What the journal tells beside the elections: kin, acceptance on paper, a box voted again, courses."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "kin-declared": _("%(who)s said of whom they are kin."),
    "kin-taken-back": _("%(who)s took back what was said of kin."),
    "acceptance-sheet-entered": _("%(who)s entered a sheet on which a candidate accepts: %(what)s."),
    "candidate-accepted-on-paper": _("%(who)s read the sheet as the second: accepted on paper, %(what)s."),
    "acceptance-sheet-turned-down": _("%(who)s read the sheet, and it does not say so: %(what)s."),
    "register-of-box-drawn": _(
        "%(who)s drew the register of those who vote again in the box %(box)s, %(size)s people: %(what)s."
    ),
    "box-to-be-voted-again": _(
        "%(who)s called that box %(box)s is voted again by %(people)s people, after challenge %(because)s: %(what)s."
    ),
    "election-drawn-up": _("%(who)s drew up %(what)s, to be called later. Vote on %(vote_on)s."),
    "election-days-put-right": _(
        "%(who)s put the days of %(what)s right before it was called. Vote on %(vote_on)s, those elected begin on"
        " %(begins_on)s."
    ),
    "course-named": _("%(who)s entered a course: %(what)s."),
    "course-to-be-asked": _(
        "From %(since)s on the course is to be asked for, %(what)s: %(document)s. Entered by %(who)s."
    ),
    "course-to-be-asked-no-longer": _(
        "From %(since)s on the course is to be asked for no longer, %(what)s: %(document)s. Entered by %(who)s."
    ),
    "course-entered": _("%(who)s entered that a member has done a course (entry %(what)s)."),
    "course-confirmed": _(
        "%(who)s compared an entry about a course with its paper and confirmed it: %(what)s."
    ),
    "course-turned-down": _("%(who)s turned an entry about a course down: %(what)s."),
}
