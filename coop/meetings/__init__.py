"""Where we sit down together, and what we write down."""
