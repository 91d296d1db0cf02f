"""Pages of groups, and of what goes between groups and partners."""
