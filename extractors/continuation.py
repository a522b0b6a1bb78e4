"""Fragments of consecutive pages -> tables: one table over a page break is one table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from extractors.fragment import Fragment
from extractors.furniture import caption_key
from extractors.geometry import cluster
from extractors.grid import EDGE_TOLERANCE_PT, GridCell
from extractors.table import Cell, CellDoubt, Part, Table, TextLine, TextSource

_GUESSED = 0.95  # confidence in the place of a text whose columns are not drawn: more than 99 in 100 were right
_PARAGRAPH = 40  # characters
_LABEL = 8  # characters of half a label, with its line breaks
_HEADING_TEXTS = 3
_SURE = 0.9  # confidence under which a recognised heading may be a misreading of the one it repeats
_ALIKE = (0.75, 0.5)  # share of a row's headings that must be equal, and of the characters of each other one
_SENTENCE_END = ("。", "；", "！", ".", ";")
_BRACKETS = (("(", "（"), (")", "）")), (("[", "【", "〔"), ("]", "】", "〕")), (("“",), ("”",)), (("《",), ("》",))
_CAPTION_LINES = 6  # lines at most that are repeated over the next part of a table
_COMPARED_ROWS = 6
WIDTH_TOLERANCE_PT = 5.0  # widths of the parts of one table differ at most this much


def continues(before: Fragment, after: Fragment) -> bool:
    """Whether `after` may go on with the table of `before`; the caller knows that nothing stands between them.

    Two forms that follow each other may look like one table here; the words in them tell them apart later.
    """
    return (
        after.page.number == before.page.number + 1
        and abs(after.box.width - before.box.width) <= WIDTH_TOLERANCE_PT
        and abs(after.page.width - before.page.width) <= WIDTH_TOLERANCE_PT
    )


def resumes(
    parts: Sequence[Fragment], captions: Iterable[TextLine], between: Sequence[TextLine], after: Fragment
) -> bool:
    """Whether `after` goes on with the table of `parts` under its captions, repeated.

    Args:
        parts: the table so far.
        captions: the lines of its first page, and those over it.
        between: the lines between the two.
        after: what may go on.

    A table that begins anew under the same captions, as the next form of a batch does, shows by its rows: they say at
    their left what the first rows of the table say.
    """
    if not continues(parts[-1], after) or not between or len(between) > _CAPTION_LINES:
        return False
    if any(line.page != after.page.number for line in between):
        return False
    known = {"", *map(caption_key, captions)}
    if not all(caption_key(line) in known for line in between):
        return False
    edges = _joined_edges([parts[0], after])
    first, part = _draw_up(parts[0], edges), _draw_up(after, edges)
    header = len(_repeated_header(first.cells, first.rows, part))
    return (header > 0 or not _is_heading_like(_row_key(part.cells, 0))) and not _begins_anew(first, part, header)


def _is_heading_like(key: Sequence[tuple[int, str]]) -> bool:
    return len(key) > 1 and not any(char.isdigit() for _, text in key for char in text)


def _begins_anew(first: "_Draught", part: "_Draught", header: int) -> bool:
    """Whether rows behind the repeated header say at their left what those of the table's beginning say."""
    alike = []
    for row in range(header, min(header + _COMPARED_ROWS, first.rows, part.rows)):
        keys = _row_key(first.cells, row)[:1], _row_key(part.cells, row)[:1]
        label = keys[0] == keys[1] and bool(keys[0]) and not keys[0][0][1][-1].isdigit()
        alike.append(label)
    return sum(alike) > 1 or (not header and alike[:1] == [True])


@dataclass(slots=True)
class _Draft:
    """A cell while its parts are gathered; columns are indices into the joined edges."""

    place: GridCell
    row: int
    row_span: int
    columns: tuple[int, int]
    parts: list[Part] = field(default_factory=list)
    doubts: tuple[CellDoubt, ...] = ()
    confidence: float = 1.0
    source: TextSource = TextSource.TEXT_LAYER
    rival: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(part.text for part in self.parts)


