"""English as most of the world writes it: 28 November 2026, 14:30. A shift plant has no a.m. and p.m."""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y, H:i"
SHORT_DATE_FORMAT = "j M Y"  # never in digits alone: 3/11 is the eleventh of March to some
SHORT_DATETIME_FORMAT = "j M Y, H:i"
