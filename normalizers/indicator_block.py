"""The indicator table of a form: its header, one row or several, and the rows below it."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from normalizers.form import IndicatorLine, Place, Slot
from normalizers.parsed import Doubt
from normalizers.table_header import Column, find_columns, stack_cells
from normalizers.text_table import TextCell, TextTable
from normalizers.vocabulary import Vocabulary

_HEADER_ROWS = 3  # a header runs over at most this many rows
_LEVELS = ("level1", "level2", "level3")
_PART = "subtotal_row"
_NOT_WORDS = re.compile(r"[^\u4e00-\u9fff]+")
_COLON = re.compile("[:：]")
_OWN = ("level3", "target", "actual", "max_score", "score")  # what an indicator shares with no other
_MEASURES = {"target", "actual", "score", "max_score", "target_initial"}


@dataclass(frozen=True, slots=True)
class IndicatorBlock:
    """One indicator table.

    Attributes:
        header: its header's rows.
        columns: those with a known role, from the left.
        groups: how many indicator sets stand side by side.
    """

    header: range
    columns: tuple[Column, ...]
    groups: int = 1


@dataclass(slots=True)
class BlockRows:
    """What the rows under a header hold."""

    lines: list[IndicatorLine] = field(default_factory=list)
    total: list[Slot] = field(default_factory=list)
    labels: set[Place] = field(default_factory=set)
    end: int = 0


def find_blocks(table: TextTable, words: Vocabulary) -> list[IndicatorBlock]:
    """The indicator tables of a form, from the top."""
    candidates = [
        block
        for row in table.rows
        if _may_be_header(table, row, words) and (block := _best_header(table, row, words)) is not None
    ]
    best = [block for block in candidates if not any(_is_better(other, block) for other in candidates)]
    return [block for i, block in enumerate(best) if i == 0 or not _goes_on(table, best[i - 1], block, words)]


def _goes_on(table: TextTable, before: IndicatorBlock, block: IndicatorBlock, words: Vocabulary) -> bool:
    """Whether a header only says again what stands over the rows before it, as after a page break."""
    same = _own_roles(before) == _own_roles(block) or _is_part(block, before)
    labelled = any(
        cell.text and cell.row in block.header and cell.column < block.columns[0].columns.start
        for row in block.header
        for cell in table.row(row)
    )
    rows = table.part(range(table.rows.start, block.header.start))
    ends = read_rows(rows, before, words, [""] * before.groups)
    return same and not labelled and not ends.total and ends.end == block.header.start


def _is_part(block: IndicatorBlock, before: IndicatorBlock) -> bool:
    """Whether most of an earlier header's columns, and no others, are named in the same places: the rest is misread."""
    named, again = (
        {(role, column.columns.start) for role, column in zip(_own_roles(b), b.columns, strict=True)}
        for b in (before, block)
    )
    return again < named and 2 * len(again) > len(named)


def _own_roles(block: IndicatorBlock) -> list[str]:
    """The roles of its columns by their own headings: whose points they are, their neighbours say."""
    return [
        column.role.replace("level1_points", "max_score").replace("level2_points", "max_score")
        for column in block.columns
    ]


def _is_better(other: IndicatorBlock, block: IndicatorBlock) -> bool:
    """Whether another reading of overlapping header rows says as much with fewer rows, or more."""
    overlap = range(max(other.header.start, block.header.start), min(other.header.stop, block.header.stop))
    if other is block or not overlap:
        return False
    return (-len(other.columns), len(other.header), other.header.start) < (
        -len(block.columns), len(block.header), block.header.start
    )  # fmt: skip


def _may_be_header(table: TextTable, row: int, words: Vocabulary) -> bool:
    """Whether a row, with the one below it, has two headings at least."""
    cells = [*table.row(row), *(table.row(row + 1) if row + 1 in table.rows else ())]
    return sum(1 for cell in cells if cell.text and words.names(cell.joined, "indicator_columns")) >= 2


