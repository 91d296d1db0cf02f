"""The machinery under every app; not one word of the domain."""
