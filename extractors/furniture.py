"""Page headers, footers and page numbers: lines that belong to the page, not to the document."""

import re
from collections import Counter
from collections.abc import Sequence

from extractors.page import Page
from extractors.table import TextLine

_MARGIN = 0.11  # share of the page's height at its top and bottom where furniture stands
_REPEATS = 3  # pages on which a line must come back to be a running header
_LARGE = 1.25  # running headers are not set larger than the text
_PAGE_NUMBER = re.compile(
    r"[\s\-—–―‐·.]*(?:第\s*)?[0-9０-９ivxIVX]{1,5}\s*(?:页)?(?:[\s,，/]*(?:共|of)?\s*[0-9]{1,5}\s*页?)?[\s\-—–―‐·.]*",
)


def drop_furniture(pages: Sequence[Page], lines: Sequence[Sequence[TextLine]]) -> list[list[TextLine]]:
    """The lines of each page without page numbers and running headers."""
    margins = [[line for line in of_page if _in_margin(line, page)] for page, of_page in zip(pages, lines, strict=True)]
    sizes = sorted(line.size for of_page in lines for line in of_page)
    body = sizes[len(sizes) // 2] if sizes else 0.0
    seen = Counter(_place(line) for of_page in margins for line in of_page if line.size <= _LARGE * body)
    dropped = {
        id(line)
        for of_page in margins
        for line in of_page
        if _PAGE_NUMBER.fullmatch(line.text) or seen[_place(line)] >= _REPEATS
    }
    return [[line for line in of_page if id(line) not in dropped] for of_page in lines]


def _in_margin(line: TextLine, page: Page) -> bool:
    height = page.width if page.turns % 2 else page.height
    width = page.height if page.turns % 2 else page.width
    near = _MARGIN * height
    at_edge = line.box.bottom < near or line.box.top > height - near
    if page.turns % 2:  # shown turned: the upright top is a side of the page as shown
        at_edge = line.box.x1 < _MARGIN * width or line.box.x0 > width - _MARGIN * width
    return at_edge


def _place(line: TextLine) -> tuple[str, int]:
    return re.sub(r"\d+", "0", line.text), round(line.box.top / 4)
