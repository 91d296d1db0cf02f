"""The questions of the way in."""
