"""The budget through its year: drawn up, amended, voted, spent."""
