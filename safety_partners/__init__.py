"""Safety Partners: where a health organisation and its Patient Safety Partners work together."""
