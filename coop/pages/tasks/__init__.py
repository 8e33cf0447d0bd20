"""Actions that were agreed, and what became of them."""
