"""What the journal tells of the collective agreement."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "agreement-begun": _(
        "%(who)s entered that %(commission)s writes an agreement, %(what)s, by the mandate: %(mandate)s."
    ),
    "agreement-set": _(
        "%(who)s wrote from when to when %(what)s shall hold: from %(since)s to %(ends_on)s; and how it is voted."
    ),
    "article-added": _("%(who)s added an article, %(what)s, which %(writer)s writes."),
    "article-handed-on": _("%(writer)s writes %(what)s from now on. Entered by %(who)s."),
    "article-written": _("%(who)s wrote %(what)s, version %(version)s."),
    "article-stands": _("%(what)s stands so: %(stands)s. Entered by %(who)s."),
    "article-commented": _("%(who)s commented on %(what)s."),
    "agreement-step": _("%(who)s wrote in the timetable of %(what)s: %(told)s, %(due_on)s."),
    "agreement-step-done": _("Done in the timetable of %(what)s: %(told)s. Entered by %(who)s."),
    "agreement-laid-before": _("%(who)s laid %(what)s before the assembly, with %(articles)s articles."),
    "agreement-adopted": _(
        "%(what)s was adopted by %(decision)s and holds from %(since)s. Entered by %(who)s."
    ),
    "agreement-ended": _("%(what)s ended on %(ends_on)s, when %(through)s began. Entered by %(who)s."),
}
