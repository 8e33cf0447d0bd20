"""What the journal tells of registers of voters."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

SENTENCES: dict[str, Any] = {
    "register-drawn": ngettext_lazy(
        "The register of voters was drawn, %(what)s, with %(size)s name. Entered by %(who)s.",
        "The register of voters was drawn, %(what)s, with %(size)s names. Entered by %(who)s.",
        "size",
    ),
    "claim-made": _(
        "%(who)s entered a claim against the register of voters %(what)s, about member %(member)s."
    ),
    "claim-granted": _(
        "%(who)s granted the claim about member %(member)s against the register of voters %(what)s."
    ),
    "claim-refused": _(
        "%(who)s refused the claim about member %(member)s against the register of voters %(what)s."
    ),
    "register-final": ngettext_lazy(
        "The register of voters %(what)s is final, with %(size)s name. Entered by %(who)s.",
        "The register of voters %(what)s is final, with %(size)s names. Entered by %(who)s.",
        "size",
    ),
}
