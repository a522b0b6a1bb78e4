"""Every stage drawn on the page's picture: a wrong table is explained by a picture, not by a print."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors.geometry import BBox
from extractors.page import Ruling
from extractors.pdf import Pdf
from extractors.reading import Reading, believe_or_see
from extractors.rulings import join_rulings

_DPI = 110.0
_RULING, _CELL, _JOINED, _NAME = (220, 40, 40), (40, 90, 220), (240, 150, 0), (0, 120, 60)


@dataclass(frozen=True, slots=True)
class Mark:
    """A name to write into a box of a page, such as the column that a cell's text went to."""

    page: int
    box: BBox
    name: str


def draw_pages(path: Path, reading: Reading, marks: Iterable[Mark], folder: Path) -> list[Path]:
    """Write one PNG for each page that holds a table: rulings red, cells blue, joins over pages orange, names green.

    Returns:
        The files written, in page order.
    """
    parts: dict[int, list[tuple[BBox, bool]]] = {}
    for table in reading.tables:
        for cell in table.cells:
            for part in cell.parts:
                parts.setdefault(part.page, []).append((part.box, len(cell.parts) > 1))
    named = list(marks)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with Pdf(path) as pdf:
        for page, boxes in sorted(parts.items()):
            target = folder / f"{path.stem}-{page:03d}.png"
            _draw(pdf, page, boxes, [mark for mark in named if mark.page == page]).save(target)
            written.append(target)
    return written


def _draw(pdf: Pdf, number: int, boxes: Sequence[tuple[BBox, bool]], marks: Sequence[Mark]):  # type: ignore[no-untyped-def]
    """The page's picture (PIL) with everything drawn on it."""
    from PIL import ImageDraw

    image, scale = pdf.render(number, _DPI), _DPI / 72
    page, _ = believe_or_see(pdf, pdf.read_page(number))
    draw = ImageDraw.Draw(image)
    for box, joined in boxes:
        inset = 3.0 if joined else 1.5
        draw.rectangle(_scaled(box, scale, inset), outline=_JOINED if joined else _CELL, width=2 if joined else 1)
    for lines, horizontal in ((page.horizontals, True), (page.verticals, False)):
        for line in join_rulings(lines):
            draw.rectangle(_scaled(page.shown(_ruling_box(line, horizontal)), scale, 0), outline=_RULING)
    names: dict[BBox, list[str]] = {}
    for mark in marks:
        if mark.name not in names.setdefault(mark.box, []):
            names[mark.box].append(mark.name)
    for box, found in names.items():
        draw.text((box.x0 * scale + 4, box.top * scale + 2), ", ".join(found), fill=_NAME)
    return image


def _ruling_box(line: Ruling, horizontal: bool) -> BBox:
    if horizontal:
        return BBox(line.start, line.at, line.end, line.at)
    return BBox(line.at, line.start, line.at, line.end)


def _scaled(box: BBox, scale: float, inset: float) -> tuple[float, float, float, float]:
    x0, top, x1, bottom = (side * scale for side in box)
    return x0 + inset, top + inset, max(x1 - inset, x0 + inset), max(bottom - inset, top + inset)
