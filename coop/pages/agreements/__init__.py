"""Collective agreements, article by article."""
