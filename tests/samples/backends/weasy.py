"""WeasyPrint prints HTML."""

from __future__ import annotations

from pathlib import Path

from tests.samples.backends.html import page_html
from tests.samples.backends.setup import PageSetup
from tests.samples.sheet import Item


def draw(items: list[Item], setup: PageSetup, target: Path) -> None:
    """Prints the items."""
    from weasyprint import HTML

    HTML(string=page_html(items, setup)).write_pdf(target)
