"""What stands over a form: its title, the year, the unit of money, and captions with a value behind a colon."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from normalizers.form import Place, Slot
from normalizers.money import Unit, find_unit
from normalizers.period import find_year
from normalizers.text import fold
from normalizers.text_table import TextTable
from normalizers.vocabulary import Vocabulary, base_vocabulary, read_registry

_LINES_OVER_TITLE = 2  # where a form's number may stand
_CAPTION = 40  # characters; in longer lines a colon belongs to prose
_LINES_UP = 10  # a title stands at most this many lines over its table
_PROSE = re.compile(r"[。；;，,]")
_SEGMENT = re.compile(r"(?:^|\s+)([^\s:：]{2,24}(?:[(（][^()（）]*[)）])?)[:：]\s*(.*?)(?=\s+[^\s:：]{2,24}[:：]|$)")
_SEALED = re.compile(r"^(.{2,12}?)[(（]\s*(?:盖章|公章|章)\s*[)）]\s*[:：]?\s*(.*)$")
_OFFICE = re.compile(r"^[㐀-鿿（）()]{3,30}$")


@dataclass(frozen=True, slots=True)
class TitlePatterns:
    """Compiled patterns of `titles.yml`."""

    kinds: tuple[tuple[str, re.Pattern[str]], ...]
    not_forms: re.Pattern[str]
    sheet: re.Pattern[str]
    subjects: tuple[tuple[str, re.Pattern[str]], ...]
    longest: int


@cache
def title_patterns() -> TitlePatterns:
    """From the registry."""
    content = read_registry("titles.yml")
    kinds = tuple(
        (kind, re.compile("^(?!详?见)[^:]*?(?:" + "|".join(content[kind]) + r")(?:\([^()]*\))*$"))
        for kind in ("self_evaluation", "declaration")
    )
    subjects = tuple((name, re.compile("|".join(words))) for name, words in content["subjects"].items())
    return TitlePatterns(
        kinds,
        re.compile("|".join(content["not_forms"])),
        re.compile(content["sheet"]),
        subjects,
        content["longest"],
    )


def title_kind(text: str) -> str | None:
    """The kind of form that a line names as its title; None where it is no form's title."""
    patterns = title_patterns()
    key = fold(text)
    if not 4 <= len(key) <= patterns.longest or _PROSE.search(text) or patterns.not_forms.search(key):
        return None
    return next((kind for kind, pattern in patterns.kinds if pattern.search(key)), None)


def subject_of(title: str) -> str:
    """project, department or transfer."""
    key = fold(title)
    return next((name for name, pattern in title_patterns().subjects if pattern.search(key)), "project")


def split_sheet(title: str) -> tuple[str, str]:
    """The title without the sheet's name in brackets at its end, and that name (empty if there is none)."""
    key = fold(title)
    found = title_patterns().sheet.search(key)
    if not found:
        return title, ""
    cut = max(title.rfind("("), title.rfind("（"))
    return title[:cut].rstrip(), found[1]


@dataclass(frozen=True, slots=True)
class Heading:
    """What was found over and in the first rows of a form.

    Attributes:
        title: slot; None without one.
        kind: the title's kind; None without one.
        year: slot with the text that names the year.
        unit: of money, as a caption says.
        captions: slots with a known label (name = role, `group:name`).
        office: slot with a bare office name.
        rows: how many of the table's first rows belong to the heading.
    """

    title: Slot | None
    kind: str | None
    year: Slot | None
    unit: Unit | None
    captions: tuple[Slot, ...]
    office: Slot | None
    rows: int


def read_heading(table: TextTable, words: Vocabulary) -> Heading:
    """The heading of the form that begins with these rows."""
    lines = _heading_rows(table, words)
    rows = len({slot.place for slot in lines})
    numbers: list[Slot] = []
    title = next((slot for slot in lines if title_kind(slot.text)), None)
    if title is None:
        above = _lines_above(table)
        title = next((slot for slot in reversed(above) if title_kind(slot.text)), None)
        start = title.line if title is not None and title.line is not None else max(len(table.above) - 3, 0)
        lines = [slot for slot in above if (slot.line or 0) >= start] + lines
        numbers = [slot for slot in above if title and start - _LINES_OVER_TITLE <= (slot.line or 0) < start]
    rest = [slot for slot in lines if slot is not title]
    captions = tuple(caption for slot in rest for caption in _captions(slot, words))
    captions += tuple(c for slot in numbers for c in _captions(slot, words) if c.name.startswith("fields:"))
    return Heading(
        title,
        title_kind(title.text) if title else None,
        next((slot for slot in [*([title] if title else []), *rest] if find_year(slot.text)), None),
        next((unit for slot in rest if (unit := find_unit(slot.text))), None),
        captions,
        next((slot for slot in rest if title and _is_office(slot.text, words)), None),
        rows,
    )


def _heading_rows(table: TextTable, words: Vocabulary) -> list[Slot]:
    """Lines in rows over the whole width at the top of the table, before the first label."""
    lines: list[Slot] = []
    for row in table.rows:
        cell = table.full_width(row)
        if cell is None:
            if any(c.text for c in table.row(row)):
                break
            continue
        if words.has(cell.joined, "sections", "head", "goals", "funds", "indicator_columns"):
            break
        texts = [cell.joined] if title_kind(cell.joined) else cell.text.split("\n")
        lines += [Slot("line", text, Place(cell.row, cell.column)) for text in texts if text]
    return lines


def _lines_above(table: TextTable) -> list[Slot]:
    first = max(0, len(table.above) - _LINES_UP)
    return [Slot("line", text, line=first + i) for i, text in enumerate(table.above[first:])]


def _captions(slot: Slot, words: Vocabulary) -> Iterator[Slot]:
    """`label：value` pieces of a line whose label is known; `填报单位（盖章）X` needs no colon."""
    sealed = _SEALED.match(slot.text)
    pieces = [(sealed[1], sealed[2])] if sealed else _SEGMENT.findall(slot.text)
    for label, value in pieces:
        for role in words.roles(label):
            if role.group in ("head", "contacts") or (role.group == "fields" and len(slot.text) <= _CAPTION):
                yield Slot(f"{role.group}:{role.name}", value.strip(), slot.place, slot.line, label.strip())
                break


def _is_office(text: str, words: Vocabulary) -> bool:
    """Whether a line is nothing but a name: no colon, digit or label, no title, no sentence."""
    return bool(_OFFICE.match(text)) and not title_kind(text) and not words.has(text) and not find_unit(text)


def caption_slots(texts: Sequence[Slot], words: Vocabulary) -> list[Slot]:
    """Captions of lines below a form (signatures, telephone)."""
    return [caption for slot in texts for caption in _captions(slot, words)]


def names_part(line: str) -> bool:
    """Whether a line between two tables names a part of a form, or the unit of its money."""
    return base_vocabulary().has(line, "sections", "funds", "goals", "indicators") or find_unit(line) is not None
