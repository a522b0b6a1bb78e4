"""Damaged words and what was printed: the vocabulary, how characters are misread, and repairs with evidence."""
