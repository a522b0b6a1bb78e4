"""Scoring tables of an evaluation report: codes apart from names, and several printings of one table made one."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from normalizers.form import Form, Slot
from normalizers.number import parse_points
from normalizers.similarity import similarity
from normalizers.text import fold, half_width, normalise

FIGURES = ("max_score", "score")
_RICH = {"scoring_rule", "content", "performance", "actual", "note"}
_ALL = 100  # points of a whole scoring table
_WHOLE = 0.75  # share of the longest printing's indicators that a leading one tells, at least
_SAME = 60.0  # similarity of code and name from which two rows are printings of one indicator
_CODES = (  # of level 1, 2, 3; behind a code stands an ideograph
    re.compile(r"([A-Z])[\s.、:-]*(?=[^\x00-\x7f])"),
    re.compile(r"([A-Z][-.]?[0-9]{1,2}|[0-9]{1,2}\.[0-9]{1,2})[\s.、:-]*(?=[^\x00-\x7f]|[A-Z]{2})"),
    re.compile(
        r"([A-Z][0-9]{2,4}|[A-Z][0-9]{0,2}(?:[-.][0-9]{1,2}){1,2}|[0-9]{1,2}(?:\.[0-9]{1,2}){2})[\s.、:-]*(?=\S)"
    ),
)


def split_level_code(text: str, level: int) -> tuple[str | None, str]:
    """The code printed before a level's name (`A`, `A1`, `A11`), or None, and the name."""
    printed = normalise(text).strip()
    found = _CODES[level - 1].match(half_width(printed))
    return (found[1], printed[found.end() :].strip()) if found else (None, printed)


def coded_levels(rows: Sequence["ScoreRow"]) -> set[str]:
    """The level columns with codes: where at least half of the names have one. `G20` of one name alone is no code."""
    coded = set()
    for level in (1, 2, 3):
        names = {name for row in rows if (name := row.text(f"level{level}"))}
        found = [name for name in names if split_level_code(name, level)[0]]
        if found and 2 * len(found) >= len(names):
            coded.add(f"level{level}")
    return coded


def odd_codes(rows: Sequence["ScoreRow"]) -> list[set[str]]:
    """For each row the coded levels whose code breaks the order that most rows keep.

    A code begins with that of the level above, and those of one level have one shape. One that does neither, or is
    missing, may belong to another level, or its row be half of one.
    """
    coded = sorted(coded_levels(rows))
    codes = [{role: split_level_code(row.text(role), int(role[-1]))[0] or "" for role in coded} for row in rows]
    shapes = {role: Counter(_shape(of_row[role]) for of_row in codes).most_common(1)[0][0] for role in coded}
    odd = [{role for role in coded if _shape(of_row[role]) != shapes[role]} for of_row in codes]
    for upper, lower in pairwise(coded):
        apart = [i for i, of_row in enumerate(codes) if of_row[lower] and not of_row[lower].startswith(of_row[upper])]
        if 2 * len(apart) < len(rows):
            for index in apart:
                odd[index] |= {upper, lower}
    return odd


def _shape(code: str) -> str:
    return re.sub("[0-9]", "0", re.sub("[A-Z]", "A", code))


class Cited(NamedTuple):
    """A slot and the number of the table it stands in."""

    table: int
    slot: Slot


IsSure = Callable[[Cited], bool]


@dataclass(slots=True)
class ScoreRow:
    """One indicator's row: role to where it stands.

    Attributes:
        texts: role to the cell that is believed.
        support: role to cells of other printings that say the same.
        differs: roles whose printings disagree.
    """

    texts: dict[str, Cited]
    support: dict[str, list[Cited]] = field(default_factory=dict)
    differs: set[str] = field(default_factory=set)

    def text(self, role: str) -> str:
        """What stands in a column, without white space; empty where nothing does."""
        cited = self.texts.get(role)
        return "".join(cited.slot.text.split()) if cited else ""


def is_scoring(form: Form) -> bool:
    """Whether the indicators of a form are a scoring table's: scored, or with points and the rule that gives them."""
    roles = roles_of(form)
    return "score" in roles or {"max_score", "scoring_rule"} <= roles


def is_measured(form: Form) -> bool:
    """Whether they are targets with what was reached, without points."""
    return {"target", "actual"} <= roles_of(form) and not is_scoring(form)


def roles_of(form: Form) -> set[str]:
    """The columns in which the form's indicators have cells."""
    return {role for line in form.indicators for role in line.texts}


