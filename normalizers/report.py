"""Running text -> an evaluation report: its title and cover, the score it gives, the scale it uses, what it found."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from normalizers.findings import Finding, find_findings
from normalizers.form import Slot
from normalizers.period import find_year, parse_date
from normalizers.text import fold
from normalizers.vocabulary import read_registry

_TITLE_LINES = 3  # paragraphs that a title may be set over
_COVER = 24  # paragraphs in which a cover ends
_PROSE = 60  # characters; a paragraph as long is none of a cover
_PIECES = 3  # grades that a scale names, at least
_FIELDS = 2  # labelled values that make a cover
_FINDINGS = 2
_FIELD = re.compile(r"^\s*(\S(?:.{0,14}?\S)?)\s*[:：;；]\s*(.*)$", re.DOTALL)
_NEXT_FIELD = re.compile(r"\s+(?=\S{2,12}[:：])")
_YEAR_BELOW = re.compile(r"\((?:19|20)[0-9]{2}年?度?\)$")
_BEHIND = re.compile(r"\([^()]*\)$")
_SENTENCE = re.compile(r"[^。]*。?")


@dataclass(frozen=True, slots=True)
class Report:
    """What the running text of a report says.

    Attributes:
        title: as printed, over all its lines.
        span: indices of its paragraphs.
        cover: labelled values by name, and the date.
        score: sentences that give the score, in reading order; text is the figure alone.
        grade: the same for the grade.
        scale: the sentence that says which points make which grade.
        findings: experiences, problems, recommendations.
    """

    title: Slot
    span: range
    cover: tuple[Slot, ...]
    score: tuple[Slot, ...]
    grade: tuple[Slot, ...]
    scale: Slot | None
    findings: tuple[Finding, ...]

    def first(self, name: str) -> Slot | None:
        """The cover's value of that name."""
        return next((slot for slot in self.cover if slot.name == name and slot.text.strip()), None)


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Compiled expressions of `report.yml`."""

    titles: re.Pattern[str]
    self_titles: re.Pattern[str]
    no_titles: re.Pattern[str]
    before_project: re.Pattern[str]
    no_project: re.Pattern[str]
    longest_title: int
    labels: Mapping[str, str]
    cover_ends: re.Pattern[str]
    contents: re.Pattern[str]
    scores: tuple[re.Pattern[str], ...]
    believed: int
    parts: re.Pattern[str]
    no_scores: re.Pattern[str]
    part_scores: re.Pattern[str]
    grades: re.Pattern[str]
    scale: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    content = read_registry("report.yml")
    return _Patterns(
        re.compile("|".join(content["titles"])),
        re.compile("|".join(content["self_titles"])),
        re.compile("|".join(content["no_titles"])),
        re.compile(content["before_project"]),
        re.compile(content["no_project"]),
        content["longest_title"],
        {fold(label): name for name, labels in content["cover"].items() for label in labels},
        re.compile("|".join(content["cover_ends"])),
        re.compile(content["contents"]),
        tuple(re.compile(pattern) for pattern in content["scores"]),
        content["believed"],
        re.compile(content["parts_of_score"]),
        re.compile(content["no_scores"]),
        re.compile(content["part_scores"]),
        re.compile(content["grades"]),
        re.compile(content["scale"]),
    )


@cache
def template_name() -> str:
    """The registry's name for reports."""
    return str(read_registry("report.yml")["name"])


def has_title(texts: Sequence[str]) -> bool:
    """Whether a document names itself, or a part of it, a report."""
    return next(_titles(texts), None) is not None


def project_in_title(title: str) -> str:
    """The project that a report's title names: what stands before the words that say it is a report."""
    patterns = _patterns()
    key = fold(title)
    found = patterns.titles.search(key) or patterns.self_titles.search(key)
    if not found or len(key) != len(title) or patterns.no_project.search(key[: found.start()]):
        return ""
    before = patterns.before_project.match(key)
    return title[before.end() if before else 0 : found.start()].strip()


def find_reports(texts: Sequence[str], scored: Sequence[int]) -> list[Report]:
    """The reports in a document, in reading order.

    A title alone makes no report: it must have a cover, a score, findings or a scoring table. A self-evaluation in
    prose must show a score or a scoring table.

    Args:
        texts: one for each paragraph or table of the document; empty for tables and entries of contents.
        scored: indices of tables that are scoring tables.
    """
    titles = list(_titles(texts))
    reports: list[Report] = []
    stops = [*(title.line or 0 for title, _ in titles[1:]), len(texts)]
    for (title, is_own), stop in zip(titles, stops, strict=False):
        report = _read(texts, title, range(title.line or 0, stop))
        has_scores = bool(report.score) or any(index in report.span for index in scored)
        if has_scores or (not is_own and (len(report.cover) >= _FIELDS or len(report.findings) >= _FINDINGS)):
            reports.append(report)
    return reports


def _titles(texts: Sequence[str]) -> Iterator[tuple[Slot, bool]]:
    """Titles that begin a report, and whether it is a self-evaluation; one said again inside it begins no other."""
    seen = False
    for index, text in enumerate(texts):
        kind = _title_kind(text) if not _is_outline(texts, index) else ""
        if kind and (not seen or len(_cover(texts, index + 1)) >= _FIELDS):
            seen = True
            yield _whole_title(texts, index), kind == "own"


def _title_kind(text: str) -> str:
    """Whether a paragraph is a report's title: `own` for a self-evaluation, `report` for others; empty if not."""
    patterns = _patterns()
    key = fold(text)
    if not key or len(key) > patterns.longest_title or patterns.no_titles.search(key) or "。" in key:
        return ""
    return "own" if patterns.self_titles.search(key) else "report" if patterns.titles.search(key) else ""


