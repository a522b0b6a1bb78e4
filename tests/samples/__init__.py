"""The project's own sample filings: content as data, drawn as PDFs, with the golden answers beside them.

``content/*.yml`` says what a filing holds, ``layouts`` arranges it as an abstract table in the manner
of one form family, ``backends`` draws that with four programs, ``damage`` makes scans and worse of some,
``golden`` writes the answer from the content. ``python -m tests.samples`` does all of it; see README.md in this folder.
"""
