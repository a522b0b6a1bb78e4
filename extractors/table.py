"""What table finding gives back: cells with their place in the table and on the pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from extractors.geometry import BBox


class CellDoubt(StrEnum):
    """Codes of doubts about what stands in a cell."""

    ASTRIDE_RULING = "astride_ruling"  # the text runs over the cell's border; kept whole where most of it stands
    READERS_DISAGREE = "readers_disagree"  # an independent reader sees another text here


class TextSource(StrEnum):
    """Where a text was read from."""

    TEXT_LAYER = "text_layer"
    OCR = "ocr"


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text outside the tables.

    Attributes:
        text: as printed, parts that stand far apart joined with a blank.
        box: in points on the page as shown.
        size: median height of its characters in points.
        source: where the text comes from.
        confidence: 0 to 1, of the reading of the characters.
        level: the box on the upright, levelled page; None where the page is shown so.
    """

    text: str
    page: int
    box: BBox
    size: float
    source: TextSource = TextSource.TEXT_LAYER
    confidence: float = 1.0
    level: BBox | None = None

    @property
    def upright(self) -> BBox:
        """The box on the upright, levelled page."""
        return self.level or self.box


@dataclass(frozen=True, slots=True)
class Part:
    """What one page holds of a cell. `text` has a line break wherever the page has one."""

    page: int
    box: BBox
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes:
        row: 0-based.
        column: 0-based.
        row_span: at least 1.
        column_span: at least 1.
        parts: one for each page that the cell stands on, in reading order.
        source: where the text comes from.
        confidence: 0 to 1, of the reading of the characters.
        doubts: about the text's place or reading.
        rival: what another engine reads there; empty where it agrees, or was not asked.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    parts: tuple[Part, ...]
    source: TextSource = TextSource.TEXT_LAYER
    confidence: float = 1.0
    doubts: tuple[CellDoubt, ...] = ()
    rival: str = ""

    @property
    def text(self) -> str:
        """The printed text with line breaks, over all its pages."""
        if len(self.parts) == 1:
            return self.parts[0].text
        return "\n".join(part.text for part in self.parts if part.text)


@dataclass(frozen=True, slots=True)
class Table:
    """One table, over as many pages as it runs.

    Attributes:
        cells: in reading order (row, column); they tile the table without overlap.
        row_count: number of rows.
        column_count: number of columns.
        row_pages: the page of every row (1-based), where it begins.
        x_edges: column edges in points on the upright page, `column_count` + 1 of them.
        is_guessed: whether columns are not drawn but inferred from the text.
        above: lines between the table and what stands before it, top down.
        below: lines between the table and what stands after it, top down.
        margin: running lines of the pages from the table before it to its first one: headers, and captions that are
            repeated from page to page.
    """

    cells: tuple[Cell, ...]
    row_count: int
    column_count: int
    row_pages: tuple[int, ...]
    x_edges: tuple[float, ...]
    is_guessed: bool = False
    above: tuple[TextLine, ...] = ()
    below: tuple[TextLine, ...] = ()
    margin: tuple[TextLine, ...] = ()

    @property
    def page_first(self) -> int:
        """1-based."""
        return self.row_pages[0]

    @property
    def page_last(self) -> int:
        """1-based."""
        return max(part.page for cell in self.cells for part in cell.parts)

    def rows(self) -> Iterator[list[Cell]]:
        """The cells that begin in each row."""
        rows: list[list[Cell]] = [[] for _ in range(self.row_count)]
        for cell in self.cells:
            rows[cell.row].append(cell)
        yield from rows
