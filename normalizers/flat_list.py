"""A flat list: one indicator table for many projects, each project's name merged over its rows."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from normalizers.form import Form, IndicatorLine, Slot
from normalizers.indicator_block import IndicatorBlock


def is_flat_list(blocks: Sequence[IndicatorBlock]) -> bool:
    """Whether the one indicator table of a form names a project in each of its rows."""
    return len(blocks) == 1 and any(column.role == "project" for column in blocks[0].columns)


def split_projects(form: Form) -> Iterator[Form]:
    """One form a project, in reading order; title, year and head are common to all.

    A row that holds nothing but a name is the unit whose projects follow. The row of column numbers is nothing.
    """
    unit: Slot | None = None
    unit_of: Slot | None = None
    project: Slot | None = None
    lines: list[IndicatorLine] = []
    for line in fill_projects(form.indicators):
        name = next(iter(line.texts.get("project", ())), None)
        if name is None or name.text.strip().isdigit():
            continue
        if not _says_more(line):
            unit = name
            continue
        if project is not None and name.place != project.place and name.text:
            yield _form(form, project, unit_of, lines)
            lines = []
        if not lines:
            project, unit_of = name, unit
        lines.append(line)
    if project is not None and lines:
        yield _form(form, project, unit_of, lines)


def _says_more(line: IndicatorLine) -> bool:
    """Whether a row holds more than a name (levels and goals may be filled down from above)."""
    return any(slot.text.strip() for role in ("level3", "target") for slot in line.texts.get(role, ()))


def _form(form: Form, project: Slot, unit: Slot | None, lines: Sequence[IndicatorLine]) -> Form:
    head = [replace(project, name="project_name"), *form.head]
    if unit is not None:
        head.append(replace(unit, name="implementing_unit"))
    goals = dict.fromkeys(slot for line in lines for slot in line.texts.get("goal", ()) if slot.text.strip())
    rows = [slot.place.row for line in lines for slots in line.texts.values() for slot in slots if slot.place]
    return replace(
        form,
        head=tuple(head),
        goals=tuple(replace(slot, name="annual") for slot in goals),
        indicators=tuple(lines),
        funds=(),
        fields=(),
        rows=range(min(rows), max(rows) + 1),
    )


def fill_projects(lines: Sequence[IndicatorLine]) -> list[IndicatorLine]:
    """The rows with project and goal filled down: blank cells below a name are parts of its merged cell."""
    filled: list[IndicatorLine] = []
    above: dict[str, Slot] = {}
    for line in lines:
        texts = dict(line.texts)
        name = next(iter(texts.get("project", ())), None)
        if name is not None and name.text and name != above.get("project"):
            above = {"project": name}
        for role in ("project", "goal"):
            slot = next(iter(texts.get(role, ())), None)
            if slot is not None and slot.text:
                above[role] = slot
            elif role in above:
                texts[role] = (above[role],)
        filled.append(IndicatorLine(line.scope, texts))
    return filled
