"""Experiences, problems and recommendations: the numbered points of the sections that are about them."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from normalizers.form import Slot
from normalizers.outline import Section, bare, points, sections
from normalizers.text import fold
from normalizers.vocabulary import read_registry

KINDS = ("experience", "problem", "recommendation")
_SAME = 80.0  # similarity from which two headings are one point said twice
_TAIL = 30  # characters; shorter lines without an end of sentence under the last point are signatures
_SENTENCE_END = ("。", "；", "！", "：", ".", ";", "”", "）", ")")
_ENUMERATED = re.compile(r"(?=(?:[一二三四五六七八九十]是))")


@dataclass(frozen=True, slots=True)
class Finding:
    """One point.

    Attributes:
        kind: experience, problem or recommendation.
        heading: its first paragraph without the number.
        body: the paragraphs under it.
    """

    kind: str
    heading: Slot
    body: tuple[Slot, ...] = ()

    @property
    def length(self) -> int:
        """Characters in all."""
        return sum(len(slot.text) for slot in (self.heading, *self.body))


@cache
def _patterns() -> tuple[Mapping[str, re.Pattern[str]], re.Pattern[str]]:
    content = read_registry("report.yml")
    kinds = {kind: re.compile("|".join(content["findings"][kind])) for kind in KINDS}
    return kinds, re.compile(content["no_findings"])


def find_findings(texts: Sequence[str], span: range, breaks: Container[int] = ()) -> list[Finding]:
    """The points of all kinds, each once.

    A report says them twice: in its summary and, fuller, in its body. Of each kind the fullest telling stands; a point
    that another telling says at greater length is taken from there.
    """
    tellings: dict[str, dict[int, list[Finding]]] = {kind: {} for kind in KINDS}
    for kind, section in _about(texts, span, breaks):
        tellings[kind].setdefault(section.run, []).extend(_points(kind, texts, section))
    return [finding for kind in KINDS for finding in _fullest(list(tellings[kind].values()))]


def _about(texts: Sequence[str], span: range, breaks: Container[int]) -> Iterator[tuple[str, Section]]:
    """The sections about one kind of findings; one about several kinds counts if no section in it is about one."""
    kinds, excluded = _patterns()
    named: list[tuple[list[str], Section]] = []
    for section in sections(texts, span, breaks):
        heading = fold(bare(texts[section.heading]))
        if not excluded.search(heading):
            found = {kind: match.start() for kind in KINDS if (match := kinds[kind].search(heading))}
            if found:
                named.append((sorted(found, key=found.__getitem__), section))
    for about, section in named:
        inner = [other for _, other in named if other.heading in section.body]
        outer = [other for these, other in named if section.heading in other.body and len(these) == 1]
        if not outer and (len(about) == 1 or not inner):
            yield about[0], section


def _points(kind: str, texts: Sequence[str], section: Section) -> Iterator[Finding]:
    for span in points(texts, section.body):
        index = span.start
        body = [Slot(kind, texts[i], line=i) for i in span[1:] if texts[i]]
        while body and len(body[-1].text) <= _TAIL and not body[-1].text.endswith(_SENTENCE_END):
            body.pop()
        pieces = [piece for piece in _ENUMERATED.split(texts[index]) if piece]
        if len(pieces) > 2 and not body and bare(texts[index]) == texts[index]:
            yield from (Finding(kind, Slot(kind, bare(piece), line=index)) for piece in pieces if bare(piece) != piece)
        else:
            yield Finding(kind, Slot(kind, bare(texts[index]), line=index), tuple(body))


def _fullest(tellings: Sequence[Sequence[Finding]]) -> list[Finding]:
    """The telling with most text, each point as its longest telling has it."""
    if not tellings:
        return []
    main = max(tellings, key=lambda telling: sum(finding.length for finding in telling))
    others = [finding for telling in tellings if telling is not main for finding in telling]
    return [max([finding, *(o for o in others if _is_same(finding, o))], key=lambda f: f.length) for finding in main]


def _is_same(one: Finding, other: Finding) -> bool:
    return fuzz.ratio(fold(one.heading.text), fold(other.heading.text)) >= _SAME