@dataclass(slots=True)
class _Draught:
    """A fragment ready to be joined: its cells on the joined edges."""

    cells: list[_Draft]
    rows: int
    full: set[int]

    def top(self) -> list[_Draft]:
        return [cell for cell in self.cells if cell.row == 0]

    def drop_rows(self, count: int) -> None:
        """Take the first rows away; a cell that reaches below them keeps its lower part."""
        kept = [cell for cell in self.cells if cell.row + cell.row_span > count]
        self.full = {kept.index(self.cells[i]) for i in self.full if self.cells[i] in kept}
        for cell in kept:
            lost = max(0, count - cell.row)
            cell.row, cell.row_span = max(0, cell.row - count), cell.row_span - lost
        self.cells, self.rows = kept, self.rows - count

    def split_blanks(self, above: Sequence[tuple[int, int]]) -> None:
        """Part a blank cell at the top along the cells above it: where no line is drawn, blank neighbours are one."""
        for cell in [c for c in self.top() if c.is_empty]:
            inner = [(a, b) for a, b in above if cell.columns[0] <= a and b <= cell.columns[1]]
            if len(inner) > 1 and inner[0][0] == cell.columns[0] and inner[-1][1] == cell.columns[1]:
                self.cells += [replace(cell, columns=columns, parts=list(cell.parts)) for columns in inner[1:]]
                cell.columns = inner[0]


def join_fragments(fragments: Sequence[Fragment]) -> Table:
    """One table from its fragments, in page order; each cell keeps page and box of each of its parts."""
    edges = _joined_edges(fragments)
    first = _draw_up(fragments[0], edges)
    cells, rows = first.cells, first.rows
    row_pages = [fragments[0].page.number] * rows
    bottom_full = {id(first.cells[i]) for i in first.full}
    for fragment in fragments[1:]:
        part = _draw_up(fragment, edges)
        header = _repeated_header(cells, rows, part)
        _take_surer(cells, header, part)
        part.drop_rows(len(header))
        if fragment.is_guessed:
            part.split_blanks([c.columns for c in cells if c.row + c.row_span == rows])
        cut = _cuts_row(cells, rows, bottom_full, part)
        added, joined = _append(cells, rows, part, cut)
        row_pages += [fragment.page.number] * (part.rows - cut)
        rows += part.rows - cut
        cells += added
        bottom_full = {id(joined[i]) for i in part.full}
    return Table(
        tuple(sorted((_finish(cell) for cell in cells), key=lambda c: (c.row, c.column))),
        rows,
        len(edges) - 1,
        tuple(row_pages),
        tuple(edges),
        any(fragment.is_guessed for fragment in fragments),
    )


def _joined_edges(fragments: Sequence[Fragment]) -> list[float]:
    """Column edges of all parts, measured from the table's left side as the first page has it."""
    left = fragments[0].box.x0
    return cluster((edge - f.box.x0 + left for f in fragments for edge in f.grid.x_edges), EDGE_TOLERANCE_PT)


def _draw_up(fragment: Fragment, edges: Sequence[float]) -> _Draught:
    shift = edges[0] - fragment.box.x0
    index = [min(range(len(edges)), key=lambda i: abs(edges[i] - x - shift)) for x in fragment.grid.x_edges]
    cells = []
    for number, (place, text) in enumerate(zip(fragment.grid.cells, fragment.texts, strict=True)):
        box = fragment.page.shown(fragment.grid.cell_box(place))
        cells.append(
            _Draft(
                place,
                place.row,
                place.row_span,
                (index[place.column], index[place.column + place.column_span]),
                [Part(fragment.page.number, box, text)],
                fragment.doubts.get(number, ()),
                min(_GUESSED if fragment.is_guessed else 1.0, fragment.seen.get(number, 1.0)),
                TextSource.OCR if number in fragment.seen else TextSource.TEXT_LAYER,
                fragment.rivals.get(number, ""),
            )
        )
    return _Draught(cells, len(fragment.grid.y_edges) - 1, set(fragment.full))


def _row_key(cells: Sequence[_Draft], row: int) -> list[tuple[int, str]]:
    """Where the texts that begin in a row end, and what they say."""
    return [(c.columns[1], "".join(c.parts[0].text.split())) for c in cells if c.row == row and not c.is_empty]


