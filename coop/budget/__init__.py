"""The money: years, lines in departments, what was really spent, whether changes balance (practice C16, C17)."""
