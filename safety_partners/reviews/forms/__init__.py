"""The questions we ask about documents, reviews and comments; forms save nothing."""
