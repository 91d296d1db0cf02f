"""Public pages: what partners are, what changed because of them, how the product treats people."""
