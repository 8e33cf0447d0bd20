"""Pay: the scale, the month, the ratio."""
