"""What the journal tells of sealed urns."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "urn-set-up": _(
        "%(who)s set up the sealed urn of the vote %(what)s. Its codes are kept by: %(trustees)s; any %(need)s open it."
    ),
    "urn-code-drawn": _("%(who)s drew a code of the sealed urn of the vote %(what)s."),
    "urn-key-made": _(
        "%(who)s had the key of the sealed urn of the vote %(what)s made and divided: %(made_by)s."
    ),
    "urn-key-tested": _(
        "The key of the sealed urn of the vote %(what)s was tried with the codes of: %(trustees)s."
    ),
    "urn-codes-refused": _("%(who)s typed codes that do not open the sealed urn of the vote %(what)s."),
    "urn-opened": _(
        "The sealed urn of the vote %(what)s was opened with the codes of: %(trustees)s."
        " Envelopes: %(envelopes)s, unreadable: %(unreadable)s."
    ),
    "urn-keys-destroyed": _(
        "%(who)s entered that codes and key of the vote %(what)s were destroyed: %(note)s"
    ),
}
