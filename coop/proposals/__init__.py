"""What is put forward, and who stands behind it."""
