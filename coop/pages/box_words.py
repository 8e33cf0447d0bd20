"""How far a box is, in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from coop.ballots.boxes import Stage

BOX_STAGES: dict[str, Any] = {
    Stage.NEW: _("not sealed yet"),
    Stage.SEALED: _("sealed, empty"),
    Stage.VOTING: _("open for voting"),
    Stage.CLOSED: _("closed and sealed"),
    Stage.MIXED: _("mixed into another box"),
    Stage.UNSEALED: _("opened for the count"),
}
