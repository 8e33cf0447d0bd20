"""Where the articles come from, as most of them name it."""

from coop.charter.kinds import gettext_noop as _

AR = "Argentina, model statute of INAES, art."
BR = "Brazil, Lei 12.690/2012"
ES = "Spain, Ley 27/1999, art."
OWN = _("house rule")
