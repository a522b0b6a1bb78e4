"""Narratives on a project's money: prose under a heading of its own, before the project's form or alone."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from normalizers.form import Slot
from normalizers.heading import title_kind
from normalizers.text import fold
from normalizers.vocabulary import read_registry


@dataclass(frozen=True, slots=True)
class Narrative:
    """A heading and the paragraphs under it.

    Attributes:
        title: the heading.
        body: indices of the paragraphs.
    """

    title: Slot
    body: tuple[int, ...]

    def is_about(self, project: str) -> bool:
        """Whether its heading names a project."""
        return bool(project) and fold(project) in fold(self.title.text)


@cache
def _title() -> re.Pattern[str]:
    return re.compile("|".join(read_registry("titles.yml")["narratives"]))


def find_narratives(texts: Sequence[str], is_text: Sequence[bool]) -> Iterator[Narrative]:
    """The narratives of a document, in reading order; each ends at a table, a form's title or the next one.

    Args:
        texts: one for each paragraph or table; empty for tables and entries of contents.
        is_text: which of them are paragraphs.
    """
    starts = [index for index, text in enumerate(texts) if _is_title(text)]
    for start, stop in pairwise([*starts, len(texts)]):
        body = []
        for index in range(start + 1, stop):
            if not is_text[index] or title_kind(texts[index]):
                break
            body += [index] if texts[index] else []
        if body:
            yield Narrative(Slot("title", texts[start], line=start), tuple(body))


def _is_title(text: str) -> bool:
    key = fold(text)
    return 0 < len(key) <= 60 and not re.search("[。;,]|如下:?$", key) and _title().search(key) is not None
