"""Minutes: written, circulated, objected to, signed, sealed, taken away."""
