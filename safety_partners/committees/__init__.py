"""Committees and their meetings: seats for partners, papers in time, a voice at the table, a trace in the minutes."""
