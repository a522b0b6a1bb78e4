"""What words mean: rows of text to forms, strings to values, with no notion of where they stand on a page.

`form_reader` finds the forms in a table and the place of every field, by labels from `registry/`; `text`, `number`,
`money`, `target`, `period` and `checkbox` read one kind of value each and give back what they doubted.
"""
