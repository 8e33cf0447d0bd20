"""Everything that was written and decided, found again."""
