"""The agenda as pages show it: what stands on it, where each item is, how late it runs."""
