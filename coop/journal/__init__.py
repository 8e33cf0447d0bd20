"""What was done, by whom, when: one chain of entries per co-operative, appended to and never changed."""
