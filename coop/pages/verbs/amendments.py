"""What the journal tells of amendments."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "amendments-in-order": _(
        "The amendments to item %(item)s of %(what)s are voted in this order: %(order)s."
    ),
    "amendments-until": _(
        "%(what)s can be amended without the leave of the meeting until %(until)s. Entered by %(who)s."
    ),
    "text-handed-over": _("The text of %(what)s is the meeting's from now on. Entered by %(who)s."),
    "amendment-submitted": _("%(who)s moved the amendment %(what)s."),
    "amendment-supported": _("%(who)s signed the amendment %(what)s."),
    "amendment-backed": _("%(who)s named the decision behind the amendment %(what)s: %(decision)s."),
    "amendment-leave-given": _(
        "The late amendment %(what)s has the leave of the meeting. Entered by %(who)s."
    ),
    "amendment-admitted": _("The amendment %(what)s will be voted. Entered by %(who)s."),
    "amendment-accepted": _("%(who)s, who moves the text, took the amendment %(what)s into it."),
    "amendment-withdrawn": _("%(who)s withdrew the amendment %(what)s."),
    "amendment-turned-down": _("%(who)s turned the amendment %(what)s down: %(because)s"),
    "common-text-agreed": _("%(who)s gave up an amendment for the common text %(what)s."),
    "amendment-replaced": _("A common text takes the place of the amendment %(what)s. Entered by %(who)s."),
    "amendments-contrary": _(
        "%(who)s declared that %(what)s and %(other)s pull against each other: %(because)s"
    ),
    "amendment-moved": _("%(who)s put %(what)s elsewhere in the order of voting: %(because)s"),
    "amendment-settled": _("The amendment %(what)s was voted: %(outcome)s. Entered by %(who)s."),
    "amendment-fallen": _("The amendment %(what)s fell: %(because)s. Entered by %(who)s."),
    "amendment-wanted": _(
        "The meeting votes on %(what)s although something contrary was carried. Entered by %(who)s."
    ),
}
