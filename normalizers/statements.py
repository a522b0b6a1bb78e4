"""Sentences of a report that state figures of its tables once more: points, money spent, the answers of a survey."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from normalizers.form import Slot
from normalizers.text import half_width
from normalizers.vocabulary import read_registry

_SENTENCE = re.compile(r"[^。；\n]+")
_HEADING = re.compile(r"[^。；，,;]{2,40}")


@cache
def prose_pattern(name: str) -> re.Pattern[str]:
    """An expression of the registry, over compact text."""
    return re.compile(read_registry("rules.yml")["words"]["prose"][name])


def compact(text: str) -> str:
    """Prose as the expressions want it: half width, without blanks; line breaks stay."""
    return re.sub(r"[^\S\n]+", "", half_width(text))


def find_statements(texts: Sequence[str], span: Sequence[int]) -> Iterator[Slot]:
    """The sentences with figures to compare, each with the heading over it as label.

    Args:
        texts: the paragraphs of the document; empty for tables.
        span: the indices of those that are the report's.
    """
    heading = ""
    for index in span:
        text = texts[index].strip()
        if _HEADING.fullmatch(text):
            heading = text
            continue
        for sentence in _SENTENCE.findall(text):
            if _says_figures(compact(sentence)):
                yield Slot("statement", sentence.strip(), line=index, label=heading)


def _says_figures(sentence: str) -> bool:
    has_figure = any(char.isdigit() for char in sentence)
    return has_figure and any(prose_pattern(name).search(sentence) for name in _kinds())


@cache
def _kinds() -> tuple[str, ...]:
    return tuple(read_registry("rules.yml")["words"]["statements"])
