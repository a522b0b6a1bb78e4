"""Names of indicators, from the registry and from what the other rows of the document say."""

from collections import Counter
from collections.abc import Iterator, Sequence

from normalizers.repair.lexicon import Context, Known, Lexicon, Match
from normalizers.text import fold
from pipeline.records import Row
from pipeline.repairs.book import Book, Cell, Finding

RULE = "name"
_TABLES = ("indicators", "evaluation_scores")
_COLUMN = "level3"
_LIKELY = 0.5  # posterior probability from which a name that is not accepted is worth a look
_LONGEST = 30  # characters; longer texts describe more than they name


def repair_names(book: Book, lexicon: Lexicon, rule: str = RULE) -> None:
    """Match every doubtful name of an indicator against the lexicon and the document's own sure names."""
    rows = [row for row in book.rows if row.table in _TABLES and row.values.get(_COLUMN)]
    doubtful = [row for row in rows if book.is_open(Cell(row.row_id, _COLUMN)) and len(_name(row)) <= _LONGEST]
    if not doubtful:
        return
    known = lexicon.extended(_own_names(rows))
    matches = known.match([_name(row) for row in doubtful], [_context(row) for row in doubtful])
    for row, match in zip(doubtful, matches, strict=True):
        if _stands_already(row, match, rows):
            continue
        finding = to_finding(rule, _name(row), match, _evidence(row))
        if finding is not None:
            book.settle(Cell(row.row_id, _COLUMN), finding)


def _stands_already(row: Row, match: Match, rows: Sequence[Row]) -> bool:
    """Whether another row of the same form and set has the name: no form asks for one thing twice."""
    best = match.value or (match.rivals[0][0] if match.rivals else "")
    return match.reason != "equal" and any(
        fold(_name(other)) == fold(best) and other.row_id != row.row_id and _set_of(other) == _set_of(row)
        for other in rows
    )


def _set_of(row: Row) -> tuple[object, ...]:
    """The set of indicators a row belongs to."""
    return row.table, row.values["filing_id"], row.values.get("scope")


def to_finding(rule: str, text: str, match: Match, evidence: str) -> Finding | None:
    """What a match says of a text; None where it says nothing new."""
    if match.value is not None:
        rivals = ((match.value, match.score), *match.rivals)
        return None if match.value == text else Finding(rule, match.value, match.score, evidence, rivals)
    if match.score < _LIKELY:
        return None
    return Finding(rule, None, match.score, f"{evidence}; not enough: {match.reason}", match.rivals)


def _own_names(rows: Sequence[Row]) -> Iterator[Known]:
    """Names that the document prints with confidence, each as often as it does."""
    seen = Counter((_name(row), str(row.values.get("level2") or "")) for row in rows if not row.is_flagged(_COLUMN))
    for (name, level2), count in seen.items():
        yield Known(name, (level2,) if level2 else (), source="document", weight=float(count))


def _name(row: Row) -> str:
    return str(row.values[_COLUMN])


def _context(row: Row) -> Context:
    """What stands beside the name; a level or unit that is itself in doubt says nothing."""
    level2, unit = (
        "" if row.is_flagged(column) else str(row.values.get(column) or "") for column in ("level2", "target_unit")
    )
    return Context(level2, unit, min(receipt.confidence for receipt in row.receipts(_COLUMN)))


def _evidence(row: Row) -> str:
    context = _context(row)
    beside = " and ".join(filter(None, (context.level2, context.unit)))
    return "near a known name" + (f"; stands beside {beside}" if beside else "")
