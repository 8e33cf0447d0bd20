"""Meetings: called, prepared, held, led from the desk, watched in the hall."""
