"""Portuguese of Brazil as it comes with Django, but no day is told in digits alone, as in Spanish."""

SHORT_DATE_FORMAT = "j b Y"
SHORT_DATETIME_FORMAT = "j b Y, H:i"
