"""The only writers of what opens the door."""

from .codes import print_codes, use_code
from .devices import end_kiosk, remember_device, start_kiosk
from .guesses import begin_guess, forget_guesses, guessed_right, guessed_wrong
from .passkeys import add_passkey, remove_passkey, use_passkey
from .sessions import end_others, end_session, end_sessions_of, rest_over, seen, tell_endings

__all__ = [
    "add_passkey",
    "begin_guess",
    "end_kiosk",
    "end_others",
    "end_session",
    "end_sessions_of",
    "forget_guesses",
    "guessed_right",
    "guessed_wrong",
    "print_codes",
    "remember_device",
    "remove_passkey",
    "rest_over",
    "seen",
    "start_kiosk",
    "tell_endings",
    "use_code",
    "use_passkey",
]
