"""Pictures of pages -> rulings and lines of text, in points on the upright page. Imported only when a page needs it."""
