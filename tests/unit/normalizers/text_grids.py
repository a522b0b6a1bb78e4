"""Text tables sketched as rows of strings, and what was read from them as plain values."""

from collections.abc import Iterable, Sequence

from normalizers.form import Form, FundLine, IndicatorLine, Slot
from normalizers.text_table import TextCell, TextTable

Rows = Sequence[Sequence[str]]


def sketch(
    rows: Rows,
    above: Sequence[str] = (),
    below: Sequence[str] = (),
    page_rows: Iterable[int] = (),
    is_seen: bool = False,
) -> TextTable:
    """A table: `<` is the cell to its left going on, `^` the cell above going on; short rows go on to the right.

    Args:
        rows: the cells' texts.
        above: lines over the table.
        below: lines under it.
        page_rows: rows at which a new page begins.
        is_seen: whether it was recognised from a picture.
    """
    columns = max(len(row) for row in rows)
    full = [[*row, *["<"] * (columns - len(row))] for row in rows]
    cells = []
    for r, row in enumerate(full):
        for c, text in enumerate(row):
            if text in ("<", "^"):
                continue
            right = next((i for i in range(c + 1, columns) if row[i] != "<"), columns)
            down = next((i for i in range(r + 1, len(full)) if full[i][c] != "^"), len(full))
            cells.append(TextCell(r, c, down - r, right - c, text))
    lines = tuple(above), tuple(below)
    return TextTable(tuple(cells), range(len(full)), columns, *lines, frozenset(page_rows), is_seen=is_seen)


def words(slots: Iterable[Slot]) -> list[tuple[str, str]]:
    """Name and text of each slot."""
    return [(slot.name, slot.text) for slot in slots]


def money(lines: Iterable[FundLine]) -> list[tuple[str, str, dict[str, str]]]:
    """Scope, item and figures of each line of money."""
    return [(line.scope, line.item.text, {name: slot.text for name, slot in line.figures.items()}) for line in lines]


def measures(lines: Iterable[IndicatorLine]) -> list[dict[str, str]]:
    """The texts of each indicator by role, blank ones left out; its scope where it has one."""
    found = []
    for line in lines:
        texts = {name: slot.text for name, slots in line.texts.items() for slot in slots if slot.text}
        found.append({**({"scope": line.scope} if line.scope else {}), **texts})
    return found


def paths(lines: Iterable[IndicatorLine]) -> list[str]:
    """Level 1 / level 2 / level 3 of each indicator."""
    return ["/".join(row.get(f"level{i}", "") for i in (1, 2, 3)) for row in measures(lines)]


def head(form: Form) -> dict[str, str]:
    """The head's values by name."""
    return dict(words(form.head))
