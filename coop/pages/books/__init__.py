"""The books of the house: bylaws, archive, journal, and what was carried over from before."""
