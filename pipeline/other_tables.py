"""A table that is no form -> its rows: title, unit and every cell."""

from collections.abc import Iterator

from extractors.table import Table
from normalizers.money import find_unit
from pipeline.records import Row, Scalar

_LONGEST_CAPTION = 40  # characters


def other_table_rows(table_id: str, document_id: str, table: Table) -> Iterator[Row]:
    """A table that is no form: its title, unit and cells."""
    title = next((line.text for line in reversed(table.above[-4:]) if _is_caption(line.text)), None)
    unit = next((u.name for line in reversed(table.above[-4:]) if (u := find_unit(line.text))), None)
    shape: dict[str, Scalar] = {
        "document_id": document_id, "title": title, "unit": unit, "page_first": table.page_first,
        "page_last": table.page_last, "row_count": table.row_count, "column_count": table.column_count,
    }  # fmt: skip
    yield Row("other_tables", table_id, shape)
    for number, cell in enumerate(table.cells):
        yield Row(
            "other_table_cells",
            f"{table_id}-{number:05d}",
            {
                "table_id": table_id, "row": cell.row, "column": cell.column, "row_span": cell.row_span,
                "column_span": cell.column_span, "text": cell.text or None, "page": cell.parts[0].page,
            },
        )  # fmt: skip


def _is_caption(text: str) -> bool:
    """Whether a line over a table may be its title: short, no sentence, no unit line, no page number."""
    return (
        2 < len(text) <= _LONGEST_CAPTION
        and not any(mark in text for mark in "。：:；")
        and not (text.startswith(("(", "（")) or find_unit(text))
    )
