"""Pages of documents, reviews and comments."""
