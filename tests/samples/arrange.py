"""What comes before, between and after the forms of a document."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.samples.layouts import form
from tests.samples.model import Document, TableContent
from tests.samples.report.flow import report
from tests.samples.sheet import Item, Look, PageBreak, Sheet, Text, plain_table

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
        yield Text(f"项目经费情况说明 {number} {filing.project_name}", 13, "center", bold=True, space_before=12)
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


def budget(document: Document) -> Iterator[Item]:
    """A budget document: cover, contents, prose, statutory tables, more prose, forms."""
    yield from cover(document)
    first_after = document.drawing["prose_before_tables"]
    for heading, texts in document.prose[:first_after]:
        yield PageBreak()
        yield from section(heading, texts)
    for table in document.tables:
        yield from statutory(table, document.organisation)
    yield PageBreak()
    for heading, texts in document.prose[first_after:]:
        yield from section(heading, texts)
    yield Text(document.drawing.get("annex", "附件：项目绩效目标申报表"), 12, space_before=10)
    yield from forms(document)


def cover(document: Document) -> Iterator[Item]:
    """Title page and contents."""
    yield Text(document.title, 26, "center", bold=True, space_before=220, space_after=200)
    yield Text(document.organisation, 16, "center")
    yield PageBreak()
    yield Text("目  录", 18, "center", bold=True, space_after=16)
    for entry in document.drawing["contents"]:
        label, page = entry.rsplit(" ", 1)
        yield Text(f"{label} {'…' * max(3, 34 - len(label))} {page}", 11)


def section(heading: str, texts: tuple[str, ...]) -> Iterator[Item]:
    """One part: its heading and paragraphs; lines that begin with a bracketed numeral are subheadings."""
    yield Text(heading, 16, "center", bold=True, space_after=10)
    for text in texts:
        bold = len(text) < 24 and text[1:2] == "、"
        yield Text(text, 12, bold=bold, indent=True)


def statutory(table: TableContent, organisation: str) -> Iterator[Item]:
    """A table that is no form, on a page of its own, its unit above it at the right."""
    options = table.options
    yield PageBreak(turned=options.get("turned", False))
    yield Text(table.title, 15, "center", bold=True, space_after=6)
    if "number" in options:
        yield Text(options["number"], 9, "right")
    yield Text(f"编制单位：{organisation}", 9)
    if table.unit:
        yield Text(f"单位：{table.unit}", 9, "right")
    rows = plain_table(table.header, table.rows, options["edges"])
    repeat = (0, len(table.header)) if options.get("repeat") else None
    yield Sheet(tuple(rows), Look(font_size=9, row_height=options.get("row_height", 20)), repeat)
    if "note" in options:
        yield Text(options["note"], 9, space_before=4)


def notice(document: Document) -> Iterator[Item]:
    """An official notice: title, prose, tables in the text; no form."""
    yield Text(document.title, 18, "center", bold=True, space_after=12)
    for heading, texts in document.prose:
        yield Text(heading, 12, bold=True)
        for text in texts:
            yield Text(text, 11, indent=True)
    for table in document.tables:
        yield Text(table.title, 13, "center", bold=True, space_before=12)
        yield Text(f"单位：{table.unit}", 9, "right")
        yield Sheet(tuple(plain_table(table.header, table.rows, table.options["edges"])), Look(font_size=9.5))
    yield Text(document.organisation, 11, "right", space_before=16)
    yield Text(document.drawing["date"], 11, "right")


ARRANGEMENTS: dict[str, Callable[[Document], Iterator[Item]]] = {
    "forms": forms,
    "narratives": narratives,
    "budget": budget,
    "notice": notice,
    "report": report,
}
