"""Lines of text -> paragraphs: which lines are one sentence, and which were only set under each other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.geometry import BBox, union
from extractors.table import TextLine

_ROOM = 2.6  # characters that a full line may leave at the right: what may not begin the next line
_INDENT = 1.2  # characters by which a first line is set in, at least
_SAME_SIZE = 0.18  # share by which the sizes of one paragraph's lines may differ
_PITCH = 2.6  # heights between the tops of two lines of one paragraph, at most
_DISPLAY = 1.25  # times the usual height: titles set over several lines
_CENTRED = 0.04  # share of the text's width that the middles of a title's lines may differ by
_LINES_FOR_EDGES = 5  # a page with fewer lines shows no edges of its own
_NARROW = 0.85  # share of the usual width under which a page's lines, as a cover's, show no edges either
_LONGEST_LABEL = 12  # characters
_SENTENCE_END = ("。", "；", "：", ".", ";", ":", "！")
_ORDINAL = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十0-9]{1,3}[)）]|[0-9]{1,2}[.、．](?![0-9]))"
)
_LEADERS = re.compile(r"[.．…·・]{4,}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that are one paragraph, over page breaks too; a heading or a title over several lines is one as well."""

    lines: tuple[TextLine, ...]

    @property
    def page(self) -> int:
        """Where it begins, 1-based."""
        return self.lines[0].page

    @property
    def is_entry(self) -> bool:
        """Whether it is an entry of a table of contents: dots lead to a page number."""
        return any(_LEADERS.search(line.text) for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Edges:
    """Left and right edge of the text on a page, and the usual height of its lines, in points."""

    left: float
    right: float
    size: float


def lines_to_paragraphs(lines: Sequence[TextLine], around: Sequence[TextLine]) -> list[Paragraph]:
    """The paragraphs of consecutive lines.

    Args:
        lines: lines in reading order with nothing but page breaks between them.
        around: all lines of the document, which show where its text begins and ends.
    """
    edges = text_edges(around)
    paragraphs: list[list[TextLine]] = []
    for line in lines:
        if paragraphs and _goes_on(paragraphs[-1], line, edges):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return [Paragraph(tuple(of_one)) for of_one in paragraphs]


def text_edges(lines: Sequence[TextLine]) -> dict[int, _Edges]:
    """Page number to the edges of its running text."""
    pages: dict[int, list[TextLine]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    own = {page: _edges(of_page) for page, of_page in pages.items()}
    rich = [own[page] for page, of_page in pages.items() if len(of_page) >= _LINES_FOR_EDGES]
    by_width = sorted(rich or own.values(), key=lambda e: e.right - e.left)
    usual = by_width[len(by_width) // 2] if by_width else None
    return {page: _own_or_usual(own[page], len(of_page), usual) for page, of_page in pages.items()}


def _own_or_usual(own: _Edges, lines: int, usual: _Edges | None) -> _Edges:
    if usual is None or (lines >= _LINES_FOR_EDGES and own.right - own.left >= _NARROW * (usual.right - usual.left)):
        return own
    return usual


def _edges(lines: Sequence[TextLine]) -> _Edges:
    """Of one page: the left edge that most long lines share, the right edge of most, the usual height."""
    boxes = [line.upright for line in lines]
    widest = max(box.width for box in boxes)
    long = [box for box in boxes if box.width > 0.6 * widest]
    rights, sizes = sorted(box.x1 for box in long), sorted(line.size for line in lines)
    return _Edges(min(box.x0 for box in long), rights[len(rights) // 2], sizes[len(sizes) // 2])


def _goes_on(before: Sequence[TextLine], line: TextLine, edges: dict[int, _Edges]) -> bool:
    last = before[-1]
    if abs(last.size - line.size) > _SAME_SIZE * max(last.size, line.size) or _LEADERS.search(last.text):
        return False
    same_page = last.page == line.page
    if not same_page and line.page != last.page + 1:
        return False
    if same_page and line.upright.top - last.upright.top > _PITCH * line.size:
        return False
    if _flows(last, line, edges):
        return True
    return same_page and (_is_title(last, line, edges[line.page]) or _hangs(before, line))


def _flows(last: TextLine, line: TextLine, edges: dict[int, _Edges]) -> bool:
    """Whether a line breaks off at the right edge and the next begins at the left one."""
    here, there = edges[last.page], edges[line.page]
    is_full = last.upright.x1 >= here.right - _ROOM * last.size
    if last.text.endswith(_SENTENCE_END) and _ORDINAL.match(line.text):
        return False
    return is_full and line.upright.x0 <= there.left + _INDENT * line.size


def _is_title(last: TextLine, line: TextLine, edges: _Edges) -> bool:
    """Whether two lines are a title's: larger than the text, set over the same middle, and no `label：value`."""
    off = abs((last.upright.x0 + last.upright.x1) - (line.upright.x0 + line.upright.x1)) / 2
    large = min(last.size, line.size) >= _DISPLAY * edges.size
    labelled = any(colon in text for text in (last.text, line.text) for colon in "：:")
    return large and not labelled and off <= _CENTRED * max(1.0, edges.right - edges.left)


def _hangs(before: Sequence[TextLine], line: TextLine) -> bool:
    """Whether a line goes on under what stands behind the colon of a short `label：value`."""
    first = before[0]
    colon = max(first.text.find("："), first.text.find(":"))
    if not 0 < colon < min(_LONGEST_LABEL, len(first.text) - 1):
        return False
    behind = first.upright.x0 + first.upright.width * (colon + 1) / len(first.text)
    return abs(line.upright.x0 - behind) <= _INDENT * line.size


def places(lines: Sequence[TextLine]) -> Iterator[tuple[int, BBox, list[TextLine]]]:
    """Page, box around them, and the lines, for each page that lines stand on."""
    for page in sorted({line.page for line in lines}):
        here = [line for line in lines if line.page == page]
        yield page, union(line.box for line in here), here