def _best_header(table: TextTable, row: int, words: Vocabulary) -> IndicatorBlock | None:
    readings = [
        _read_header(table, range(row, row + count), words)
        for count in range(1, _HEADER_ROWS + 1)
        if row + count <= table.rows.stop
    ]
    found = [reading for reading in readings if reading is not None]
    return max(found, key=lambda b: (len(b.columns), -len(b.header)), default=None)


def _read_header(table: TextTable, rows: range, words: Vocabulary) -> IndicatorBlock | None:
    """The rows as a header: stacked cells of a column are one label. None where they are no header."""
    stacks = list(stack_cells(table, rows))
    columns = find_columns(stacks, words, "indicator_columns", may_be_misread=table.is_seen)
    roles = {column.role for column in columns}
    named = roles & set(_LEVELS)
    if not named or not roles & _MEASURES or len(columns) < 3 or not ({"level3", "level2"} & roles):
        return None
    listed = find_columns(stacks, words, "list_columns")
    if any(column.role == "project" for column in listed):
        columns = sorted((*listed, *columns), key=lambda c: c.columns.start)
    return _in_groups(rows, _with_points(columns))


def _with_points(columns: Sequence[Column]) -> list[Column]:
    """Where points stand behind several levels, those of level 1 and 2 are the levels' own."""
    scored = [i for i, column in enumerate(columns) if column.role == "max_score"]
    done = list(columns)
    if len(scored) > 1:
        for i in scored:
            before = columns[i - 1].role if i else ""
            if before in ("level1", "level2"):
                done[i] = Column(f"{before}_points", columns[i].columns)
    return done


def _in_groups(rows: range, columns: Sequence[Column]) -> IndicatorBlock:
    """Columns whose roles come round again are a second set beside the first; level 1 is common to both."""
    done: list[Column] = []
    group = 0
    seen: set[str] = set()
    for column in columns:
        role = column.role
        if role in seen and role == "level2":
            group += 1
            seen = set()
        elif role in seen and role == "level3":  # 指标内容 beside 三级指标 describes it
            role = "content"
        seen.add(role)
        done.append(Column(role, column.columns, group))
    return IndicatorBlock(rows, tuple(done), group + 1)


def read_rows(table: TextTable, block: IndicatorBlock, words: Vocabulary, scopes: Sequence[str]) -> BlockRows:
    """The indicators under a header, down to the total row or to what is no indicator any more.

    Level cells that are blank take the level above: they are merged cells, or halves of one. The half at the end of
    a page whose name stands on the next page takes the level below. Subtotals part the rows; the last of several is
    no total. On a scan a cell that several indicators share is doubted: the ruling between them may be lost.
    """
    result = _read_rows(table, block, words, scopes)
    if table.is_seen:
        result.lines = list(_with_shared_doubted(result.lines))
    return result


def _with_shared_doubted(lines: Sequence[IndicatorLine]) -> Iterator[IndicatorLine]:
    taken = Counter(slot.place for line in lines for role in _OWN for slot in line.texts.get(role, ()) if slot.text)

    def weighed(slots: Iterable[Slot]) -> tuple[Slot, ...]:
        return tuple(replace(s, doubts=(*s.doubts, Doubt.AMBIGUOUS)) if taken[s.place] > 1 else s for s in slots)

    for line in lines:
        yield replace(line, texts={role: weighed(s) if role in _OWN else s for role, s in line.texts.items()})


def _read_rows(table: TextTable, block: IndicatorBlock, words: Vocabulary, scopes: Sequence[str]) -> BlockRows:
    result = BlockRows(labels=set(_headings(table, block, block.header)))
    levels = _Levels(_upper_halves(table, block, words))
    has_parts = False
    for row in range(block.header.stop, table.rows.stop):
        result.end = row
        if kind := _total_kind(table, block, row, words):
            if kind == _PART and any(_total_kind(table, block, r, words) for r in range(row + 1, table.rows.stop)):
                has_parts = True
                continue
            if kind != _PART or not has_parts:
                result.total = [s for slots in _texts(table, block, row, 0).values() for s in slots]
            result.end = row + 1
            return result
        if _ends_block(table, block, row, words):
            return result
        if _is_header_again(table, block, row, words):
            result.labels.update(_headings(table, block, range(row, row + 1)))
        else:
            for group in range(block.groups):
                line = _read_line(table, block, (row, group), levels, words)
                if line is not None:
                    result.lines.append(IndicatorLine(scopes[group], line))
    result.end = table.rows.stop
    return result


