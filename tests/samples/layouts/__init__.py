"""One module a form family: a filing goes in, headings and abstract tables come out."""

from __future__ import annotations

from collections.abc import Callable

from tests.samples.layouts import d1, d2, d3, d4, s1, s2, s3
from tests.samples.model import Filing
from tests.samples.sheet import Item

LAYOUTS: dict[str, Callable[[Filing], list[Item]]] = {
    "D1": d1.form,
    "D2": d2.form,
    "D3": d3.form,
    "D4": d4.form,
    "S1": s1.form,
    "S2": s2.form,
    "S3": s3.form,
}


def form(filing: Filing) -> list[Item]:
    """The form of one filing, ready to be drawn."""
    return LAYOUTS[filing.family](filing)
