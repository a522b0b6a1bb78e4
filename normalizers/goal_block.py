"""The goals of a form: a label beside its text, or headings side by side over their texts."""

from dataclasses import dataclass, field

from normalizers.form import Place, Slot
from normalizers.text_table import TextCell, TextTable
from normalizers.vocabulary import Vocabulary

_SCOPES = ("total", "annual", "expected", "actual", "initial", "unscoped")


@dataclass(slots=True)
class Goals:
    """What was found, and the cells that are accounted for."""

    slots: list[Slot] = field(default_factory=list)
    used: set[Place] = field(default_factory=set)


def read_goals(table: TextTable, words: Vocabulary, taken: set[Place]) -> Goals:
    """All goals of a form outside the cells that are taken already; slots are named by scope."""
    goals = Goals()
    for label in table.starting():
        place = Place(label.row, label.column)
        names = [name for name in words.names(label.joined, "goals") if name in _SCOPES]
        if not names or place in taken or place in goals.used:
            continue
        if _is_side_label(table, label, words):
            goals.used.add(place)
            continue
        text = _text_of(table, label, words)
        if text is None or Place(text.row, text.column) in taken | goals.used:
            continue
        spot = Place(text.row, text.column)
        goals.slots.append(Slot(names[0], text.text, spot, label=label.joined))
        goals.used.update((place, spot))
    return goals


def _is_heading(cell: TextCell | None, words: Vocabulary) -> bool:
    return cell is not None and words.has(cell.joined, "goals")


def _is_side_label(table: TextTable, label: TextCell, words: Vocabulary) -> bool:
    """Whether the label only names the block: headings of goals stand to its right."""
    right = table.right_of(label)
    return (
        "block" in words.names(label.joined, "goals")
        and (_is_heading(right, words) or words.has(right.joined if right else "", "indicator_columns"))
        and (label.row_span > 1 or label.column == 0)
        and label.column + label.column_span < table.column_count
        and not _is_heading(_left_of(table, label), words)
    )


def _left_of(table: TextTable, cell: TextCell) -> TextCell | None:
    return table.at(cell.row, cell.column - 1) if cell.column else None


def _text_of(table: TextTable, label: TextCell, words: Vocabulary) -> TextCell | None:
    """The cell with the goal's text: to the right, or below where headings stand side by side."""
    right, below = table.right_of(label), table.below_of(label)
    left = _left_of(table, label)
    beside = _is_heading(right, words) or (
        left is not None and left.row_span == label.row_span and _is_heading(left, words)
    )
    if right is not None and not beside and not words.has(right.joined, "goals", "indicator_columns"):
        return right
    if below is None or words.has(below.joined, "goals", "indicator_columns", "head", "funds", "sections", "fields"):
        return None
    return below if below.column == label.column else None
