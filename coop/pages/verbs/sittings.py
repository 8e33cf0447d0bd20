"""What the journal tells of sittings: the door, the hall, the floor, and their end."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "checked-in": _("Member %(member)s checked in at %(what)s. Entered by %(who)s."),
    "came-back": _("Member %(member)s came back to %(what)s. Entered by %(who)s."),
    "went-out": _("Member %(member)s left %(what)s. Entered by %(who)s."),
    "sitting-opened": _(
        "%(who)s opened sitting %(sitting)s of %(what)s: %(present)s present, %(needed)s needed."
    ),
    "sitting-closed": _(
        "%(who)s closed sitting %(sitting)s of %(what)s; %(present)s with a vote were present."
    ),
    "sitting-not-held": _(
        "Sitting %(sitting)s of %(what)s was not held; %(present)s with a vote had come. Entered by %(who)s."
    ),
    "item-called": _("%(who)s called item %(item)s of %(what)s, sitting %(sitting)s."),
    "item-ended": _("%(who)s ended item %(item)s of %(what)s, sitting %(sitting)s."),
    "floor-given": _("Member %(member)s had the floor on item %(item)s of %(what)s. Entered by %(who)s."),
    "floor-given-unnamed": _(
        "Somebody who is not named had the floor on item %(item)s of %(what)s. Entered by %(who)s."
    ),
    "order-moved": _(
        "A motion of order by member %(member)s on item %(item)s of %(what)s. Entered by %(who)s."
    ),
    "result-announced": _(
        "The hall was told the result of item %(item)s of %(what)s: decision %(decision)s. Entered by %(who)s."
    ),
    "sitting-paused": _("Sitting %(sitting)s of %(what)s rests. Entered by %(who)s."),
    "sitting-goes-on": _("Sitting %(sitting)s of %(what)s goes on. Entered by %(who)s."),
    "off-agenda-noted": _(
        "Raised by member %(member)s at %(what)s and not on the agenda: %(title)s. Entered by %(who)s."
    ),
    "signers-named": _("Chosen to sign the minutes of %(what)s: members %(members)s. Entered by %(who)s."),
    "meeting-closed": _("%(who)s closed %(what)s."),
    "sitting-adjourned": _(
        "%(who)s adjourned sitting %(sitting)s of %(what)s; it goes on as sitting %(next)s on %(hour)s."
    ),
    "meeting-without-quorum": _("%(who)s closed %(what)s: no sitting found a quorum. Its items wait again."),
    "named-for-the-day": _(
        "Sitting %(sitting)s of %(what)s named member %(member)s for the day: %(power)s. Written down by %(who)s."
    ),
    "put-on-watch": _(
        "Member %(member)s is on watch during sitting %(sitting)s of %(what)s. Written down by %(who)s."
    ),
    "people-counted": _(
        "In sitting %(sitting)s of %(what)s people were counted: %(present)s present, %(needed)s needed. By %(who)s."
    ),
    "stepped-aside": _(
        "Member %(member)s stepped aside on item %(item)s of %(what)s. Written down by %(who)s."
    ),
    "stepped-in-again": _(
        "Member %(member)s does not step aside on item %(item)s of %(what)s any more. Written down by %(who)s."
    ),
}
