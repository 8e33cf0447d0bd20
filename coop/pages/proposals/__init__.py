"""Proposals and their amendments, from the writing desk to the order in which they are voted."""