def _is_outline(texts: Sequence[str], index: int) -> bool:
    """Whether a title is said to be something else, in brackets under it."""
    key = fold(texts[index + 1]) if index + 1 < len(texts) else ""
    return key.startswith("(") and key.endswith(")") and _patterns().no_titles.search(key) is not None


def _whole_title(texts: Sequence[str], index: int) -> Slot:
    """The title with the lines before it that name its year and place, where it does not name a year itself.

    A year in brackets under it is its own too. One that only says what it is takes the line before it in any case.
    """
    patterns = _patterns()
    below = texts[index + 1] if index + 1 < len(texts) and _YEAR_BELOW.match(fold(texts[index + 1])) else ""
    lines = [texts[index], below] if below else [texts[index]]
    pieces = list(lines)
    first = index
    while find_year("".join(pieces)) is None and index - first < _TITLE_LINES - 1 and first > 0:
        before = texts[first - 1]
        key = fold(before)
        if not key or len(key) > patterns.longest_title or re.search("[:。]", key) or patterns.no_titles.search(key):
            break
        first -= 1
        pieces.insert(0, before)
    if find_year("".join(pieces)) is None:
        names_nothing = first < index and (patterns.titles.match(fold(texts[index])) is not None)
        first = index - 1 if names_nothing else index
        pieces = [texts[first], *lines] if names_nothing else lines
    return Slot("title", "".join(pieces), line=first)


def _read(texts: Sequence[str], title: Slot, span: range) -> Report:
    first = span.start + next(i for i in range(_TITLE_LINES) if title.text.endswith(texts[span.start + i])) + 1
    scores, grades = _conclusions(texts, range(first, span.stop))
    return Report(
        title,
        span,
        tuple(_cover(texts, first)),
        tuple(scores),
        tuple(grades),
        _scale(texts, span),
        tuple(find_findings(texts, range(first, span.stop), {i for i in span if _title_kind(texts[i])})),
    )


def _cover(texts: Sequence[str], start: int) -> list[Slot]:
    """The labelled values under a title and the date, up to the first heading or prose."""
    found: list[Slot] = []
    seen: set[str] = set()
    for index in range(start, min(start + _COVER, len(texts))):
        text = texts[index]
        if len(text) > _PROSE or _patterns().cover_ends.search(fold(text)):
            break
        slots = list(_fields(text, index)) or list(_date(text, index))
        if slots and not slots[0].text and index + 1 < len(texts) and not list(_fields(texts[index + 1], 0)):
            slots[0] = Slot(slots[0].name, texts[index + 1], line=index + 1, label=slots[0].label)
        found += [slot for slot in slots if slot.name not in seen and slot.text]
        seen.update(slot.name for slot in found)
    return found


def _fields(text: str, index: int) -> Iterator[Slot]:
    """`label：value` where the label is one of a cover, or label, blank, value; several on one line too."""
    match = _FIELD.match(text)
    if match is None or not _label_name(match[1]):
        blanks = [found for found in re.finditer(r"\s+", text) if _label_name(text[: found.start()])]
        found = blanks[-1] if blanks else None
        if found and text[found.end() :].strip():
            label = "".join(text[: found.start()].split())
            yield Slot(_label_name(label), text[found.end() :].strip(), line=index, label=label)
        return
    value, *rest = _NEXT_FIELD.split(match[2], maxsplit=1)
    yield Slot(_label_name(match[1]), value.strip(), line=index, label="".join(match[1].split()))
    for following in rest:
        yield from _fields(following, index)


def _label_name(text: str) -> str:
    """The name of a cover's label, with or without a bracket behind it; empty where it is none."""
    key = fold(text)
    labels = _patterns().labels
    return labels.get(key) or labels.get(_BEHIND.sub("", key)) or ""


def _date(text: str, index: int) -> Iterator[Slot]:
    """A date that stands alone."""
    if text and any(char in text for char in "年-/.") and parse_date(text).value is not None:
        yield Slot("report_date", text, line=index)


def _conclusions(texts: Sequence[str], span: range) -> tuple[list[Slot], list[Slot]]:
    """Where the text gives the score and the grade, the surest sentences first."""
    found: list[tuple[int, Slot]] = []
    grades: list[Slot] = []
    for index in span:
        for sentence in _SENTENCE.findall(texts[index]):
            key = fold(sentence)
            grade = _patterns().grades.search(key)
            figure = _figure(key, grade is not None) if key else None
            if figure is not None:
                found.append((figure[0], Slot("score", figure[1], line=index)))
                grades += [Slot("grade", grade["grade"], line=index)] if grade else []
    limit = max(_patterns().believed - 1, min((rank for rank, _ in found), default=0))
    return [slot for rank, slot in sorted(found, key=lambda pair: pair[0]) if rank <= limit], grades


def _figure(key: str, is_graded: bool) -> tuple[int, str] | None:
    """The score in a sentence and the rank of the expression that finds it: the last figure that is not 100."""
    patterns = _patterns()
    if patterns.no_scores.search(key) or _is_scale(key) or (not is_graded and patterns.part_scores.search(key)):
        return None
    start = patterns.parts.search(key)
    whole = key[: start.start()] if start and start.start() else key
    for rank, pattern in enumerate(patterns.scores):
        if figures := [found["score"] for found in pattern.finditer(whole)]:
            return rank, next((f for f in reversed(figures) if float(f) < 100), figures[-1])
    return None


def _is_scale(key: str) -> bool:
    return len(_patterns().scale.findall(key)) >= _PIECES


def _scale(texts: Sequence[str], span: range) -> Slot | None:
    """The sentence with the scale."""
    for index in span:
        for sentence in _SENTENCE.findall(texts[index]):
            if _is_scale(fold(sentence)):
                return Slot("grading_scale", sentence.strip(), line=index)
    return None
