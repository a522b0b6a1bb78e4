"""The registry's CSV files as rows: what is known about words, kept out of the code."""

import csv
from functools import cache
from importlib.resources import files


@cache
def registry_rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `registry/<name>` by column; lines that begin with # are comments."""
    text = (files("normalizers") / "registry" / name).read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(csv.DictReader(lines))
