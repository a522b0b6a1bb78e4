"""Which text of a page is to be believed: the file's text layer, or what the page's picture shows."""
