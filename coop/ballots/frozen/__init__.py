"""What PostgreSQL itself keeps of votes, as plain SQL functions for the migrations (law 6)."""
