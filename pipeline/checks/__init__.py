"""The rules that look at one document: facts with their cells, small functions, and a registry that says the rest."""
