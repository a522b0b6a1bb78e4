"""What an evaluation report holds; words and numbers as they are printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One line of the budget table; the line of the sum has its word as component and no item."""

    component: str
    item: str
    initial: str
    adjusted: str
    paid: str
    rate: str


@dataclass(frozen=True, slots=True)
class Target:
    """One line of the target table; a line without a third level is printed empty and is no target."""

    level1: str
    level2: str
    level3: str
    target: str = ""
    actual: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """One scored indicator. Levels as printed: a code before (``A1 项目立项``) or points behind (``决策（20分）``).

    Attributes:
        annex: the score that the annex prints, where it contradicts the body.
    """

    level1: str
    level2: str
    level3: str
    weight: str = ""
    max_score: str = ""
    score: str = ""
    criteria: str = ""
    performance: str = ""
    explanation: str = ""
    reason: str = ""
    annex: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """An experience, a problem or a recommendation: heading without its number, and what is said below."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One evaluation report.

    Attributes:
        head: project_name, project_unit, department, commissioned_by, evaluator, lead_evaluator, date (ISO),
            score, grade, grading_scale.
        cover: ``title`` lines, ``labels`` (label -> field of the head), ``date`` as printed, ``plain``.
        captions: of the tables ``budget``, ``targets``, ``scores``, ``annex``.
        columns: of the score tables ``short`` and ``annex``: ``label field width``, between bars.
        body: headings (``#`` to ``#####``), paragraphs and ``@`` words, a line each; see ``flow``.
        options: ``numbering`` of findings, ``unit`` of the budget, sizes.
    """

    head: dict[str, str]
    cover: dict[str, Any]
    contents: tuple[str, ...]
    captions: dict[str, str]
    columns: dict[str, tuple[tuple[str, str, float], ...]]
    budget: tuple[BudgetLine, ...]
    targets: tuple[Target, ...]
    scores: tuple[Score, ...]
    findings: dict[str, tuple[Finding, ...]]
    body: tuple[str, ...]
    options: dict[str, Any] = field(default_factory=dict)
