"""Founding a co-operative: the act as written (`file`, `bodies`, `reader`), as a plan (`act`), and done (`found`)."""
