"""How far a collection of signatures is."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass
class Signatures:
    """How far the collection is: for the bar, and in words."""

    given: int
    needed: int

    @property
    def words(self) -> str:
        return _("%(given)s of %(needed)s") % {"given": self.given, "needed": self.needed}

    @property
    def missing(self) -> str:
        missing = self.needed - self.given
        if missing <= 0:
            return _("Enough to be put to an assembly.")
        return ngettext("%(count)s more needed.", "%(count)s more needed.", missing) % {"count": missing}
