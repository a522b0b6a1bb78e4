"""An indicator of a form -> its row."""

from normalizers.form import IndicatorLine, Slot
from normalizers.parsed import Parsed
from normalizers.target import join_target, parse_target
from normalizers.text import is_missing
from pipeline import values
from pipeline.receipts import Numbers, RowDraft, Sheet
from pipeline.records import Row


def indicator_row(numbers: Numbers, line: IndicatorLine, sheet: Sheet) -> Row:
    """One row of `indicators`."""
    draft = numbers.draft("indicators", "i")
    draft.values["scope"] = line.scope or None
    for name, slots in line.texts.items():
        if name in values.INDICATORS:
            column, read = values.INDICATORS[name]
            draft.put(column, read(slots[0]), slots[0], sheet)
    for level in ("level1", "level2"):
        for slot in line.texts.get(level, ()):
            draft.put(f"{level}_points", values.read_level_points(slot), slot, sheet)
    for slot in line.texts.get("level3", ()):
        draft.put("core", values.read_core(slot), slot, sheet)
    _target(draft, line, sheet)
    for slot in line.texts.get("actual", ()):
        _actual(draft, slot, sheet)
    return draft.done()


def _target(draft: RowDraft, line: IndicatorLine, sheet: Sheet) -> None:
    cells = [next(iter(line.texts.get(name, ())), None) for name in ("operator", "target", "target_unit")]
    slot = cells[1]
    if slot is None or not slot.text.strip():
        slot = next(iter(line.texts.get("target_initial", ())), slot)
    if slot is None:
        return
    text = values.printed(slot)
    if cells[0] is not None or cells[2] is not None:
        text = join_target(*(values.printed(c) if c else "" for c in (cells[0], slot, cells[2])))
    if is_missing(text):
        return
    operator, _, unit = (cell or slot for cell in cells)
    draft.put("target_raw", Parsed(text, slot.text), slot, sheet)
    for beside in (operator, unit):
        if beside is not slot:
            draft.support("target_raw", beside, sheet)
    found = parse_target(text)
    if found.value is not None:
        draft.put("target_operator", Parsed(found.value.operator or None, operator.text), operator, sheet)
        draft.put("target_value", Parsed(found.value.value, slot.text, found.doubts), slot, sheet)
        draft.put("target_unit", Parsed(found.value.unit or None, unit.text), unit, sheet)


def _actual(draft: RowDraft, slot: Slot, sheet: Sheet) -> None:
    found = parse_target(values.printed(slot))
    if found.value is not None:
        draft.put("actual_value", Parsed(found.value.value, slot.text, found.doubts), slot, sheet)
