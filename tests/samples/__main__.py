"""``python -m tests.samples [KEY...]`` draws the sample filings and writes their golden answers."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.samples.arrange import arranged
from tests.samples.backends import draw
from tests.samples.backends.setup import PageSetup
from tests.samples.finish import fix_dates
from tests.samples.golden import write_golden
from tests.samples.loader import load_documents
from tests.samples.model import Document

ROOT = Path(__file__).parents[2]
RAW = ROOT / "data" / "raw"
GOLDEN = ROOT / "tests" / "golden"


def main(keys: list[str]) -> None:
    """Draws the named samples, all of them without a name."""
    for document in load_documents():
        if not keys or any(document.key.startswith(key) for key in keys):
            make(document)


def make(document: Document) -> None:
    """One PDF and its golden answer."""
    target = RAW / document.path
    setup = {name: tuple(v) if isinstance(v, list) else v for name, v in document.drawing.get("setup", {}).items()}
    items, paper = arranged(document), PageSetup(**setup)
    draw(document.producer, items, paper, target)
    if document.damage:
        from tests.samples.damage.apply import damage_file

        damage_file(document.damage, items, paper, target)
    fix_dates(target)
    pages = page_count(target)
    write_golden(document, pages, (GOLDEN / document.path).with_suffix(".json"))
    print(f"{document.key}: {document.path}, {pages} pages, {target.stat().st_size // 1024} KB")


def page_count(path: Path) -> int:
    """How many pages the drawn PDF has."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        return len(pdf)


if __name__ == "__main__":
    main(sys.argv[1:])
