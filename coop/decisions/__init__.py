"""From the vote to its effect: puts a proposal into the box, reads the count, numbers the decision."""
