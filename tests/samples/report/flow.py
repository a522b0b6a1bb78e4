"""A report from cover to annex: headings, paragraphs, and where its tables and forms stand.

Lines of the body: ``#`` to ``#####`` headings, ``@`` words, else a paragraph. The words: ``@budget``, ``@targets``,
``@scores`` (all), ``@scores A`` (one level 1), ``@analysis A`` (a paragraph each), ``@annex``, ``@experiences``,
``@problems``, ``@recommendations``, ``@filing 0``, ``@table 0``, ``@page``, ``@turned`` (a landscape page begins).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from tests.samples.layouts import form
from tests.samples.report.model import Report
from tests.samples.report.tables import budget_sheet, score_sheet, target_sheet
from tests.samples.sheet import Item, Look, PageBreak, Sheet, Text, plain_table

if TYPE_CHECKING:
    from tests.samples.model import Document

SIZES = {1: 17.0, 2: 14.0, 3: 12.5, 4: 12.0, 5: 12.0}
NUMERALS = "一二三四五六七八九十"
LINE, STOP = 41.5, 0.5  # in characters: how wide a line of the contents is, and a full stop or figure in it


def report(document: Document) -> Iterator[Item]:
    """Everything that is drawn."""
    content = document.report
    assert content
    yield from cover(content)
    if content.contents:
        yield from contents(content)
    for line in content.body:
        yield from flowing(document, content, line)


def cover(content: Report) -> Iterator[Item]:
    """Title, labelled names, date: a page of their own, or plain above the text."""
    plain = content.cover.get("plain", False)
    above, between, below = (10, 4, 0) if plain else (130, 110, 110)
    size, room = (11.5, 2) if plain else (14, 8)
    first, *others = content.cover["title"]
    yield Text(first, 20 if plain else 24, "center", bold=True, space_before=above)
    for line in others:
        yield Text(line, 20 if plain else 24, "center", bold=True)
    yield Text("", 12, space_after=between)
    for label, name in content.cover["labels"].items():
        yield Text(f"　　　　{label}：{content.head[name]}", size, space_after=room)
    yield Text(content.cover["date"], size, "center", space_before=below, space_after=room)


def contents(content: Report) -> Iterator[Item]:
    """The contents with dotted leaders."""
    yield PageBreak()
    yield Text("目  录", 18, "center", bold=True, space_after=12)
    for entry in content.contents:
        label, page = entry.rstrip().rsplit(" ", 1)
        name = "　" * ((len(label) - len(label.lstrip())) // 4) + label.strip()
        taken = sum(1 if char > "\xff" else STOP for char in name + page)
        yield Text(f"{name}{'.' * int((LINE - taken) / STOP)}{page}", 11)
    yield PageBreak()


def flowing(document: Document, content: Report, line: str) -> Iterator[Item]:
    """One line of the body."""
    if line.startswith("@"):
        word, _, what = line[1:].partition(" ")
        yield from WORDS[word](document, content, what)
    elif line.startswith("#"):
        marks, _, heading = line.partition(" ")
        yield title(heading, len(marks), content)
    else:
        yield Text(line, content.options.get("size", 12), indent=True)


def title(heading: str, level: int, content: Report) -> Text:
    """A heading of one of five levels."""
    size = content.options.get("sizes", SIZES)[level]
    if level == 1:
        return Text(heading, size, "center", bold=True, space_before=8, space_after=8)
    return Text(heading, size, bold=level < 5, indent=level > 2, space_before=4)


def caption(text: str, unit: str = "") -> Iterator[Item]:
    """The line above a table, its unit at the right."""
    yield Text(text, 10.5, "center", bold=True, space_before=4, space_after=2)
    if unit:
        yield Text(f"单位：{unit}", 9, "right", space_after=2)


def budget(document: Document, content: Report, what: str) -> Iterator[Item]:
    """表1."""
    yield from caption(content.captions["budget"], content.options["unit"])
    yield budget_sheet(content)


def targets(document: Document, content: Report, what: str) -> Iterator[Item]:
    """表2."""
    yield from caption(content.captions["targets"])
    yield target_sheet(content)


def scores(document: Document, content: Report, what: str) -> Iterator[Item]:
    """表3, or the part of one level 1, which has no caption."""
    if not what:
        yield from caption(content.captions["scores"])
    yield score_sheet(content, "short", what)


def annex(document: Document, content: Report, what: str) -> Iterator[Item]:
    """The full score table."""
    yield from caption(content.captions["annex"])
    yield score_sheet(content, "annex")


def analysis(document: Document, content: Report, what: str) -> Iterator[Item]:
    """What is said of each indicator of one level 1."""
    for heading, text in told_scores(content, what):
        yield title(heading, 5, content)
        yield Text(text, content.options.get("size", 12), indent=True)


def told_scores(content: Report, what: str) -> Iterator[tuple[str, str]]:
    """Heading and paragraph of each indicator of one level 1."""
    for row in content.scores:
        if row.level1.startswith(what):
            yield row.level3, f"{row.performance}该指标满分{row.max_score}分，根据评分标准，得{row.score}分。"


def findings(kind: str) -> Callable[[Document, Report, str], Iterator[Item]]:
    """Numbered headings, each with its paragraphs."""

    def drawn(document: Document, content: Report, what: str) -> Iterator[Item]:
        for number, finding in enumerate(content.findings[kind], 1):
            mark = f"（{NUMERALS[number - 1]}）" if content.options.get("numbering") == "brackets" else f"{number}."
            yield title(mark + finding.heading, 4, content)
            for text in finding.paragraphs:
                yield Text(text, content.options.get("size", 12), indent=True)

    return drawn


def filing(document: Document, content: Report, what: str) -> Iterator[Item]:
    """A form that the annex prints again."""
    yield from form(document.filings[int(what)])


def table(document: Document, content: Report, what: str) -> Iterator[Item]:
    """A table that is no form."""
    shown = document.tables[int(what)]
    yield from caption(shown.title, shown.unit or "")
    edges = shown.options["edges"]
    repeat = (0, len(shown.header)) if shown.options.get("repeat") else None
    yield Sheet(tuple(plain_table(shown.header, shown.rows, edges)), Look(font_size=9.5, row_height=20), repeat)


def new_page(turned: bool) -> Callable[[Document, Report, str], Iterator[Item]]:
    """A page begins."""

    def drawn(document: Document, content: Report, what: str) -> Iterator[Item]:
        yield PageBreak(turned=turned)

    return drawn


WORDS: dict[str, Callable[[Document, Report, str], Iterator[Item]]] = {
    "budget": budget,
    "targets": targets,
    "scores": scores,
    "analysis": analysis,
    "annex": annex,
    "experiences": findings("experiences"),
    "problems": findings("problems"),
    "recommendations": findings("recommendations"),
    "filing": filing,
    "table": table,
    "page": new_page(turned=False),
    "turned": new_page(turned=True),
}