def _repeated_header(cells: Sequence[_Draft], rows: int, part: _Draught) -> range:
    """The rows of the table that the part's first rows say again as its header; empty where they do not.

    Headings: the table's first rows, or a row of three or more texts without a digit.
    """
    found = range(0)
    for start in range(rows):
        run = 0
        while run < part.rows - 1 and start + run < rows:
            is_first = start == 0
            if not _repeats(part.cells, run, cells, start + run, may_be_misread=is_first):
                break
            if not (is_first or _is_heading(_row_key(part.cells, run))):
                break
            run += 1
        while run and not _ends_heading(part.cells, run):
            run -= 1
        found = max(found, range(start, start + run), key=len)
    return found


def _repeats(
    cells: Sequence[_Draft], row: int, before: Sequence[_Draft], row_before: int, may_be_misread: bool
) -> bool:
    """Whether a row says what an earlier one says; a few recognised headings may differ that were read in doubt."""
    key, other = _row_key(cells, row), _row_key(before, row_before)
    if key == other or not may_be_misread:
        return bool(key) and key == other
    places = {place: text for place, text in other}
    if not _is_heading(key) or places.keys() != {place for place, _ in key}:
        return False
    doubted = {c.columns[1] for c in (*_starting(cells, row), *_starting(before, row_before)) if c.confidence < _SURE}
    differing = [(place, text) for place, text in key if places[place] != text]
    return len(key) - len(differing) >= _ALIKE[0] * len(key) and all(
        place in doubted and SequenceMatcher(None, text, places[place], autojunk=False).ratio() >= _ALIKE[1]
        for place, text in differing
    )


def _starting(cells: Sequence[_Draft], row: int) -> list[_Draft]:
    return [cell for cell in cells if cell.row == row]


def _take_surer(cells: Sequence[_Draft], header: range, part: _Draught) -> None:
    """Of a heading that is printed on both pages the surer reading stands."""
    for row, first in enumerate(header):
        again = {cell.columns: cell for cell in _starting(part.cells, row)}
        for cell in _starting(cells, first):
            other = again.get(cell.columns)
            if other is not None and other.confidence > cell.confidence:
                cell.parts, cell.source = list(other.parts), other.source
                cell.confidence, cell.doubts = other.confidence, other.doubts


def _ends_heading(cells: Sequence[_Draft], run: int) -> bool:
    """Whether `run` rows can be a heading: a title with little more may as well be the next form's."""
    texts = [len(_row_key(cells, row)) for row in range(run)]
    return texts[-1] >= _HEADING_TEXTS or (texts[-1] > 1 and min(texts) > 1)


def _is_heading(key: Sequence[tuple[int, str]]) -> bool:
    return len(key) >= _HEADING_TEXTS and not any(char.isdigit() for _, text in key for char in text)


def _pairs(cells: Sequence[_Draft], rows: int, part: _Draught) -> list[tuple[_Draft, _Draft]]:
    """Cells at the end of the table with those of equal width at the part's beginning."""
    bottom = {c.columns: c for c in cells if c.row + c.row_span == rows}
    return [(bottom[c.columns], c) for c in part.top() if c.columns in bottom]


def _cuts_row(cells: Sequence[_Draft], rows: int, full: set[int], part: _Draught) -> bool:
    """Whether the page break runs through a row, so that the part's first row goes on with the last one.

    All cells must pair up. Where both halves hold text it must be running text: more than one line, a full one, or one
    with a bracket open.
    The tallest cell, for whose sake the row is cut, goes on. And two of three signs must show that no new row begins:
    an upper half ends in a full line in mid-sentence or with a bracket open; the lower half of a cell that held text
    is blank, or the upper one in a column that is blank nowhere else; paragraphs go on in every column.
    A short label that stands beside more rows than this one may be cut between its words, if all else breaks off.
    """
    pairs = _pairs(cells, rows, part)
    bottom = [c for c in cells if c.row + c.row_span == rows]
    if len(pairs) != len(bottom) or len(pairs) != len(part.top()):
        return False
    filled_pairs = [(a, b) for a, b in pairs if not a.is_empty and not b.is_empty]
    both = [pair for pair in filled_pairs if not _is_label(*pair)]
    if len(both) < len(filled_pairs) and not all(id(a) in full and not _is_ended(a) for a, _ in both):
        return False
    if not both or max(map(_height, both)) <= max((_height(p) for p in pairs if p not in both), default=0):
        return False
    flowing = [a.parts[-1].text.count("\n") > 0 for a, _ in both]
    filled = [id(a) in full or _is_open_bracket(a.parts[-1].text) for a, _ in both]
    if not all(flow or fill for flow, fill in zip(flowing, filled, strict=True)):
        return False
    breaks_off = any(_is_open_bracket(a.parts[-1].text) or (id(a) in full and not _is_ended(a)) for a, _ in both)
    left_blank = any(b.is_empty and not a.is_empty and a.row_span == 1 for a, b in pairs)
    put_below = any(a.is_empty and not b.is_empty and _is_always_filled(cells, a) for a, b in pairs)
    all_go_on = all(flowing) and len(filled_pairs) == sum(not b.is_empty for _, b in pairs)
    return (breaks_off and (left_blank or put_below or all_go_on)) or (left_blank and all(flowing))


