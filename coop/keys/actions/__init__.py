"""The only writers of what opens the door."""

from .sessions import end_others, end_session, end_sessions_of, rest_over, seen, tell_endings

__all__ = ["end_others", "end_session", "end_sessions_of", "rest_over", "seen", "tell_endings"]
