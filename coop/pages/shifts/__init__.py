"""What one shift tells the next."""
