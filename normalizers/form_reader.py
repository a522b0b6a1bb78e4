"""A table's words -> the forms in it: which family each is, and where every field stands."""

from collections.abc import Iterator, Sequence

from normalizers.flat_list import is_flat_list, split_projects
from normalizers.form import Form, Place, Slot
from normalizers.fund_block import read_funds
from normalizers.goal_block import read_goals
from normalizers.head_block import Head, read_head
from normalizers.heading import Heading, caption_slots, read_heading, split_sheet, subject_of, title_kind
from normalizers.indicator_block import BlockRows, IndicatorBlock, find_blocks, read_rows
from normalizers.template import GENERIC, Template, identify
from normalizers.text import fold, is_missing
from normalizers.text_table import TextTable
from normalizers.vocabulary import Vocabulary, base_vocabulary, words_for

Family = tuple[Template | None, tuple[str, ...]]  # the one that fits, or the names of several
_LONGEST_LABEL = 60  # characters, line breaks included
_SIGNATURE_LINES = 3  # lines under a form that may hold signatures


def read_forms(table: TextTable) -> list[Form]:
    """The forms in a table, from the top; empty where it is no form.

    A form without title and without project name is the rest of the form before it, or no form at all: the
    caller, who sees what stands before, decides.
    """
    words = base_vocabulary()
    forms = []
    starts = list(_starts(table, words))
    for start, stop in zip(starts, [*starts[1:], table.rows.stop], strict=True):
        above = table.above if start == table.rows.start else ()
        below = table.below if stop == table.rows.stop else ()
        forms += _read_part(table.part(range(start, stop), above, below))
    return forms


def _starts(table: TextTable, words: Vocabulary) -> Iterator[int]:
    """Rows at which a form begins: the first, every title, and a project name after indicators."""
    seen_indicators, last_titled = False, -2
    for row in table.rows:
        cell = table.full_width(row)
        titled = cell is not None and title_kind(cell.text.split("\n")[0]) is not None
        labels = [c.joined for c in table.row(row) if c.row == row and c.text]
        named = bool(labels) and "project_name" in words.names(labels[0], "head")
        if row == table.rows.start or (titled and last_titled != row - 1) or (named and seen_indicators):
            yield row
            seen_indicators = False
        if titled:
            last_titled = row
        levels = [name for label in labels for name in words.names(label, "indicator_columns")]
        seen_indicators = seen_indicators or len(set(levels) & {"level1", "level2", "level3", "target"}) >= 2


def _read_part(table: TextTable) -> list[Form]:
    """The form in these rows; several where it is a flat list of projects; none where nothing was found."""
    heading = read_heading(table, base_vocabulary())
    labels = _labels(table, base_vocabulary())
    title = heading.title.text if heading.title else ""
    family = identify(heading.kind, title, labels)
    body = table.part(range(table.rows.start + heading.rows, table.rows.stop), table.above, table.below)
    blocks = find_blocks(body, _words(family[0]))
    form = _fill(body, heading, family, blocks)
    if is_flat_list(blocks):
        return list(split_projects(form))
    return [form] if _is_form(form) else []


def _labels(table: TextTable, words: Vocabulary) -> set[str]:
    """Everything short that is printed in the cells, folded, with the wording that the vocabulary knows it by."""
    keys: set[str] = set()
    for cell in table.cells:
        if 0 < len(cell.text) <= _LONGEST_LABEL and not cell.text[-1].isdigit():
            for line in (cell.joined, *(cell.text.split("\n") if words.has(cell.joined) else ())):
                keys.update(words.known_keys(line))
            if "\n" in cell.text:
                keys.update(key for line in cell.text.split("\n") for key in words.known_keys(line.split("：")[0]))
    return keys


def _words(template: Template | None) -> Vocabulary:
    return template.vocabulary if template else base_vocabulary()


def _fill(table: TextTable, heading: Heading, family: Family, blocks: Sequence[IndicatorBlock]) -> Form:
    template, rivals = family
    words = _words(template)
    rows = _read_indicators(table, words, blocks)
    taken = {
        Place(cell.row, cell.column)
        for block, read in zip(blocks, rows, strict=True)
        for cell in table.starting()
        if block.header.start <= cell.row < read.end
    }
    funds = read_funds(table, words, heading.unit or (template.unit if template else None), taken)
    goals = read_goals(table, words, taken | funds.used)
    head = read_head(table, words, taken | funds.used | goals.used)
    _add_captions(head, heading, table, words, template)
    for read in rows:
        head.head += [Slot("total_score", s.text, s.place, label="") for s in read.total if s.name == "score"]
    title, sheet = split_sheet(heading.title.text) if heading.title else ("", "")
    kind = heading.kind or (template.kind if template else _kind_of(blocks, goals.slots))
    return Form(
        kind=kind,
        subject=(template.subject if template and template.subject else subject_of(title)),
        template=template.name if template else GENERIC,
        title=_retitled(heading.title, title),
        year=heading.year,
        head=tuple(head.head),
        contacts=tuple(head.contacts),
        funds=tuple(funds.lines),
        goals=tuple(_scoped_goals(goals.slots, kind)),
        indicators=tuple(line for read in rows for line in read.lines),
        fields=tuple(head.fields),
        rows=table.rows,
        labels=frozenset(head.labels.union(*(read.labels for read in rows), _own_labels(table, template))),
        sheet=sheet,
        reasons=(f"more than one family fits: {', '.join(rivals)}",) if rivals else (),
    )


