"""What stands in the way of drawing up a budget, amending it, voting on it, and moving its money."""
