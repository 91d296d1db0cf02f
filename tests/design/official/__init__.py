"""Our macros beside the official components: how their parameters become ours, and what we leave out."""
