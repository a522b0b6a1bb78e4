"""Where ink is: PDFs to tables, with no notion of what the words mean.

`pdf` reads a page's characters and lines in one pass; `rulings` joins bits of lines and gathers the frames of tables;
`grid` turns edges into cells with spans; `fragment` puts the words into them; `stream` and `unruled` do the same where
lines are missing; `continuation` joins what page breaks cut; `reading` is the whole of it for one file.
"""
