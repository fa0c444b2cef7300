"""Pages that anyone may open: help, legal pages, the page for old browsers."""
