"""What stands in the way, by what is about to be done. A rule is asked by the page and again by the action."""
