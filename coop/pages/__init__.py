"""Everything a member sees. The only place that speaks HTTP: one module per noun, forms above the page that uses them."""
