"""The questions that pages of groups ask."""
