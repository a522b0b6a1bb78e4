"""How much of what is printed in a document's tables reached the database: characters counted, blanks left out.

Counted from the other end than `assemble` works. Printed is every character of the page inside the frame of a table.
Each cell of the page is then held against the rows of the document's record:

- value: the words of a receipt whose box covers the cell;
- other table: the cell's text is that of a cell of `other_table_cells` on this page, each of them used once (of a cell
  that a page break cuts: part of a cell of this page or of those before);
- label: what is left of the cell is a wording of the registry, a label or role that stands in a row (`fields.label`,
  `contacts.role`), the heading of an other table come again on a later page, a mark for nothing or no word at all. Its
  meaning is the column that its value stands in. Labels count as reached, but on a line of their own: that a wording
  is known says nothing about the place where it stands;
- lost: everything else, and characters inside the frame that no cell holds.

Only documents that were read from their text layer can be counted: elsewhere what is printed is not known.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from extractors.fragment import Fragment
from extractors.page import Page
from extractors.pdf import Pdf
from extractors.reading import read_page
from normalizers.heading import title_kind
from normalizers.money import find_unit
from normalizers.template import templates
from normalizers.text import fold, is_missing
from normalizers.vocabulary import Vocabulary, base_vocabulary
from pipeline.records import DocumentRecord, Provenance

_HEADER_ROWS = 4  # a header that comes again on a later page has at most this many rows
_CUT = "\0"
_PIECES = re.compile(r"[:：;；,，、。()（）\[\]【】\0]+")


@dataclass(slots=True)
class Loss:
    """Characters inside tables, by what became of them; the texts that were lost, with their page."""

    value: int = 0
    other_table: int = 0
    label: int = 0
    lost: int = 0
    texts: list[tuple[int, str]] = field(default_factory=list)

    @property
    def printed(self) -> int:
        """All of them."""
        return self.value + self.other_table + self.label + self.lost

    def add(self, other: "Loss") -> None:
        """Sum up."""
        self.value, self.other_table = self.value + other.value, self.other_table + other.other_table
        self.label, self.lost = self.label + other.label, self.lost + other.lost
        self.texts += other.texts


def measure(path: Path, record: DocumentRecord) -> Loss:
    """The characters inside the tables of a file that was read from its text layer; nothing for other files."""
    total = Loss()
    if record.text_source == "digital":
        held = _Held.of(record)
        with Pdf(path) as pdf:
            for number in range(1, pdf.page_count + 1):
                page = pdf.read_page(number)
                fragments = read_page(page)[0]
                for fragment in fragments:
                    total.add(_fragment_loss(page, fragment, held))
                total.lost += _in_no_cell(page, fragments)
    return total


def _in_no_cell(page: Page, fragments: Sequence[Fragment]) -> int:
    """How many characters inside the frames of a page's tables stand in none of their cells."""
    boxes = [fragment.box for fragment in fragments]
    places = ((char.text, (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2) for char in page.chars)
    framed = sum(
        len(_bare(text))
        for text, x, y in places
        if any(box.x0 <= x <= box.x1 and box.top <= y <= box.bottom for box in boxes)
    )
    return max(0, framed - sum(len(_bare(text)) for fragment in fragments for text in fragment.texts))


@dataclass(slots=True)
class _Held:
    """What the rows of a document hold: receipts by page, texts of other tables by page, labels."""

    receipts: Mapping[int, Sequence[Provenance]]
    others: Mapping[int, Counter[str]]
    headings: Mapping[str, int]
    labels: frozenset[str]

    @classmethod
    def of(cls, record: DocumentRecord) -> "_Held":
        receipts: defaultdict[int, list[Provenance]] = defaultdict(list)
        others: defaultdict[int, Counter[str]] = defaultdict(Counter)
        headings: dict[str, int] = {}
        labels: set[str] = set()
        for row in record.rows:
            for receipt in row.provenance:
                receipts[receipt.page].append(receipt)
            if row.table == "other_table_cells" and row.values["text"]:
                text, page = _bare(str(row.values["text"])), int(str(row.values["page"]))
                others[page][text] += 1
                if int(str(row.values["row"])) < _HEADER_ROWS:
                    headings[text] = min(page, headings.get(text, page))
            labels.update(fold(str(row.values.get(name) or "")).rstrip(":") for name in ("label", "role"))
        return cls(receipts, others, headings, frozenset(labels))

    def takes(self, page: int, text: str, is_cut: bool) -> bool:
        """Whether a cell of other tables has this text: it is used up, unless a page break cut it."""
        if self.others[page][text]:
            self.others[page][text] -= 1
            return True
        around = (other for number in (page, page - 1, page - 2) for other in self.others[number])
        return is_cut and any(len(other) > len(text) and text in other for other in around)


def _fragment_loss(page: Page, fragment: Fragment, held: _Held) -> Loss:
    loss = Loss()
    raws = _raws(page, fragment, held.receipts[page.number])
    last_row = len(fragment.grid.y_edges) - 1
    for index, (cell, text) in enumerate(zip(fragment.grid.cells, fragment.texts, strict=True)):
        bare = _bare(text)
        rest = _without(bare, raws[index])
        loss.value += len(bare) - len(rest.replace(_CUT, ""))
        is_cut = cell.row == 0 or cell.row + cell.row_span == last_row
        if rest.strip(_CUT) and held.takes(page.number, bare, is_cut):
            loss.other_table += len(rest.replace(_CUT, ""))
            continue
        if cell.row < _HEADER_ROWS and held.headings.get(rest, page.number) < page.number:
            continue
        for piece in [rest] if _CUT not in rest and _is_label(rest, held.labels) else _PIECES.split(rest):
            if not _is_label(piece, held.labels):
                loss.lost += len(piece)
                loss.texts.append((page.number, piece))
    loss.label = sum(len(_bare(text)) for text in fragment.texts) - loss.value - loss.other_table - loss.lost
    return loss


def _raws(page: Page, fragment: Fragment, receipts: Sequence[Provenance]) -> defaultdict[int, set[str]]:
    """What receipts say is printed in each cell of the page, by the cell's index."""
    raws: defaultdict[int, set[str]] = defaultdict(set)
    boxes = [page.shown(fragment.grid.cell_box(cell)) for cell in fragment.grid.cells]
    middles = [((box.x0 + box.x1) / 2, (box.top + box.bottom) / 2) for box in boxes]
    for receipt in receipts:
        x0, top, x1, bottom = receipt.box
        for index, (x, y) in enumerate(middles):
            if x0 <= x <= x1 and top <= y <= bottom:
                raws[index].add(_bare(receipt.raw_text))
    return raws


def _without(text: str, raws: set[str]) -> str:
    """The text without the words of its receipts, a cut where each stood."""
    for raw in sorted(raws - {""}, key=len, reverse=True):
        text = _CUT if text in raw else text.replace(raw, _CUT)
    return text


@cache
def _vocabularies() -> list[Vocabulary]:
    return [base_vocabulary(), *(template.vocabulary for template in templates() if template.labels)]


def _is_label(piece: str, labels: frozenset[str]) -> bool:
    """Whether a piece of a cell says nothing of its own: a label, a mark for nothing, a title or a unit of money."""
    return (
        not any(char.isalnum() for char in piece)
        or is_missing(piece)
        or fold(piece).rstrip(":") in labels
        or title_kind(piece) is not None
        or find_unit(f"({piece})") is not None
        or any(words.has(piece) for words in _vocabularies())
    )


def _bare(text: str) -> str:
    return "".join(text.split())
