"""Page headers, footers and page numbers: lines that belong to the page, not to the document."""

import re
from collections import Counter
from collections.abc import Sequence, Set

from extractors.page import Page
from extractors.table import TextLine

_MARGIN = 0.11  # share of the page's height at its top and bottom where furniture stands
_REPEATS = 3  # pages on which a line must come back to be a running header
_LARGE = 1.1  # running headers are not set larger than the text; titles at the top of each page are
_PAGE_NUMBER = re.compile(
    r"[\s\-—–―‐－·.]*(?:第\s*)?[0-9０-９ivxIVX]{1,4}\s*(?:页)?(?:(?:[\s,，]+|[,，\s]*(?:/|共|of)\s*)[0-9]{1,5}\s*页?)?[\s\-—–―‐－·.]*",
)


# What a caption says when its table goes on: "(continued)", "table continued", "continues from above".
_CONTINUED = re.compile(r"[(（〔\[]\s*(?:接上|续)\s*[表页]?\s*\d*\s*[)）〕\]]|^续(?:\s*上?\s*表)?|续\s*表$")


def drop_furniture(
    pages: Sequence[Page], lines: Sequence[Sequence[TextLine]], body: float
) -> tuple[list[list[TextLine]], list[list[TextLine]]]:
    """The lines of each page without page numbers and running headers, and the running headers of each page.

    Args:
        pages: the pages.
        lines: the lines of each page outside its tables.
        body: usual height of the document's characters in points, tables included.
    """
    margins = [[line for line in of_page if _in_margin(line, page)] for page, of_page in zip(pages, lines, strict=True)]
    seen = Counter(_place(line) for of_page in margins for line in of_page if line.size <= _LARGE * body)

    kept: list[list[TextLine]] = []
    running: list[list[TextLine]] = []
    for of_page, margin in zip(lines, margins, strict=True):
        numbers = {id(line) for line in margin if _PAGE_NUMBER.fullmatch(line.text)}
        repeated = {id(line) for line in margin if seen[_place(line)] >= _REPEATS}
        kept.append(_without_ends(of_page, numbers | repeated))
        stay = {id(line) for line in kept[-1]}
        running.append([line for line in margin if id(line) in repeated - numbers - stay])
    return kept, running


def caption_key(line: TextLine) -> str:
    """What a caption says wherever it is repeated: without blanks and without the mark that its table goes on."""
    return _CONTINUED.sub("", "".join(line.text.split()))


def _without_ends(lines: Sequence[TextLine], dropped: Set[int]) -> list[TextLine]:
    """The lines without those dropped that have nothing but such lines between them and the page's edge."""
    first, stop = 0, len(lines)
    while first < stop and id(lines[first]) in dropped:
        first += 1
    while stop > first and id(lines[stop - 1]) in dropped:
        stop -= 1
    return list(lines[first:stop])


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
