from .devices import Device, Kiosk
from .guesses import Guesses
from .sessions import Kind, OfficeEnding, Session

__all__ = ["Device", "Guesses", "Kind", "Kiosk", "OfficeEnding", "Session"]
