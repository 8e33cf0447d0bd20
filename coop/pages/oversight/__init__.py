"""What the auditor finds and counts, and what binds the house."""
