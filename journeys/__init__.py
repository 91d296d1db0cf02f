"""What people do, in a real browser, with axe on each page they open."""
