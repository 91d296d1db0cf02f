"""Pages of committees and their meetings."""
