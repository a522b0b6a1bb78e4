"""Numbered headings of running text: which paragraph is a heading, of which rank, and what stands under it."""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from normalizers.text import fold

_NUMERAL = "一二三四五六七八九十"
_BEHIND_DECIMALS = r"[.、]?\s*(?=[\u4e00-\u9fff])(?![元万亿个人年月日份倍])"
_RANKS = (
    re.compile(rf"第[{_NUMERAL}]{{1,3}}(?:部分|章)[、:：]?"),
    re.compile(rf"(?:[{_NUMERAL}]{{1,3}}|[—\-–])[、.．,，](?![0-9])"),  # a recognised 一 may come as a dash
    re.compile(rf"[（(〈＜<]\s*[{_NUMERAL}]{{1,3}}\s*[)）〉＞>][、.]?"),
    re.compile(r"[0-9]{1,2}\s*[.、．,，](?!\s*[0-9])|[0-9]{1,2}\s+(?=[\u4e00-\u9fff、]{2,20}$)"),
    re.compile(rf"[0-9]{{1,2}}[.．][0-9]{{1,2}}{_BEHIND_DECIMALS}"),
    re.compile(rf"[0-9]{{1,2}}(?:[.．][0-9]{{1,2}}){{2,3}}{_BEHIND_DECIMALS}"),
    re.compile(r"[（(]\s*[0-9]{1,2}\s*[)）][、.]?|[①-⑳]"),
    re.compile(rf"[{_NUMERAL}]是"),
)
TOP = 1  # rank of 一、
CHAPTERS = 2  # rank of （一）: headings down to it part a report, those below part its sections
_LOWEST_HEADING = 3
_ANNEX = re.compile(r"附件|附录|附表")
_LONGEST_HEADING = 40  # characters, folded


class Mark(NamedTuple):
    """The number in front of a paragraph: its rank (0: 第一部分, 1: 一、, 2: （一）, 3: 1. ...) and its length."""

    rank: int
    stop: int


def mark_of(text: str) -> Mark | None:
    """The number that a paragraph begins with; None where it has none."""
    for rank, pattern in enumerate(_RANKS):
        if found := pattern.match(text):
            return Mark(rank, found.end())
    return None


def bare(text: str) -> str:
    """The paragraph without its number."""
    mark = mark_of(text)
    return text[mark.stop :].strip() if mark else text.strip()


def is_heading(text: str) -> bool:
    """Whether a numbered paragraph is a heading and no sentence."""
    mark = mark_of(text)
    if mark is None or mark.rank > _LOWEST_HEADING:
        return False
    rest = fold(text[mark.stop :])
    return 0 < len(rest) <= _LONGEST_HEADING and not rest.endswith(("。", ";", ",")) and "。" not in rest


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of rank 一、, （一） or 1. and the paragraphs under it.

    Attributes:
        heading: index of the heading.
        rank: see `Mark`.
        body: indices of what stands under it, headings of lower rank included.
        run: how often the numbering of rank 一、 has begun anew before it: the summary's is another than the body's.
    """

    heading: int
    rank: int
    body: range
    run: int


def sections(texts: Sequence[str], span: range, breaks: Container[int] = ()) -> Iterator[Section]:
    """The sections of some paragraphs, in reading order; one ends with the next of its rank or higher, or an annex.

    Args:
        texts: the document's paragraphs.
        span: those to look at.
        breaks: where every section ends: titles said again.
    """
    run, last = 0, ""
    for index in span:
        mark = mark_of(texts[index])
        if mark is None or not is_heading(texts[index]):
            continue
        number = texts[index][: mark.stop]
        if mark.rank == TOP and number[0] in "一—-–" and last:
            run += 1
        last = number if mark.rank == TOP else last
        yield Section(index, mark.rank, range(index + 1, _end(texts, range(index, span.stop), mark.rank, breaks)), run)


def _end(texts: Sequence[str], span: range, rank: int, breaks: Container[int]) -> int:
    for index in span[1:]:
        mark = mark_of(texts[index])
        if index in breaks or _ANNEX.match(texts[index]) or (mark and mark.rank <= rank and is_heading(texts[index])):
            return index
    return span.stop


def points(texts: Sequence[str], body: range) -> list[range]:
    """The numbered points of a section: each from its number to the next one of the same rank.

    The first number found gives the rank. Without numbers every paragraph is a point of its own.
    """
    filled = [index for index in body if texts[index]]
    marks = {index: mark for index in filled if (mark := mark_of(texts[index]))}
    if not marks:
        return [range(index, index + 1) for index in filled]
    rank = marks[min(marks)].rank
    starts = [index for index, mark in marks.items() if mark.rank == rank]
    return [range(start, stop) for start, stop in zip(starts, [*starts[1:], body.stop], strict=True)]
