"""Single values of a form: a label, and its value in the cell to the right or behind a colon."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from normalizers.form import Place, Slot
from normalizers.text import fold
from normalizers.text_table import TextCell, TextTable
from normalizers.vocabulary import Role, Vocabulary

_LONGEST_LABEL = 24  # characters of a label that nobody knows
_INLINE = re.compile(r"^([^:：\n]{2,24})[:：]\s*(\S.*)$", re.DOTALL)
_PHONE = re.compile(r"[0-9０-９][0-9０-９\-—– ]{5,}[0-9０-９]")


@dataclass(slots=True)
class Head:
    """What was found: head values by field name, contacts by role, everything else by its label."""

    head: list[Slot] = field(default_factory=list)
    contacts: list[Slot] = field(default_factory=list)
    fields: list[Slot] = field(default_factory=list)
    labels: set[Place] = field(default_factory=set)

    def add(self, role: Role, slot: Slot) -> None:
        """File a value under its role."""
        if role.group == "head":
            self.head.append(slot)
        elif role.group == "contacts":
            self.contacts.append(slot)
        else:
            self.fields.append(slot)


def read_head(table: TextTable, words: Vocabulary, taken: set[Place]) -> Head:
    """All labelled values of a form outside the cells that are taken already."""
    head = Head()
    used: set[Place] = set()
    money = _rows_of_money(table, words)
    for label in table.starting():
        place = Place(label.row, label.column)
        if place in taken or place in used or not label.text:
            continue
        role = _role(label, words)
        value = table.right_of(label)
        if value is not None and _is_table(table, label, value):
            value = None
        if value is not None and (Place(value.row, value.column) in taken or words.has(value.joined, *_LABELS)):
            value = None
        inline = [] if role is not None else list(_read_inline(label, words, head))
        if inline:
            used.update(inline)
        elif value is not None and (
            role is not None or (label.row not in money and _is_unknown_label(table, label, words, taken))
        ):
            _file(head, role or Role("fields", "fields"), label, value)
            used.update((place, Place(value.row, value.column)))
            head.labels.add(place)
    return head


def _rows_of_money(table: TextTable, words: Vocabulary) -> set[int]:
    """The rows beside a merged label of money: what funds leave of them are headings and items, no labelled values."""
    blocks = [cell for cell in table.starting() if cell.row_span > 1 and words.has(cell.joined, "funds")]
    return {row for block in blocks for row in block.rows}


def _is_table(table: TextTable, label: TextCell, value: TextCell) -> bool:
    """Whether a merged label stands beside rows of their own: no one value."""
    below = [table.at(row, value.column) for row in range(value.rows.stop, label.rows.stop)]
    return any(cell is not None and cell.text for cell in below)


_LABELS = ("head", "contacts", "goals", "indicator_columns", "indicators")


def _role(label: TextCell, words: Vocabulary) -> Role | None:
    """The first role that a single value may have."""
    return next((r for r in words.roles(label.joined) if r.group in ("head", "contacts", "fields")), None)


def _is_unknown_label(table: TextTable, label: TextCell, words: Vocabulary, taken: set[Place]) -> bool:
    """Whether an unknown text reads as a label: short, and label and value take turns along its row."""
    if len(fold(label.joined)) > _LONGEST_LABEL or words.has(label.joined, "goals", "indicators"):
        return False
    cells = [c for c in table.row(label.row) if Place(c.row, c.column) not in taken and c.row == label.row]
    return len(cells) in (2, 4, 6) and label in cells[::2]


def _file(head: Head, role: Role, label: TextCell, value: TextCell) -> None:
    spot = Place(value.row, value.column)
    name = label.joined.rstrip(":：").strip()
    if role.name.endswith("_and_phone"):
        for slot in _split_phone(role, Slot(role.name, value.text, spot, label=name)):
            head.contacts.append(slot)
        return
    head.add(role, Slot(role.name, value.text, spot, label=name))


def _split_phone(role: Role, slot: Slot) -> Iterator[Slot]:
    """Name and telephone number of `负责人及电话`."""
    text = " ".join(slot.text.split("\n"))
    phone = _PHONE.search(text)
    name = (text[: phone.start()] if phone else text).strip(" 、，,/／;；:：")
    person = role.name.removesuffix("_and_phone")
    yield Slot(person, name, slot.place, label=slot.label)
    if phone:
        yield Slot("phone", phone[0], slot.place, label=slot.label)


def _read_inline(cell: TextCell, words: Vocabulary, head: Head) -> Iterator[Place]:
    """`label：value` inside one cell, where the label is known."""
    found = _INLINE.match(cell.text)
    if not found:
        return
    role = next((r for r in words.roles(found[1]) if r.group in ("head", "contacts")), None)
    if role is not None:
        spot = Place(cell.row, cell.column)
        head.add(role, Slot(role.name, found[2].strip(), spot, label=found[1].strip()))
        yield spot
