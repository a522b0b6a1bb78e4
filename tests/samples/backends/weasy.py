"""WeasyPrint prints HTML."""

from __future__ import annotations

import os
from pathlib import Path

from tests.samples.backends.html import page_html
from tests.samples.backends.setup import PageSetup
from tests.samples.sheet import Item

_DRAWN = "1767225600"  # 2026-01-01: without it fontTools writes the time of drawing into the fonts


def draw(items: list[Item], setup: PageSetup, target: Path) -> None:
    """Prints the items."""
    from weasyprint import HTML

    os.environ.setdefault("SOURCE_DATE_EPOCH", _DRAWN)
    HTML(string=page_html(items, setup)).write_pdf(target)
