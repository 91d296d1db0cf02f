"""Pages about people: signing in, one's own account, members, invitations, the organisation."""