def merge_printings(forms: Sequence[Form], is_sure: IsSure) -> list[ScoreRow]:
    """The rows of all printings of one scoring table, each indicator once.

    The printing with rules and findings leads unless it is of some indicators alone; of several such parts each adds
    its rows. Parts without such columns add theirs as long as all make no more than 100 points. What the others print
    is evidence: it fills what is blank, broken off or doubtful. Figures on which two sure printings disagree are both
    kept: the row is given twice, and both are marked. Other texts that differ are marked.

    Args:
        forms: scoring tables in reading order; `Cited.table` is the index into them.
        is_sure: whether a cell was read without doubt.
    """
    leading = _leading(forms)
    order = sorted(range(len(forms)), key=lambda i: (_rich(forms[i]) != leading, -_rich(forms[i]), -_rows_in(forms[i])))
    rows: list[ScoreRow] = []
    for table in order:
        found = list(_rows(forms[table], table))
        pairs = _pair(found, rows, is_sure)
        is_part = _rich(forms[table]) == leading and (leading or (not pairs and _points([*rows, *found]) <= _ALL))
        adds = not rows or is_part
        new: list[tuple[ScoreRow | None, ScoreRow]] = []
        for index, row in enumerate(found):
            if index in pairs:
                other = _reconcile(rows[pairs[index]], row, is_sure)
                new += [(rows[pairs[index]], other)] if other else []
            elif adds:
                new.append((None, row))
        for before, row in new:
            rows.insert(rows.index(before) + 1 if before else len(rows), row)
    return rows


def _points(rows: Sequence[ScoreRow]) -> Decimal:
    """What some indicators count in all."""
    return sum((parse_points(row.text("max_score")).value or Decimal(0) for row in rows), Decimal(0))


def _leading(forms: Sequence[Form]) -> int:
    """How many columns of rules and findings the leading printings have: most, unless many indicators lack in them."""
    most = max(map(_rich, forms), default=0)
    longest = max(forms, key=_rows_in, default=None)
    told = sum(_rows_in(form) for form in forms if _rich(form) == most)
    return _rich(longest) if longest is not None and told < _WHOLE * _rows_in(longest) else most


def _rich(form: Form) -> int:
    return len(roles_of(form) & _RICH)


def _rows_in(form: Form) -> int:
    return len(form.indicators)


def _rows(form: Form, table: int) -> Iterator[ScoreRow]:
    for line in form.indicators:
        yield ScoreRow({role: Cited(table, slots[0]) for role, slots in line.texts.items() if slots})


def _pair(found: Sequence[ScoreRow], rows: Sequence[ScoreRow], is_sure: IsSure) -> dict[int, int]:
    """Index of a row to that of its partner, the most similar pairs first, of equal ones those of one figure."""
    ranked = sorted(
        (-alike, bool(_differing(b, a, is_sure)), i, j)
        for i, a in enumerate(found)
        for j, b in enumerate(rows)
        if (alike := _similarity(a, b)) >= _SAME
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in ranked:
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _similarity(a: ScoreRow, b: ScoreRow) -> float:
    """0 to 100: of the names, and of the codes where both have one."""
    (code, name), (other_code, other) = (_identity(row) for row in (a, b))
    names = similarity(name, other)
    return 0.6 * names + 0.4 * similarity(code, other_code) if code and other_code else names


def _identity(row: ScoreRow) -> tuple[str, str]:
    code, name = split_level_code(row.text("level3") or row.text("level2"), 3)
    return code or "", name


def _reconcile(row: ScoreRow, other: ScoreRow, is_sure: IsSure) -> ScoreRow | None:
    """Take what another printing adds; the other printing itself where its figures contradict."""
    differs = _differing(row, other, is_sure)
    if differs:
        row.differs |= differs
        other.differs = differs
        return other
    for role, cited in other.texts.items():
        mine = row.texts.get(role)
        if mine is None or not mine.slot.text.strip() or (not is_sure(mine) and is_sure(cited)):
            row.texts[role] = cited
        elif role in FIGURES:
            row.support.setdefault(role, []).append(cited)
        elif _breaks_off(mine, cited):
            row.texts[role] = cited
        elif is_sure(cited) and fold(mine.slot.text) != fold(cited.slot.text) and not _breaks_off(cited, mine):
            row.differs.add(role)
    return None


def _breaks_off(mine: Cited, other: Cited) -> bool:
    """Whether a cell breaks off where the other printing goes on, as one cut by a page's end does."""
    short, long = ("".join(cited.slot.text.split()) for cited in (mine, other))
    return len(short) < len(long) and long.startswith(short)


def _differing(row: ScoreRow, other: ScoreRow, is_sure: IsSure) -> set[str]:
    """The figures on which two sure printings disagree."""
    return {role for role in FIGURES if _contradict(row.texts.get(role), other.texts.get(role), is_sure)}


def _contradict(one: Cited | None, other: Cited | None, is_sure: IsSure) -> bool:
    if one is None or other is None or not (is_sure(one) and is_sure(other)):
        return False
    a, b = parse_points(one.slot.text).value, parse_points(other.slot.text).value
    return a is not None and b is not None and a != b


def column_texts(row: ScoreRow, roles: Sequence[str]) -> Iterator[Cited]:
    """The filled cells of some roles, in their order."""
    for role in roles:
        cited = row.texts.get(role)
        if cited is not None and cited.slot.text.strip():
            yield cited
