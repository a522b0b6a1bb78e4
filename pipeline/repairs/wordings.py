"""Values of short closed lists: fund items, choices; and names that other forms of the same file print."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from normalizers.repair.lexicon import Known, Lexicon, Odds, closest
from normalizers.vocabulary import read_registry
from pipeline.records import Row
from pipeline.repairs.book import Book, Cell
from pipeline.repairs.names import to_finding

_REPEATED = ("department", "implementing_unit")
_OFTEN = 2  # forms of the file that must agree on a name
_ODDS = Odds(farthest=0.25)  # departments of one district share half of their characters


def repair_wordings(book: Book) -> None:
    """Match doubtful items and choices against the registry's lists."""
    for row in list(book.rows):
        for column, wordings in _lists(row):
            cell = Cell(row.row_id, column)
            text = row.values.get(column)
            if text and book.is_open(cell):
                finding = to_finding("item", str(text), closest(str(text), wordings), "near a wording of the list")
                if finding is not None:
                    book.settle(cell, finding)


def repair_repeated(book: Book) -> None:
    """Match doubtful names of departments and units against those that other forms of the file agree on."""
    filings = [row for row in book.rows if row.table == "filings"]
    for column in _REPEATED:
        sure = _sure_names(filings, column)
        if not sure:
            continue
        lexicon = Lexicon(sure, odds=_ODDS)
        for row in filings:
            cell = Cell(row.row_id, column)
            text = row.values.get(column)
            if text and book.is_open(cell):
                match = lexicon.match([str(text)])[0]
                finding = to_finding("same_document", str(text), match, f"{len(filings)} forms in the file")
                if finding is not None:
                    book.settle(cell, finding)


def _sure_names(filings: Sequence[Row], column: str) -> list[Known]:
    values = (row.values.get(column) for row in filings if not row.is_flagged(column))
    seen = Counter(str(value) for value in values if value)
    return [Known(name, source="document", weight=float(count)) for name, count in seen.items() if count >= _OFTEN]


def _lists(row: Row) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Columns of a row whose values come from a list, with the list."""
    if row.table == "funds":
        yield "item", _items()
    elif row.table == "filings":
        yield from _choices().items()


@cache
def _items() -> tuple[str, ...]:
    labels: Mapping[str, Any] = read_registry("labels.yml")["funds"]
    return tuple(dict.fromkeys(word for group in ("total", "annual", "item") for word in labels[group]))


@cache
def _choices() -> Mapping[str, tuple[str, ...]]:
    return {column: tuple(words) for column, words in read_registry("repairs.yml")["choices"].items()}
