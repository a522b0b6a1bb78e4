"""What a table turns out to be: a form, with the place of every field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from normalizers.money import Unit
from normalizers.parsed import Doubt


class Place(NamedTuple):
    """Row and column of the cell that holds a value: the only key that words and geometry share."""

    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Slot:
    """A value's text and where it stands.

    Attributes:
        name: the field, column or scope it is for.
        text: as printed, with the page's line breaks; only the value's part where label and value share a cell.
        place: its cell; None where it stands on a line outside the table.
        line: index into the table's lines above, or -1 - index into those below; None where it stands in a cell.
        label: the printed label, without layout breaks.
        doubts: about its place on the form.
        unit: for money, the unit that column, label, caption or family say; None where nobody says.
    """

    name: str
    text: str
    place: Place | None = None
    line: int | None = None
    label: str = ""
    unit: Unit | None = None
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class FundLine:
    """One line of money: total or annual, the item's wording, and its figures by column."""

    scope: str
    item: Slot
    figures: Mapping[str, Slot]


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One indicator: scope (total, annual or empty) and its texts by column; a target may stand in several cells."""

    scope: str
    texts: Mapping[str, tuple[Slot, ...]]


@dataclass(frozen=True, slots=True)
class Form:
    """One form, or one sheet of it.

    Attributes:
        kind: declaration or self_evaluation.
        subject: project, department or transfer.
        template: the registry's name of the family, or generic.
        title: as printed; None where no title stands in or above the table.
        year: slot with the text that names the year.
        head: single values by field name.
        contacts: persons and telephone numbers by role.
        funds: lines of money in reading order.
        goals: slots named by scope.
        indicators: in reading order.
        fields: every other labelled value.
        rows: the rows of the table that belong to the form.
        sheet: the sheet's own name where the form has several.
        reasons: why the family is not known.
        labels: cells that only name what stands beside or under them.
    """

    kind: str
    subject: str
    template: str
    title: Slot | None
    year: Slot | None
    head: tuple[Slot, ...]
    contacts: tuple[Slot, ...]
    funds: tuple[FundLine, ...]
    goals: tuple[Slot, ...]
    indicators: tuple[IndicatorLine, ...]
    fields: tuple[Slot, ...]
    rows: range
    sheet: str = ""
    reasons: tuple[str, ...] = field(default=())
    labels: frozenset[Place] = frozenset()

    def first(self, name: str) -> Slot | None:
        """The first head slot of that name that holds a text."""
        return next((slot for slot in self.head if slot.name == name and slot.text.strip()), None)
