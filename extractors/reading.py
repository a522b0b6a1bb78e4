"""A PDF -> what is on it in reading order: tables, joined over page breaks, and the lines between them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from statistics import median

from extractors.belief import Sight, judge
from extractors.continuation import continues, join_fragments, resumes
from extractors.errors import DamagedPdf
from extractors.fragment import Fragment, fill_grids
from extractors.furniture import drop_furniture
from extractors.grid import Grid, frame_to_grid
from extractors.lines import words_to_text_lines
from extractors.page import Page
from extractors.pdf import Pdf
from extractors.rulings import join_rulings, rulings_to_frames
from extractors.stream import rules_to_grids
from extractors.table import Table, TextLine
from extractors.unruled import text_to_rules


@dataclass(frozen=True, slots=True)
class Reading:
    """What one PDF holds.

    Attributes:
        page_count: number of pages.
        blocks: lines and tables in reading order; page numbers and running headers left out.
        blank_pages: pages without any text.
        seen_pages: pages whose text was read from their picture, with the reason.
        damaged_pages: pages that could not be parsed.
        is_cut_off: whether the file's end is missing.
    """

    page_count: int
    blocks: tuple[TextLine | Table, ...]
    blank_pages: tuple[int, ...] = ()
    seen_pages: tuple[tuple[int, str], ...] = ()
    damaged_pages: tuple[int, ...] = ()
    is_cut_off: bool = False

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables alone."""
        return tuple(block for block in self.blocks if isinstance(block, Table))


def read_pdf(path: Path) -> Reading:
    """Read a whole file. Raises ExtractionError or OSError where nothing can be read."""
    pages: list[Page] = []
    damaged: list[int] = []
    seen: list[tuple[int, str]] = []
    fragments: list[list[Fragment]] = []
    lines: list[list[TextLine]] = []
    heights: Counter[float] = Counter()
    with Pdf(path) as pdf:
        page_count, is_cut_off = pdf.page_count, pdf.is_cut_off
        for number in range(1, page_count + 1):
            try:
                page, reason = believe_or_see(pdf, pdf.read_page(number))
            except DamagedPdf:
                damaged.append(number)
                continue
            if reason:
                seen.append((number, reason))
            found, rest = read_page(page)
            heights.update(round(word.bottom - word.top, 1) for word in page.words)
            pages.append(_without_ink(page))
            fragments.append(found)
            lines.append(rest)
    blank = [p.number for p, f, ls in zip(pages, fragments, lines, strict=True) if not ls and not f]
    return Reading(
        page_count,
        tuple(_flow(pages, fragments, *drop_furniture(pages, lines, _usual(heights)))),
        tuple(blank),
        tuple(seen),
        tuple(damaged),
        is_cut_off,
    )


def believe_or_see(pdf: Pdf, page: Page) -> tuple[Page, str]:
    """The page with the text that is to be believed, and why it had to be read from its picture; empty if not."""
    belief = judge(page)
    if belief.sight is Sight.NOTHING:
        return page, ""
    from extractors.scan.look import look  # loads the recognisers

    return look(pdf, page, belief)


def read_page(page: Page) -> tuple[list[Fragment], list[TextLine]]:
    """The tables of one page, top down, and the lines of text outside them."""
    horizontals, verticals = join_rulings(page.horizontals), join_rulings(page.verticals)
    frames, loose = rulings_to_frames(horizontals, verticals)
    grids = [grid for frame in frames if (grid := frame_to_grid(frame))]
    grids += rules_to_grids(page, [r for r in loose if not _inside(r.at, grids)], page.horizontals)
    if not grids:
        rules, columns = text_to_rules(page)
        grids = rules_to_grids(page, rules, rules, columns)
    grids.sort(key=lambda grid: grid.box.top)
    fragments, outside = fill_grids(page, grids)
    return [f for f in fragments if any(f.texts)], words_to_text_lines(page, outside)


def _inside(y: float, grids: Sequence[Grid]) -> bool:
    return any(grid.box.top <= y <= grid.box.bottom for grid in grids)


def _usual(heights: Counter[float]) -> float:
    """The median of the heights counted; 0 where there are none."""
    return median(heights.elements()) if heights else 0.0


def _without_ink(page: Page) -> Page:
    """The page without characters and rulings, which nobody asks for once it is read."""
    return replace(page, chars=(), horizontals=(), verticals=())


@dataclass(slots=True)
class _Open:
    """A table that may go on, with the lines of its first page and those over it, and the running ones before it."""

    parts: list[Fragment]
    captions: list[TextLine]
    margin: tuple[TextLine, ...]


def _flow(
    pages: Sequence[Page],
    fragments: Sequence[Sequence[Fragment]],
    lines: Sequence[Sequence[TextLine]],
    running: Sequence[Sequence[TextLine]],
) -> list[TextLine | Table]:
    """Lines and fragments of all pages in reading order, fragments joined where a table goes on."""
    blocks: list[TextLine | _Open] = []
    last: _Open | None = None
    since = 0  # where the lines behind the last table begin
    margin: list[TextLine] = []
    for page, of_page, texts, repeated in zip(pages, fragments, lines, running, strict=True):
        items: list[Fragment | TextLine] = [*of_page, *texts, *repeated]
        apart = set(map(id, repeated))
        for item in sorted(items, key=partial(_top, page)):
            if isinstance(item, TextLine):
                (margin if id(item) in apart else blocks).append(item)
                continue
            lines_since = [block for block in blocks[since:] if isinstance(block, TextLine)]
            beside = [line for line in lines_since if last and _stands_beside(line, last.parts[-1])]
            between = [line for line in lines_since if line not in beside]
            if last and _goes_on(last, between, item):
                last.parts.append(item)
                blocks[since:] = beside
            else:
                last = _Open([item], [*texts, *between], tuple(margin))
                blocks.append(last)
                since = len(blocks)
            margin = []
    return _with_surroundings([b if isinstance(b, TextLine) else _table(b) for b in blocks])


def _stands_beside(line: TextLine, table: Fragment) -> bool:
    """Whether a line stands at a table's side: a mark on the margin parts no table from its next page."""
    return line.page == table.page.number and (line.upright.top + line.upright.bottom) / 2 <= table.box.bottom


def _goes_on(last: _Open, between: Sequence[TextLine], item: Fragment) -> bool:
    if between:
        return resumes(last.parts, last.captions, between, item)
    return continues(last.parts[-1], item)


def _table(found: _Open) -> Table:
    return replace(join_fragments(found.parts), margin=found.margin)


def _top(page: Page, item: Fragment | TextLine) -> float:
    """Where it begins on the upright page; for a line of a skewed page, whose box is too high, its middle."""
    if isinstance(item, Fragment):
        return item.box.top
    box = page.upright(item.box)
    return (box.top + box.bottom) / 2 if page.skew else box.top


def _with_surroundings(blocks: Sequence[TextLine | Table]) -> list[TextLine | Table]:
    """The same blocks, every table with the lines between it and its neighbours."""
    done: list[TextLine | Table] = []
    for index, block in enumerate(blocks):
        if isinstance(block, TextLine):
            done.append(block)
        else:
            done.append(replace(block, above=_run(blocks[:index][::-1])[::-1], below=_run(blocks[index + 1 :])))
    return done


def _run(blocks: Sequence[TextLine | Table]) -> tuple[TextLine, ...]:
    """The lines up to the next table."""
    lines: list[TextLine] = []
    for block in blocks:
        if isinstance(block, Table):
            break
        lines.append(block)
    return tuple(lines)
