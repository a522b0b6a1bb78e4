"""A browser prints HTML."""

from __future__ import annotations

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.samples.backends.html import page_html
from tests.samples.backends.setup import PageSetup
from tests.samples.sheet import Item

OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
)


def draw(items: list[Item], setup: PageSetup, target: Path) -> None:
    """Prints the items; a fresh browser profile each time."""
    with TemporaryDirectory() as folder:
        page = Path(folder, "page.html")
        page.write_text(page_html(items, setup), "utf-8")
        profile = f"--user-data-dir={Path(folder, 'profile')}"
        printed = Path(folder, "page.pdf")
        command = ["chromium", *OPTIONS, profile, f"--print-to-pdf={printed}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        target.write_bytes(printed.read_bytes())
