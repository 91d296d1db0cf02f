"""Reading PDF: letters with their places, tags where the document has them, layout where it has none."""
