"""What was decided: the register of decisions, each on its sheet, and what comes after it."""
