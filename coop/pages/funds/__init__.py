"""Funds of the budget whose projects are chosen by vote."""
