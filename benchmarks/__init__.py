"""Figures, not tests: the main pages against a bare view on the same server in the same run."""
