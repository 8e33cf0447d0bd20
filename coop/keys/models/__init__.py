from .codes import OneTimeCode
from .devices import Device, Kiosk
from .guesses import Guesses
from .passkeys import Passkey
from .sessions import Kind, OfficeEnding, Session

__all__ = ["Device", "Guesses", "Kind", "Kiosk", "OfficeEnding", "OneTimeCode", "Passkey", "Session"]
