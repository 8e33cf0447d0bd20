"""The co-operative and its bylaws: who we are, and every number by which we decide."""
