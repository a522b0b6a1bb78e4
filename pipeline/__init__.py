"""jixiao: Chinese budget-performance filings, from PDF to a SQL database one can trust.

A run reads as it happens: `document` finds the files and names them; `batch` hands each to a worker;
the worker calls `read_document` (`document -> tables -> forms -> rows`, one screen, in `run`);
`assemble` is the one place where geometry (`extractors`) and meaning (`normalizers`) meet;
`store` writes a document's rows in one transaction; `export` writes the tables for people.
"""

__version__ = "0.1.0"