def _headings(table: TextTable, block: IndicatorBlock, rows: range) -> Iterator[Place]:
    """The cells of header rows over columns with a known role."""
    for row in rows:
        for column in block.columns:
            yield from (Place(cell.row, cell.column) for _, cell in _cells_under(table, row, column.columns))


def _total_kind(table: TextTable, block: IndicatorBlock, row: int, words: Vocabulary) -> str:
    """What a row adds up: `total_row`, `subtotal_row`, or empty for an indicator; its first text or a level says so."""
    own = [cell for cell in table.row(row) if cell.text and cell.row == row]
    levels = {place for column in block.columns if column.role in _LEVELS for place in column.columns}
    for cell in [*own[:1], *(cell for cell in own[1:] if cell.column in levels)]:
        names = {name for text in _words_in(cell, levels) for name in words.names(text, "indicators")}
        if _PART in names:
            return _PART
        if "total_row" in names:
            return "total_row"
    return ""


def _words_in(cell: TextCell, levels: Container[int]) -> list[str]:
    """A cell's text, and without what a misreading may put beside a word: marks, figures of the next column.

    Of a cell over several levels, as a total has, also each piece: a seal may stand before the word.
    """
    pieces = cell.text.split() if sum(column in levels for column in cell.columns) > 1 else []
    return [cell.joined, _NOT_WORDS.sub("", cell.joined), *pieces]


def _ends_block(table: TextTable, block: IndicatorBlock, row: int, words: Vocabulary) -> bool:
    """A row over the whole width, or one that begins with the label of something else."""
    cells = [cell for cell in table.row(row) if cell.row == row]
    first = next((cell for cell in cells if cell.text), None)
    if first is None or any(column.role == "project" for column in block.columns):
        return False
    if first.column_span >= table.column_count - block.columns[0].columns.start and len(cells) <= 2:
        return True
    if first.column > block.columns[0].columns.start:
        return False
    label = _COLON.split(first.joined)[0]  # of a signature the name may stand in the same cell
    return words.has(label, "head", "contacts", "fields") and not words.has(label, "indicators")


def _is_header_again(table: TextTable, block: IndicatorBlock, row: int, words: Vocabulary) -> bool:
    """Whether the row repeats the header (or a line of it), as after a page break."""
    texts = [cell.joined for cell in table.row(row) if cell.text and cell.row == row]
    known = sum(bool(words.names(text, "indicator_columns")) for text in texts)
    return known >= 2 and 2 * known > len(texts)


def _texts(table: TextTable, block: IndicatorBlock, row: int, group: int) -> dict[str, tuple[Slot, ...]]:
    """Role to text(s) of one row; a cell under two headers belongs to the one it covers more of, the right one."""
    cells: dict[str, TextCell] = {}
    takers: dict[int, tuple[int, str]] = {}
    for column in block.columns:
        if column.group not in (group, 0) or (column.group != group and column.role != "level1"):
            continue
        for overlap, cell in _cells_under(table, row, column.columns):
            taker = takers.get(id(cell))
            if taker is None or not _keeps(taker, overlap, column.role):
                if taker is not None:
                    del cells[taker[1]]
                takers[id(cell)] = (overlap, column.role)
                cells[column.role] = cell
                break
    return {role: (Slot(role, c.text, Place(c.row, c.column)),) for role, c in cells.items()}


def _keeps(taker: tuple[int, str], overlap: int, role: str) -> bool:
    """Whether the first header keeps a cell that reaches under a second one: names go to the lowest level."""
    both_levels = taker[1] in _LEVELS and role in _LEVELS
    return not both_levels and taker[0] >= overlap


