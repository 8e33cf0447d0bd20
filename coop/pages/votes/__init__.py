"""The vote: its register, its paper, drawing it up, casting, and the desk of whoever leads it."""
