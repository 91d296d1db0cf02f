"""What partners take part in beside committees: projects, training, panels, visits, reviews; from the request to what changed."""
