"""Walking through every page of the product as everybody, once; the guards look at what was seen."""
