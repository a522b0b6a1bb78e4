"""What comes before, between and after the forms of a document."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.samples.layouts import form
from tests.samples.model import Document
from tests.samples.sheet import Item, PageBreak, Text

NUMERALS = "一二三四五六七八九十"


def arranged(document: Document) -> list[Item]:
    """Everything that is drawn, in order."""
    return list(ARRANGEMENTS[document.arrangement](document))


def forms(document: Document) -> Iterator[Item]:
    """Form after form, each on a new page unless the document says that they run on."""
    for index, filing in enumerate(document.filings):
        if index and not document.drawing.get("run_on"):
            yield PageBreak()
        elif index:
            yield Text("", 10.5)
        yield from form(filing)


def narratives(document: Document) -> Iterator[Item]:
    """An opening, then for each project its narrative and its form, all running on."""
    yield Text(document.title, 16, "center", bold=True, space_after=10)
    yield from opening(document)
    for number, filing in enumerate(document.filings, 1):
        yield Text(
            f"项目经费情况说明 {number} {filing.project_name}", 13, "center", bold=True, space_before=12
        )
        for numeral, (heading, text) in zip(NUMERALS, filing.narrative.items(), strict=False):
            yield Text(f"{numeral}、{heading}", 11, bold=True)
            yield Text(text, 10.5, indent=True)
        yield from form(filing)


def opening(document: Document) -> Iterator[Item]:
    """The prose before the forms: headings and paragraphs."""
    for heading, texts in document.prose:
        yield Text(heading, 13, "center" if document.arrangement == "narratives" else "left", bold=True)
        for text in texts:
            yield Text(text, 10.5, indent=True)


ARRANGEMENTS: dict[str, Callable[[Document], Iterator[Item]]] = {
    "forms": forms,
    "narratives": narratives,
}
