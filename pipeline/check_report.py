"""`jixiao check`: how well the batch was read and what its checks found, on the terminal or as a page."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy.engine import Connection, Engine

from pipeline.check_counts import (
    OUTCOMES,
    Counts,
    Quality,
    RuleCount,
    Selection,
    count_rules,
    read_quality,
)
from pipeline.check_findings import Finding, find
from pipeline.check_page import write_page
from pipeline.rule_words import rule_words

_LISTED = 20  # findings on the terminal
_LONGEST = 160  # characters of a value on the terminal
_STATES = ("accepted", "suggested", "undone")


def report(engine: Engine, selection: Selection, page: Path | None = None, whole: bool = False) -> Iterator[str]:
    """The lines of the report.

    Args:
        engine: of a database that holds filings.
        selection: which checks.
        page: where to write the report as a page; the lines then hold no findings.
        whole: list every finding.

    Raises:
        UnusableOutput: where the page cannot be written.
    """
    level = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with engine.execution_options(reader=True, **level).connect() as connection:
        quality, rules = read_quality(connection, selection), count_rules(connection, selection)
        yield from quality_lines(quality)
        yield ""
        yield from rule_lines(rules)
        yield ""
        if page is not None:
            write_page(page, connection, selection, quality, rules)
            yield f"written to {page}"
        else:
            yield from _finding_lines(connection, selection, rules, whole)


def quality_lines(quality: Quality) -> Iterator[str]:
    """Documents, filings, values and repairs in a few lines."""
    documents = sum(count for _, count in quality.statuses)
    yield f"{documents:,} documents, {quality.pages:,} pages: {_counts(quality.statuses)}"
    yield f"  text: {_counts(quality.text_sources)}"
    yield f"{sum(count for _, count in quality.kinds):,} filings: {_counts(quality.kinds)}"
    yield f"  by year: {_counts(quality.years)}"
    yield f"  by form: {_counts(quality.templates)}"
    values, flagged = (sum(count for _, count in counts) for counts in (quality.values, quality.flagged))
    yield f"{values:,} values read, {flagged:,} flagged ({share(flagged, values)}): look at their pages before use"
    yield f"  doubts: {_counts(quality.doubts)}"
    states = [(state, sum(n for (_, each), n in quality.repairs.items() if each == state)) for state in _STATES]
    yield f"  repairs: {', '.join(f'{count:,} {state}' for state, count in states)}"


def _counts(counts: Counts) -> str:
    return ", ".join(f"{name or 'none'} {count:,}" for name, count in counts) or "none"


def share(part: int, whole: int) -> str:
    """A share in percent with one decimal; nothing that is there is rounded to 0."""
    if not part or not whole:
        return "0 %"
    return f"{max(0.1, 100 * part / whole):.1f} %"


def rule_lines(rules: Sequence[RuleCount]) -> Iterator[str]:
    """A line for each rule that was tried: outcomes and what it asks."""
    if not rules:
        yield "no checks: nothing in this database was checked, or none is of this kind"
        return
    yield f"{'rule':6}{'severity':9}{'pass':>9}{'fail':>9}{'unknown':>9}{'n/a':>9}  asks"
    for each in rules:
        counts = "".join(f"{each.outcomes.get(outcome, 0):>9,}" for outcome in OUTCOMES)
        asks = rule_words()[each.rule].asks.en if each.rule in rule_words() else ""
        yield f"{each.rule:6}{each.severity:9}{counts}  {asks}".rstrip()


def _finding_lines(
    connection: Connection, selection: Selection, rules: Sequence[RuleCount], whole: bool
) -> Iterator[str]:
    count = sum(each.outcomes.get(selection.outcome, 0) for each in rules)
    yield f"{selection.outcome}: {count:,}"
    for finding in find(connection, selection, limit=None if whole else _LISTED):
        yield from finding_lines(finding)
    if count > _LISTED and not whole:
        yield f"and {count - _LISTED:,} more: --all lists them, --html FILE writes a page; --rule, --file choose some"


def finding_lines(finding: Finding) -> Iterator[str]:
    """One finding: where it stands, what is said of it, what was compared."""
    place = f"{finding.file_name}{f' page {finding.page}' if finding.page else ''}"
    head = f"{finding.severity or finding.outcome} {finding.rule}"
    yield _short(" · ".join(filter(None, (head, place, finding.form, finding.project))))
    if finding.message:
        yield f"    {_short(finding.message)}"
    said = {"expected": finding.expected, "actual": finding.actual, "difference": finding.difference}
    if any(said.values()):
        yield "    " + ", ".join(f"{name} {_short(value)}" for name, value in said.items() if value)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
