"""Why the auditor, and those who answer, may not act as they want to. No writes, no clock."""
