"""Councils: who sits for whom, what they decided, what delegates tell those who sent them."""
