"""What is made, planned, priced and sold, in open books."""
