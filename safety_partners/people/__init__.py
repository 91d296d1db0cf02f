"""Organisations, their services, the people who sign in, and what each may be."""
