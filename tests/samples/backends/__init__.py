"""The programs that draw: each module has ``draw(items, setup, target)`` and alone imports its program."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from tests.samples.backends.setup import PageSetup
from tests.samples.sheet import Item

MODULES = {
    "libreoffice": "libreoffice",
    "chromium": "chromium",
    "weasyprint": "weasy",
    "reportlab": "canvas",
}


def draw(producer: str, items: list[Item], setup: PageSetup, target: Path) -> None:
    """Draws the items into a PDF with the named program."""
    target.parent.mkdir(parents=True, exist_ok=True)
    import_module(f"{__name__}.{MODULES[producer]}").draw(items, setup, target)
