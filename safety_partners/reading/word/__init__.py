"""Reading Word (.docx): the parts of the package, its styles and numbering, and the body as drafts."""
