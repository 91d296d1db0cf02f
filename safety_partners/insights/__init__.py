"""What we were told, in their words; what we answered, did and changed."""
