"""The tasks that people have, walked in a real browser as they would: see docs/tour.md."""
