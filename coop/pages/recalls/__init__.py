"""Recalls: asked for, signed, voted."""
