"""The questions of the loop: words, shape, validation. Forms save nothing."""
