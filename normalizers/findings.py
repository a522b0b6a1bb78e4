"""Experiences, problems and recommendations: the numbered points of the sections that are about them."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from normalizers.form import Slot
from normalizers.outline import CHAPTERS, Section, bare, mark_of, points, sections
from normalizers.similarity import similarity
from normalizers.text import fold
from normalizers.vocabulary import read_registry

KINDS = ("experience", "problem", "recommendation")
_SAME = 80.0  # similarity from which two headings are one point said twice
_TAIL = 30  # characters; shorter lines without an end of sentence under the last point are signatures
_SENTENCE_END = ("。", "；", "！", "：", ".", ";", "”", "）", ")")
_ENUMERATED = re.compile(r"(?:^|(?<=[。；，：;,:\s]))(?=[一二三四五六七八九十]是)")


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


class _Patterns(NamedTuple):
    """Compiled expressions of `report.yml`."""

    kinds: Mapping[str, re.Pattern[str]]
    excluded: re.Pattern[str]
    plain: re.Pattern[str]
    signatures: re.Pattern[str]
    nothing: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    content = read_registry("report.yml")
    kinds = {kind: re.compile("|".join(content["findings"][kind])) for kind in KINDS}
    others = (re.compile(content[name]) for name in ("no_findings", "plain_headings", "signatures", "nothing_found"))
    return _Patterns(kinds, *others)


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
    """The sections about one kind of findings; one about several kinds counts if no section in it is about one.

    A heading of rank 1. counts where it says nothing but the kind, inside a section about several kinds or where no
    higher heading is about its kind.
    """
    named = [(kinds, section) for section in sections(texts, span, breaks) if (kinds := _kinds(texts, section))]
    high = {kind for kinds, section in named if section.rank <= CHAPTERS and len(kinds) == 1 for kind in kinds}
    for about, section in named:
        inner = [other for _, other in named if other.heading in section.body]
        outer = [these for these, other in named if section.heading in other.body]
        if section.rank > CHAPTERS and not outer and about[0] in high:
            continue
        if all(len(these) > 1 for these in outer) and (len(about) == 1 or not inner):
            yield about[0], section


def _kinds(texts: Sequence[str], section: Section) -> list[str]:
    """The kinds that a section's heading names, in its order."""
    patterns = _patterns()
    heading = fold(bare(texts[section.heading]))
    if patterns.excluded.search(heading) or (section.rank > CHAPTERS and not patterns.plain.fullmatch(heading)):
        return []
    found = {kind: match.start() for kind in KINDS if (match := patterns.kinds[kind].search(heading))}
    return sorted(found, key=found.__getitem__)


def _points(kind: str, texts: Sequence[str], section: Section) -> Iterator[Finding]:
    for span in points(texts, section.body):
        index = span.start
        if _patterns().nothing.fullmatch(fold(bare(texts[index]))):
            continue
        body = [Slot(kind, texts[i], line=i) for i in span[1:] if texts[i]]
        while body and _is_signature(body[-1].text):
            body.pop()
        pieces = [piece for piece in _ENUMERATED.split(texts[index]) if bare(piece) != piece]
        if len(pieces) > 1 and not body and (mark_of(texts[index]) is None or texts[index].startswith(pieces[0])):
            yield from (Finding(kind, Slot(kind, bare(piece), line=index)) for piece in pieces)
        else:
            yield Finding(kind, Slot(kind, bare(texts[index]), line=index), tuple(body))


def _is_signature(text: str) -> bool:
    """Whether a short line at a section's end is an office, a date or the like."""
    ended = text.endswith(_SENTENCE_END) and not _patterns().signatures.search(fold(text))
    return len(text) <= _TAIL and not ended and mark_of(text) is None


def _fullest(tellings: Sequence[Sequence[Finding]]) -> list[Finding]:
    """The telling with most text, each point as its longest telling has it."""
    if not tellings:
        return []
    main = max(tellings, key=lambda telling: sum(finding.length for finding in telling))
    others = [finding for telling in tellings if telling is not main for finding in telling]
    return [max([finding, *(o for o in others if _is_same(finding, o))], key=lambda f: f.length) for finding in main]


def _is_same(one: Finding, other: Finding) -> bool:
    return similarity(one.heading.text, other.heading.text) >= _SAME
