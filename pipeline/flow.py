"""A document as it is read: paragraphs and tables one after the other, and receipts for what stands in paragraphs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from extractors.paragraphs import Paragraph, lines_to_paragraphs, places
from extractors.reading import Reading
from extractors.table import Table, TextLine, TextSource
from normalizers.form import Slot
from normalizers.text import fold, join_lines, normalise
from pipeline.receipts import IN_CONTEXT, text_of
from pipeline.records import Provenance


@dataclass(frozen=True, slots=True)
class Flow:
    """The blocks of a document in reading order.

    Attributes:
        blocks: paragraphs and tables.
        texts: one for each block, without layout breaks; empty for tables and for entries of a table of contents.
    """

    blocks: tuple[Paragraph | Table, ...]
    texts: tuple[str, ...]

    @classmethod
    def of(cls, reading: Reading) -> "Flow":
        """The flow of a document."""
        lines = [block for block in reading.blocks if isinstance(block, TextLine)]
        blocks: list[Paragraph | Table] = []
        for is_table, group in groupby(reading.blocks, lambda block: isinstance(block, Table)):
            if is_table:
                blocks += (block for block in group if isinstance(block, Table))
            else:
                run = [block for block in group if isinstance(block, TextLine)]
                blocks += lines_to_paragraphs(run, lines)
        return cls(tuple(blocks), tuple(map(_text, blocks)))

    def receipts(self, column: str, slot: Slot, doubts: tuple[str, ...]) -> Iterable[Provenance]:
        """The lines that hold a slot's text, one record a page; see `pipeline.receipts.Source`."""
        paragraph = self.blocks[slot.line] if slot.line is not None else None
        if isinstance(paragraph, Paragraph):
            for page, box, lines in places(_holding(paragraph.lines, slot.text)):
                settled = any(text_of(line) != line.text for line in lines)
                source = max((line.source for line in lines), key=lambda s: s is TextSource.OCR)
                raw = "\n".join(line.text for line in lines)
                confidence = min(line.confidence for line in lines)
                yield Provenance(
                    column, page, box, raw, str(source), confidence, doubts, IN_CONTEXT if settled else ""
                )  # fmt: skip

    def pages(self, span: Iterable[int]) -> tuple[int, int]:
        """First and last page of some blocks."""
        found = [page for index in span for page in _pages(self.blocks[index])]
        return min(found), max(found)


def _pages(block: Paragraph | Table) -> tuple[int, int]:
    if isinstance(block, Table):
        return block.page_first, block.page_last
    return block.lines[0].page, block.lines[-1].page


def _text(block: Paragraph | Table) -> str:
    if isinstance(block, Table) or block.is_entry:
        return ""
    return normalise(join_lines([text_of(line) for line in block.lines]))


def _holding(lines: Sequence[TextLine], text: str) -> list[TextLine]:
    """The lines over which a piece of their text runs; all where it cannot be told."""
    wanted, keys = fold(text), [fold(text_of(line)) for line in lines]
    start = "".join(keys).find(wanted)
    if start < 0 or not wanted:
        return list(lines)
    found, at = [], 0
    for line, key in zip(lines, keys, strict=True):
        if at < start + len(wanted) and at + len(key) > start:
            found.append(line)
        at += len(key)
    return found
