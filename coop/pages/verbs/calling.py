"""What the journal tells of meetings before they begin: asked for, prepared, called."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "meeting-prepared": _("%(who)s began to prepare a meeting: %(what)s."),
    "item-added": _("%(who)s put an item on the agenda of %(what)s: %(title)s."),
    "item-removed": _("%(who)s took an item off the agenda of %(what)s: %(title)s."),
    "item-changed": _("%(who)s changed an item on the agenda of %(what)s: %(title)s."),
    "item-moved": _("%(who)s put the agenda of %(what)s in another order: %(title)s is number %(item)s."),
    "late-item-added": _(
        "%(who)s put an item that members asked for on the agenda of %(what)s after the notice: %(title)s."
    ),
    "meeting-prepared-in-series": _("The next meeting of a series was prepared: %(what)s."),
    "meeting-corrected": _("%(who)s put the draft of %(what)s right."),
    "meeting-convened-late": _(
        "%(who)s convened %(what)s, too late for the days of notice: it opens only when everybody on the register has"
        " come. From now on the agenda is closed."
    ),
    "notice-given": _(
        "The notice of %(what)s went out: %(channel)s, %(where)s, by member %(member)s. Entered by %(who)s."
    ),
    "item-owed": _("The rules put %(what)s on the next agenda of %(body)s."),
    "item-taken-up": _("%(what)s takes up, as the rules ask: item %(item)s, %(title)s."),
    "request-begun": _("%(who)s began to collect signatures for %(what)s, in %(body)s; it needs %(needed)s."),
    "request-reached": _("%(what)s, asked of %(body)s, has enough signatures: %(signed)s."),
    "request-withdrawn": _("%(who)s withdrew %(what)s, asked of %(body)s."),
    "series-begun": _(
        "%(who)s began a series of meetings: %(what)s, every %(every_days)s days from %(first_on)s."
    ),
    "series-ended": _("%(who)s ended the series of meetings %(what)s."),
    "holiday-entered": _("%(who)s entered a holiday: %(what)s."),
    "holiday-struck": _("%(who)s struck a holiday: %(what)s."),
    "meeting-convened": _("%(who)s convened %(what)s. From now on the agenda is closed."),
    "meeting-cancelled": _("%(who)s cancelled %(what)s."),
}
