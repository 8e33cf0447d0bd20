"""Elections: called, stood for, proclaimed, challenged; empty seats."""