def _own_labels(table: TextTable, template: Template | None) -> set[Place]:
    """The cells with a label that only this family has."""
    if template is None or not template.labels:
        return set()
    words = template.vocabulary
    return {Place(cell.row, cell.column) for cell in table.starting() if words.has(cell.joined)}


def _retitled(slot: Slot | None, title: str) -> Slot | None:
    return Slot("title", title, slot.place, slot.line) if slot else None


def _kind_of(blocks: Sequence[IndicatorBlock], goals: Sequence[Slot]) -> str:
    roles = {column.role for block in blocks for column in block.columns}
    evaluated = roles & {"actual", "score"} or any(goal.name == "actual" for goal in goals)
    return "self_evaluation" if evaluated else "declaration"


def _read_indicators(table: TextTable, words: Vocabulary, blocks: Sequence[IndicatorBlock]) -> list[BlockRows]:
    several = len(blocks) > 1 or any(block.groups > 1 for block in blocks)
    rows = []
    for index, block in enumerate(blocks):
        stop = blocks[index + 1].header.start if index + 1 < len(blocks) else table.rows.stop
        part = table.part(range(table.rows.start, stop))
        rows.append(read_rows(part, block, words, _scopes(table, block) if several else [""] * block.groups))
    return rows


def _scopes(table: TextTable, block: IndicatorBlock) -> list[str]:
    """Total or annual for each set of a block: side by side in that order, else as the words beside or above say."""
    if block.groups > 1:
        return ["total", "annual", *[""] * (block.groups - 2)][: block.groups]
    around = [cell.joined for cell in table.row(block.header.start)]
    if block.header.start - 1 in table.rows:
        above = table.full_width(block.header.start - 1)
        around += [above.joined] if above else []
    text = "".join(text for text in around if "指标值" not in text)
    periods = words_for("periods")
    return [next((scope for scope in ("total", "annual") if any(word in text for word in periods[scope])), "")]


def _scoped_goals(slots: Sequence[Slot], kind: str) -> Iterator[Slot]:
    """Goals with their final scope: a self-evaluation expects what a declaration plans for the year."""
    names = {slot.name for slot in slots}
    for slot in slots:
        scope = slot.name
        if scope == "unscoped":
            scope = "total" if "annual" in names else "annual"
        if kind == "self_evaluation" and scope == "annual" and "actual" in names and "expected" not in names:
            scope = "expected"
        yield Slot(scope, slot.text, slot.place, slot.line, slot.label)


def _add_captions(head: Head, heading: Heading, table: TextTable, words: Vocabulary, template: Template | None) -> None:
    """Values on lines over and under the form, where the form itself does not have them."""
    below = [Slot("line", text, line=-1 - index) for index, text in enumerate(table.below[:_SIGNATURE_LINES])]
    signatures = [slot for slot in caption_slots(below, words) if slot.name.startswith("contacts:")]
    for slot in [*heading.captions, *signatures]:
        group, name = slot.name.split(":")
        target = {"head": head.head, "contacts": head.contacts}.get(group, head.fields)
        if target is head.fields or not any(other.name == name and other.text.strip() for other in target):
            target.append(Slot(name, slot.text, slot.place, slot.line, slot.label))
    named = any(slot.name in ("department", "whole_department") for slot in head.head)
    if heading.office and not named and template and template.office_above:
        head.head.append(Slot("department", heading.office.text, heading.office.place, heading.office.line))


def _is_form(form: Form) -> bool:
    """Whether anything but labels was found: a title alone, or a blank form, be its points printed, is no filing."""
    filled = (
        any(slot.text.strip() for slot in (*form.head, *form.goals))
        or any(not is_missing(s.text) for line in form.funds for name, s in line.figures.items() if name != "max_score")
        or form.indicators
    )
    return bool(filled)


def is_whole(form: Form) -> bool:
    """Whether a form can stand for itself: a name and something promised, spent or measured under it."""
    named = form.first("project_name") is not None or (
        form.subject == "department" and (form.first("whole_department") or form.first("department")) is not None
    )
    return named and bool(form.indicators or form.goals or form.funds) and (form.title is not None or _is_rich(form))


def _is_rich(form: Form) -> bool:
    return len(form.indicators) > 0 and bool(form.funds or form.goals)


def goes_on(form: Form, rest: Form, adjacent: bool) -> bool:
    """Whether `rest` belongs to the filing of `form`: another sheet, or what a break cut off.

    Args:
        form: the filing so far.
        rest: the form that follows.
        adjacent: whether nothing is printed between them.
    """
    name, other = form.first("project_name"), rest.first("project_name")
    same_project = other is None or (name is not None and fold(name.text) == fold(other.text))
    if form.sheet and rest.sheet:
        return form.sheet != rest.sheet and same_project
    if rest.title is None:
        return adjacent and other is None
    return other is None and form.title is not None and fold(form.title.text) == fold(rest.title.text) and same_project
