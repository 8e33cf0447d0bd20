"""What waits for somebody today: the front page, the desk of an office, the auditor's."""
