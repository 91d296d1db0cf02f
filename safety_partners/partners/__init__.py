"""Patient Safety Partners: what both sides agreed, what is needed before they start and kept in date, and their support."""
