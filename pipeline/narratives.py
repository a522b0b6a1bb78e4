"""Narratives -> rows, each with the form it belongs to."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.paragraphs import Paragraph
from normalizers.form import Slot
from normalizers.narrative import Narrative, find_narratives
from normalizers.parsed import Parsed
from pipeline.flow import Flow
from pipeline.receipts import RowDraft
from pipeline.records import Row


class Placed(NamedTuple):
    """A filing, the project it names, and the index of the block at which it begins."""

    filing_id: str
    project: str
    start: int


def narrative_rows(document_id: str, flow: Flow, filings: Sequence[Placed]) -> Iterator[Row]:
    """The narratives of a document.

    One belongs to the form whose project its heading names; else to the one that follows before the next narrative.
    """
    is_text = [isinstance(block, Paragraph) for block in flow.blocks]
    found = list(find_narratives(flow.texts, is_text))
    stops = [*(narrative.title.line or 0 for narrative in found[1:]), len(flow.blocks)]
    for number, (narrative, stop) in enumerate(zip(found, stops, strict=False), 1):
        draft = RowDraft("narratives", f"{document_id}-p{number:03d}")
        first, last = flow.pages([narrative.title.line or 0, *narrative.body])
        draft.values.update(document_id=document_id, page_first=first, page_last=last)
        draft.values["filing_id"] = _filing(narrative, filings, stop)
        draft.put("title", Parsed(narrative.title.text, ""), narrative.title, flow)
        slots = [Slot("text", flow.texts[index], line=index) for index in narrative.body]
        draft.put("text", Parsed("\n".join(slot.text for slot in slots), ""), slots[0], flow)
        for slot in slots[1:]:
            draft.support("text", slot, flow)
        yield draft.done()


def _filing(narrative: Narrative, filings: Sequence[Placed], stop: int) -> str | None:
    named = [placed for placed in filings if narrative.is_about(placed.project)]
    start = narrative.title.line or 0
    behind = [p for p in filings if start < p.start < stop]
    longest = max(named, key=lambda placed: len(placed.project), default=None)
    chosen = longest or next(iter(behind), None)
    return chosen.filing_id if chosen else None