def _cells_under(table: TextTable, row: int, columns: range) -> list[tuple[int, TextCell]]:
    """The cells of a row that stand under a heading, with the number of its columns they cover, most first."""
    found: list[tuple[int, TextCell]] = []
    for column in columns:
        cell = table.at(row, column)
        if cell is None:
            continue
        if found and found[-1][1] is cell:
            found[-1] = (found[-1][0] + 1, cell)
        else:
            found.append((1, cell))
    return found if len(found) < 2 else sorted(found, key=lambda pair: -pair[0])


@dataclass(slots=True)
class _Levels:
    """What the level cells above a row say, and which blank ones take their name from the next page."""

    halves: Mapping[Place, Slot]
    above: dict[tuple[int, str], Slot] = field(default_factory=dict)


def _read_line(
    table: TextTable, block: IndicatorBlock, place: tuple[int, int], levels: _Levels, words: Vocabulary
) -> dict[str, tuple[Slot, ...]] | None:
    """The texts of one row and set (`place`) by column, levels filled down; None where it is no indicator.

    On a scan a level without a cell of its own, as where another one covers its column, is doubted.
    """
    row, group = place
    texts = _texts(table, block, row, group)
    if "level1" not in {column.role for column in block.columns}:
        texts.update(_side_level(table, block, row, words))
    for position, level in enumerate(_LEVELS[:2]):
        slot = next(iter(texts.get(level, ())), None)
        if slot is not None and slot.place is not None and slot.place in levels.halves:
            slot = levels.halves[slot.place]
            texts[level] = (slot,)
        if slot is not None and slot.text:
            if levels.above.get((group, level)) != slot:
                for lower in _LEVELS[position + 1 : 2]:
                    levels.above.pop((group, lower), None)
            levels.above[group, level] = slot
        elif (group, level) in levels.above:
            above = levels.above[group, level]
            texts[level] = (replace(above, doubts=(Doubt.AMBIGUOUS,)) if table.is_seen and slot is None else above,)
    measured = any(s.text for role in ("level3", "target", "actual") for s in texts.get(role, ()))
    roles = {column.role for column in block.columns}
    shifted = "level3" not in roles and any(slot.text for slot in texts.get("level2", ()))
    named = "project" in roles and any(slot.text for slot in texts.get("project", ()))  # a unit's row of a flat list
    return texts if measured or shifted or named else None


def _side_level(table: TextTable, block: IndicatorBlock, row: int, words: Vocabulary) -> dict[str, tuple[Slot, ...]]:
    """Level 1 where the form prints it beside its rows without a heading, and not the name of the whole block."""
    start = block.columns[0].columns.start
    side = table.at(row, start - 1) if start else None
    if side is None or not side.text or side.row < block.header.stop or words.has(side.joined, "indicators", "goals"):
        return {}
    return {"level1": (Slot("level1", side.text, Place(side.row, side.column)),)}


def _upper_halves(table: TextTable, block: IndicatorBlock, words: Vocabulary) -> dict[Place, Slot]:
    """Blank level cells at the end of a page that are the upper half of a merged cell named on the next page.

    In a table that merges its level cells a blank one of its own at the page's end begins a new level; where the
    next page's first cell of that level has a name, it is this cell's name.
    """
    halves: dict[Place, Slot] = {}
    for column in block.columns:
        if column.role not in _LEVELS[:2]:
            continue
        for first in table.page_rows:
            above = next((cell for _, cell in _cells_under(table, first - 1, column.columns)), None)
            while first < table.rows.stop and _is_header_again(table, block, first, words):
                first += 1
            below = next((cell for _, cell in _cells_under(table, first, column.columns)), None)
            if above is None or below is None or above.text or not below.text or above.row < block.header.stop:
                continue
            if _merges(table, block, column):
                halves[Place(above.row, above.column)] = Slot(column.role, below.text, Place(below.row, below.column))
    return halves


def _merges(table: TextTable, block: IndicatorBlock, column: Column) -> bool:
    """Whether the column merges the cells of one level rather than leaving them blank."""
    cells = [c for c in table.starting() if c.column in column.columns and c.row >= block.header.stop]
    return any(cell.row_span > 1 and cell.text for cell in cells) or all(cell.text for cell in cells[:-2])
