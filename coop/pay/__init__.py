"""Equal pay: the scale that everybody reads, supplements, and the ratio of each month (practice C11)."""
