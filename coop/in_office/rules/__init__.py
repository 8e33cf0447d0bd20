"""What stands in the way of asking and answering in an office. No writes, no clock."""
