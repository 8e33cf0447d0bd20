"""The people of the invented plant whom anybody may be for a while, on the door of a demonstration only."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

PLANT = "lucerna"  # nobody else's members are ever offered, even where a real plant was founded beside it


class Persona(NamedTuple):
    number: int
    title: Any
    sentence: Any


PERSONAS = (
    Persona(144, _("Worker-member"), _("Wrote the motion that is being voted today.")),
    Persona(58, _("Worker-member, night crew"), _("Has not checked in yet, and has the papers read aloud.")),
    Persona(2, _("Spokesperson, potlines council"), _("Leads the council of a department.")),
    Persona(
        310, _("Secretary, administrative council"), _("Calls the assembly, keeps attendance and minutes.")
    ),
    Persona(120, _("President"), _("Chairs the assembly, opens and closes votes.")),
    Persona(126, _("General coordinator"), _("Elected manager; answers to the assembly, has one vote.")),
    Persona(316, _("Register-keeper"), _("Keeps the register of members, hands out cards.")),
    Persona(284, _("Chair of the electoral commission"), _("Watches over registers, urns and counts.")),
    Persona(266, _("Síndico (auditor)"), _("Reads everything, changes nothing.")),
)
NUMBERS = frozenset(persona.number for persona in PERSONAS)
