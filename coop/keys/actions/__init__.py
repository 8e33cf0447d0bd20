"""The only writers of what opens the door."""

from .devices import end_kiosk, remember_device, start_kiosk
from .guesses import begin_guess, forget_guesses, guessed_right, guessed_wrong
from .sessions import end_others, end_session, end_sessions_of, rest_over, seen, tell_endings

__all__ = [
    "begin_guess",
    "end_kiosk",
    "end_others",
    "end_session",
    "end_sessions_of",
    "forget_guesses",
    "guessed_right",
    "guessed_wrong",
    "remember_device",
    "rest_over",
    "seen",
    "start_kiosk",
    "tell_endings",
]
