"""Names of levels, from the tree of the framework, the cell's place in it, and the names of the indicators below.

A level's cell covers several indicators; all its rows carry its text and its box. What the tree leaves open for a cell
are its candidates, each with a weight for what speaks for it; the matcher weighs them against what was read. Of a cell
that was destroyed beyond likeness nothing is left to match: it takes the one candidate that place and names agree on.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from normalizers.repair.levels import ENDINGS, frameworks, level1_name, level2_name, likely_frameworks
from normalizers.repair.lexicon import Context, Known, Lexicon, Odds
from pipeline.records import Row
from pipeline.repairs.book import Book, Cell, Finding
from pipeline.repairs.names import to_finding

RULE = "level"
_TABLES = ("indicators", "evaluation_scores")
_ENDINGS = (*ENDINGS, "")
_ODDS = Odds(listed=0.8, certain=0.95, farthest=0.4)  # few forms have a level that no framework version knows
_ASKED = 20.0  # how much likelier a name is that the indicators below the cell ask for
_IN_ORDER = 4.0  # one that the tree has between the cell's neighbours
_TAKEN = 0.05  # one that stands elsewhere on the form
_DESTROYED = 0.6  # confidence below which a text that is like no level may be a level all the same
_SHARED = 2  # characters that a text and a name have in common by more than chance
_BY_PLACE = 0.9  # score of what place and names below agree on, without likeness


@dataclass(frozen=True, slots=True)
class _LevelCell:
    """A printed level cell: the rows it covers, what was read, and the bare name if a framework knows it."""

    column: str
    rows: tuple[Row, ...]
    text: str
    known: str
    confidence: float


def repair_levels(book: Book, lexicon: Lexicon) -> None:
    """Match the doubtful level cells of every form, the second level first: it says most of the first."""
    for _, tables in book.filings():
        rows = [row for table in _TABLES for row in tables.get(table, ())]
        for _, of_one_set in groupby(rows, key=lambda row: (row.table, row.values.get("scope"))):
            ids = [row.row_id for row in of_one_set]
            for column in ("level2", "level1"):
                _repair_column(book, [book.row(Cell(row_id, column)) for row_id in ids], column, lexicon)


def _repair_column(book: Book, rows: Sequence[Row], column: str, lexicon: Lexicon) -> None:
    cells = list(_cells(rows, column))
    doubtful = [c for c in cells if not c.known and book.is_open(Cell(c.rows[0].row_id, column))]
    if not doubtful:
        return
    tree = _tree(rows)
    endings = _endings(cells)
    for cell in doubtful:
        weights = _weights(cell, cells, tree, lexicon)
        finding = _weigh(cell, weights, endings)
        if finding is not None:
            for row in cell.rows:
                book.settle(Cell(row.row_id, column), finding)


def _cells(rows: Sequence[Row], column: str) -> Iterator[_LevelCell]:
    """The level cells from the top: rows that follow each other and have their text from one place."""
    name_of = level1_name if column == "level1" else level2_name
    for places, group in groupby(rows, key=lambda row: tuple((r.page, r.box) for r in row.receipts(column))):
        members = tuple(group)
        text = str(members[0].values.get(column) or "")
        if places and text:
            sure = min(receipt.confidence for receipt in members[0].receipts(column))
            yield _LevelCell(column, members, text, name_of(text) or "", sure)


def _tree(rows: Sequence[Row]) -> Mapping[str, tuple[str, ...]]:
    """Bare first levels and their second levels: of the framework versions that have most of the form's pairs."""
    pairs = {(_text(row, "level1"), _text(row, "level2")) for row in rows}
    known = [pair for pair in pairs if level1_name(pair[0]) and level2_name(pair[1])]
    merged: dict[str, tuple[str, ...]] = {}
    for version in likely_frameworks(known) or frameworks():
        for level1, below in version.levels.items():
            merged[level1] = tuple(dict.fromkeys((*merged.get(level1, ()), *below)))
    return merged


def _endings(cells: Sequence[_LevelCell]) -> tuple[str, ...]:
    """The ending that the form's level names have; all, where none was read."""
    seen = Counter(ending for cell in cells if cell.known for ending in _ENDINGS if _has_ending(cell.text, ending))
    return (seen.most_common(1)[0][0],) if seen else _ENDINGS


def _has_ending(text: str, ending: str) -> bool:
    return text.endswith(ending) if ending else not text.endswith(ENDINGS)


def _weights(
    cell: _LevelCell, cells: Sequence[_LevelCell], tree: Mapping[str, tuple[str, ...]], lexicon: Lexicon
) -> dict[str, float]:
    """The bare names that may stand in a cell, each with what speaks for it."""
    if cell.column == "level1":
        candidates, siblings = tuple(tree), [c for c in cells if c is not cell]
        asked = Counter(
            level1 for row in cell.rows for level1, below in tree.items() if level2_name(_text(row, "level2")) in below
        )
    else:
        parent = level1_name(_text(cell.rows[0], "level1"))
        candidates = tree.get(parent or "") or tuple(dict.fromkeys(name for below in tree.values() for name in below))
        siblings = [c for c in cells if c is not cell and _text(c.rows[0], "level1") == _text(cell.rows[0], "level1")]
        known = (lexicon.find(_text(row, "level3")) for row in cell.rows)
        asked = Counter(level2_name(each.level2[0]) or "" for each in known if each and each.level2)
    taken = {sibling.known for sibling in siblings}
    asking = sum(count for name, count in asked.items() if name not in taken) or asked.total()
    between = _between(cell, cells, candidates)
    return {
        name: (1 + (_ASKED - 1) * min(1.0, asked[name] / max(1, asking)))
        * (_IN_ORDER if name in between else 1.0)
        * (_TAKEN if name in taken else 1.0)
        for name in candidates
    }


def _text(row: Row, column: str) -> str:
    return str(row.values.get(column) or "")


def _between(cell: _LevelCell, cells: Sequence[_LevelCell], candidates: Sequence[str]) -> Sequence[str]:
    """The candidates that the tree has between the cell's neighbours."""
    at = cells.index(cell)
    before = [candidates.index(c.known) for c in cells[:at] if c.known in candidates][-1:]
    behind = [candidates.index(c.known) for c in cells[at + 1 :] if c.known in candidates][:1]
    return candidates[before[0] + 1 if before else 0 : behind[0] if behind else len(candidates)]


def _weigh(cell: _LevelCell, weights: Mapping[str, float], endings: Sequence[str]) -> Finding | None:
    known = [Known(name + ending, weight=weight) for name, weight in weights.items() for ending in endings]
    if not known:
        return None
    facts = "near a name of the tree, weighed with its place and the names below"
    match = Lexicon(known, odds=_ODDS).match([cell.text], [Context(confidence=cell.confidence)])[0]
    is_destroyed = cell.confidence < _DESTROYED and not _resembles_any(cell.text)
    if match.value is not None or not is_destroyed or len(endings) > 1:
        return to_finding(RULE, cell.text, match, facts)
    ranked = sorted(weights, key=lambda name: -weights[name])
    if len(ranked) < 2 or weights[ranked[0]] < _ASKED * weights[ranked[1]]:
        return to_finding(RULE, cell.text, match, facts)
    name = ranked[0] + endings[0]
    return Finding(RULE, name, _BY_PLACE, "destroyed; names below and place leave this one", ((name, _BY_PLACE),))


def _resembles_any(text: str) -> bool:
    """Whether a text shares characters with some level's name, of this column or another."""
    names = {name for version in frameworks() for level1, below in version.levels.items() for name in (level1, *below)}
    return any(len(set(text) & set(name)) >= _SHARED for name in names)
