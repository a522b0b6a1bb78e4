"""Pictures of single lines of text -> characters. Imported only when a page needs it."""
