"""What the journal tells of the ways in: cards, secrets, codes, passkeys and tablets."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "card-issued": _("%(who)s handed out an access card for %(what)s."),
    "card-countersigned": _("%(who)s signed, as the second person, the new card of %(what)s."),
    "secret-set": _("%(who)s used the card of %(what)s and chose a secret."),
    "reset-acknowledged": _("%(who)s has read that the secret of %(what)s was replaced."),
    "codes-printed": _("%(who)s printed new codes to sign in with."),
    "passkey-added": _("%(who)s added a passkey."),
    "passkey-removed": _("%(who)s took a passkey away."),
    "kiosk-started": _("%(who)s made a device a tablet for everybody: %(what)s."),
    "kiosk-ended": _("%(who)s ended the tablet for everybody: %(what)s."),
    "sessions-ended": _("%(who)s ended everything %(what)s was signed in on."),
}
