"""What the two commands are made of: the standard library only, so that they work before anything is installed."""
