"""Spanish as it comes with Django, but no day is told in digits alone: 3/11 is the eleventh of March to some."""

SHORT_DATE_FORMAT = "j b Y"
SHORT_DATETIME_FORMAT = "j b Y, H:i"
