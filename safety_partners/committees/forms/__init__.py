"""The questions about committees and their meetings."""