def _is_label(above: _Draft, below: _Draft) -> bool:
    """Whether both halves of a merged cell are as short as a label's words."""
    return above.row_span > 1 and max(len(above.parts[-1].text), len(below.parts[0].text)) <= _LABEL


def _is_ended(cell: _Draft) -> bool:
    return cell.parts[-1].text.endswith(_SENTENCE_END)


def _is_always_filled(cells: Sequence[_Draft], blank: _Draft) -> bool:
    """Whether the column of a blank cell of one row is filled in all rows above, three at least."""
    column = [cell for cell in cells if cell.columns == blank.columns and cell is not blank]
    return blank.row_span == 1 and len(column) > _HEADING_TEXTS and not any(cell.is_empty for cell in column)


def _height(pair: tuple[_Draft, _Draft]) -> int:
    """Lines of both halves of a cell; a merged cell's do not count, they stand for other rows too."""
    above, below = pair
    if above.row_span > 1 or below.row_span > 1:
        return 0
    return (
        above.parts[-1].text.count("\n") + below.parts[0].text.count("\n") + (not above.is_empty) + (not below.is_empty)
    )


def _append(cells: Sequence[_Draft], rows: int, part: _Draught, cut: bool) -> tuple[list[_Draft], dict[int, _Draft]]:
    """New cells of the part, and for each of its cells the cell that now holds it."""
    partners = {id(b): a for a, b in _pairs(cells, rows, part)}
    added: list[_Draft] = []
    joined: dict[int, _Draft] = {}
    offset = rows - cut
    for number, cell in enumerate(part.cells):
        partner = partners.get(id(cell))
        if partner is not None and (cut or _is_one_cell(partner, cell)):
            partner.row_span += cell.row_span - cut
            partner.rival = (partner.rival or cell.rival) if partner.is_empty or cell.is_empty else ""
            partner.parts += cell.parts
            partner.doubts = tuple(dict.fromkeys(partner.doubts + cell.doubts))
            partner.confidence = min(partner.confidence, cell.confidence)
            partner.source = max(partner.source, cell.source, key=lambda source: source is TextSource.OCR)
            joined[number] = partner
        else:
            cell.row += offset
            added.append(cell)
            joined[number] = cell
    return added, joined


def _is_one_cell(above: _Draft, below: _Draft) -> bool:
    """Whether a merged cell goes on over the break.

    It has more rows than one on either side, and one half is blank, or the upper one broken off in mid-sentence or
    with a bracket open.
    """
    spans = above.row_span > 1 or below.row_span > 1
    opened = above.place.open_bottom and below.place.open_top
    if above.is_empty or below.is_empty:
        return spans or opened
    return spans and (_is_open_bracket(above.parts[-1].text) or _is_broken_off(above.parts[-1].text))


def _is_broken_off(text: str) -> bool:
    """Whether a paragraph stops in mid-sentence; names of levels are shorter."""
    return len(text) >= _PARAGRAPH and text.count("\n") > 1 and not text.endswith(_SENTENCE_END)


def _is_open_bracket(text: str) -> bool:
    return any(sum(map(text.count, opening)) > sum(map(text.count, closing)) for opening, closing in _BRACKETS)


def _finish(draft: _Draft) -> Cell:
    first, last = draft.columns
    parts = tuple(part for part in draft.parts if part.text) or tuple(draft.parts[:1])
    return Cell(
        draft.row,
        first,
        draft.row_span,
        max(1, last - first),
        parts,
        source=draft.source,
        confidence=draft.confidence,
        doubts=draft.doubts,
        rival=draft.rival,
    )
