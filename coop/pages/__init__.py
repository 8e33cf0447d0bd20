"""Everything a member sees. The only place that speaks HTTP: one module per noun, each form above its page."""
