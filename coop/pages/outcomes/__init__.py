"""What became of a vote, in figures, words and pictures: every room that tells a result takes it from here."""
