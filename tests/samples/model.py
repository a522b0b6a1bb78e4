"""What a sample document holds, before anybody decides how it looks.

Numbers are kept as they are printed; ``golden`` turns them into values. ``None`` means that the form has no
such cell, an empty string that the cell is printed empty.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.samples.damage.plan import Damage
from tests.samples.report.model import Report


@dataclass(frozen=True, slots=True)
class Fund:
    """One money row of a form; ``item`` as printed, 其中： included."""

    scope: str
    item: str
    amount: str | None = None
    initial: str | None = None
    annual: str | None = None
    executed: str | None = None
    max_score: str | None = None
    rate: str | None = None
    score: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator row with its full path; ``level1`` as printed, points included.

    Attributes:
        scope: ``total`` or ``annual`` where a form has two sets, else None.
        parts: operator, value and unit where the form prints the target in three columns.
    """

    level1: str
    level2: str
    level3: str
    target: str
    actual: str | None = None
    max_score: str | None = None
    score: str | None = None
    note: str | None = None
    scope: str | None = None
    parts: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody invented; ``field`` is leader, contact, phone's owner or empty for a signature at the foot."""

    role: str
    name: str
    phone: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Filing:
    """One form. Names are the plain values; ``printed`` holds what the form shows instead, if it differs."""

    family: str
    kind: str
    title: str
    year: int
    unit: str
    project_name: str
    project_nature: str | None = None
    project_category: str | None = None
    department: str | None = None
    implementing_unit: str | None = None
    start_date: str | None = None
    end_date: str | None = None
    project_code: str | None = None
    total_score: str | None = None
    funds: tuple[Fund, ...] = ()
    goals: tuple[tuple[str, str], ...] = ()
    indicators: tuple[Indicator, ...] = ()
    people: tuple[Person, ...] = ()
    extra: dict[str, str] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)
    narrative: dict[str, str] = field(default_factory=dict)
    attached: tuple[TableContent, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)

    def shown(self, name: str) -> str:
        """What the form prints for a head field."""
        return self.printed.get(name) or getattr(self, name) or ""

    def fund(self, scope: str, item: str) -> Fund:
        """The money row of that scope and item, 其中： ignored."""
        return next(f for f in self.funds if f.scope == scope and f.item.removeprefix("其中：") == item)

    def goal(self, scope: str) -> str:
        """The text of one goal, empty if the form has none."""
        return dict(self.goals).get(scope, "")

    def person(self, name: str) -> Person:
        """Who stands in the field leader or contact; somebody without a name if nobody."""
        return next((p for p in self.people if p.field == name), Person("", ""))


@dataclass(frozen=True, slots=True)
class TableContent:
    """A table that is no form: statutory tables, schedules. Merged cells are filled in ``rows``.

    ``options``: ``edges`` of the columns, ``repeat`` the header after a cut, ``turned`` page, ``note`` below.
    """

    title: str
    unit: str | None
    header: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """One PDF: where it goes, who draws it, and everything it holds."""

    key: str
    path: str
    title: str
    organisation: str
    year: int
    producer: str
    arrangement: str
    filings: tuple[Filing, ...] = ()
    prose: tuple[tuple[str, tuple[str, ...]], ...] = ()
    tables: tuple[TableContent, ...] = ()
    drawing: dict[str, Any] = field(default_factory=dict)
    damage: Damage | None = None
    report: Report | None = None
