"""The report of `jixiao check` as one page for people: to be read in any browser, offline, and to be printed.

It is written piece by piece, needs no script and no other file, and says the same for the same database. Every text
from a document is escaped; personal data is masked before it comes here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy.engine import Connection

from pipeline.check_counts import (
    OUTCOMES,
    SEVERITIES,
    Counts,
    FileCount,
    Quality,
    RuleCount,
    Selection,
    count_files,
    rule_key,
)
from pipeline.check_findings import Finding, Operand, find
from pipeline.dictionary import Words, dictionary
from pipeline.errors import UnusableOutput
from pipeline.rule_words import repair_words, rule_words

_STATES = ("accepted", "suggested", "undone")
_NUMERIC = {
    "documents",
    "pages",
    "filings",
    "values",
    "flagged",
    "share",
    "count",
    "page",
    *OUTCOMES,
    *SEVERITIES,
    *_STATES,
}


def write_page(
    path: Path, connection: Connection, selection: Selection, quality: Quality, rules: Sequence[RuleCount]
) -> None:
    """Write the page; one that cannot be finished leaves an earlier one whole. Raises UnusableOutput."""
    hidden = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with hidden.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(_page(connection, selection, quality, rules))
            hidden.replace(path)
        finally:
            hidden.unlink(missing_ok=True)
    except OSError as error:
        raise UnusableOutput(f"cannot write {path}: {error.strerror}; name another file") from error


def _page(connection: Connection, selection: Selection, quality: Quality, rules: Sequence[RuleCount]) -> Iterator[str]:
    counted = count_files(connection, selection)
    anchors = {each.file_name: f"f{number}" for number, each in enumerate(counted, 1)}
    title, style = _text("title"), files("pipeline").joinpath("check_page.css").read_text(encoding="utf-8")
    yield '<!DOCTYPE html>\n<html lang="zh">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>{escape(title.zh)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
    yield f"<h1>{_both(title)}</h1>\n"
    yield from _choice(selection)
    yield f"<p>{escape(_text('cautions').zh)}<br><small>{escape(_text('cautions').en)}</small></p>\n"
    yield from _summary(quality, rules, selection)
    yield _contents("quality", "rules", "files", "findings")
    yield from _quality(quality)
    yield from _rules(rules, whole=selection == Selection())
    yield from _files(counted, anchors)
    yield _section("findings")
    yield from _findings(find(connection, selection, by_file=True), anchors)
    yield "</body>\n</html>\n"


# Words


@cache
def _content() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load(files("pipeline").joinpath("check_page.yml").read_text(encoding="utf-8"))
    return found


def _text(name: str) -> Words:
    return Words(**_content()[name])


def _heading(name: str) -> str:
    """A heading of a table; those of outcomes, severities and states are the words of these."""
    found = _content()["headings"].get(name) or _content()["values"][name]
    return _both(Words(**found))


def _value(value: str) -> str:
    """A value of a closed list in words, any other as it is."""
    found = _content()["values"].get(value)
    return _both(Words(**found)) if found else escape(value)


def _both(words: Words) -> str:
    return f'{escape(words.zh)} <span class="en">{escape(words.en)}</span>'


# Pieces


def _section(name: str) -> str:
    return f'<h2 id="{name}">{_both(_text(name))}</h2>\n'


def _contents(*names: str) -> str:
    links = " · ".join(f'<a href="#{name}">{escape(_text(name).zh)}</a>' for name in names)
    return f"<nav>{escape(_text('contents').zh)}: {links}</nav>\n"


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table of cells that are HTML already; nothing for one without rows. A heading without a name is empty."""
    kinds = [' class="n"' if name in _NUMERIC else "" for name in headings]
    began = False
    for row in rows:
        if not began:
            heads = (
                f"<th{kind}>{_heading(name) if name else ''}</th>" for kind, name in zip(kinds, headings, strict=True)
            )
            yield f"<table>\n<thead><tr>{''.join(heads)}</tr></thead>\n<tbody>\n"
            began = True
        yield f"<tr>{''.join(f'<td{kind}>{cell}</td>' for kind, cell in zip(kinds, row, strict=True))}</tr>\n"
    if began:
        yield "</tbody>\n</table>\n"


def _bar(parts: Iterable[tuple[str, int]], whole: int) -> str:
    """Shares as a bar: class and count of each part."""
    shown = (f'<i class="{name}" style="width:{100 * count / whole:.2f}%"></i>' for name, count in parts if count)
    return f'<div class="bar">{"".join(shown)}</div>' if whole else ""


def _total(counts: Counts) -> int:
    return sum(count for _, count in counts)


# Sections


def _choice(selection: Selection) -> Iterator[str]:
    chosen = {"rule": selection.rule, "file": selection.file}
    parts = [f"{_heading(name)} {_value(value)}" for name, value in chosen.items() if value]
    if parts:
        yield f"<p>{_both(_text('chosen'))}: {' · '.join(parts)}</p>\n"


def _summary(quality: Quality, rules: Sequence[RuleCount], selection: Selection) -> Iterator[str]:
    listed = sum(each.outcomes.get(selection.outcome, 0) for each in rules)
    facts = (
        ("documents", _total(quality.statuses)), ("pages", quality.pages), ("filings", _total(quality.kinds)),
        ("values", _total(quality.values)), ("flagged", _total(quality.flagged)), (selection.outcome, listed),
    )  # fmt: skip
    yield '<ul class="facts">\n'
    yield from (f"<li><b>{count:,}</b>{_heading(name)}</li>\n" for name, count in facts)
    yield "</ul>\n"


def _quality(quality: Quality) -> Iterator[str]:
    yield _section("quality")
    for name, unit, counts in (
        ("status", "documents", quality.statuses), ("text_source", "documents", quality.text_sources),
        ("kind", "filings", quality.kinds), ("year", "filings", quality.years),
        ("template", "filings", quality.templates),
    ):  # fmt: skip
        whole = _total(counts)
        rows = ((_value(value), f"{count:,}", _bar([("", count)], whole)) for value, count in counts)
        yield from _table((name, unit, ""), rows)
    flagged = dict(quality.flagged)
    yield from _table(
        ("source", "values", "flagged", "share", ""),
        (
            (_value(source), f"{count:,}", f"{flagged.get(source, 0):,}", _share(flagged.get(source, 0), count),
             _bar([("insufficient", flagged.get(source, 0))], count))
            for source, count in quality.values
        ),
    )  # fmt: skip
    words = dictionary().doubts
    yield from _table(
        ("doubt", "meaning", "count"),
        ((escape(code), _both(words[code]) if code in words else "", f"{n:,}") for code, n in quality.doubts),
    )
    yield from _table(("repair", *_STATES), _repair_rows(quality))


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f}%" if whole else ""


def _repair_rows(quality: Quality) -> Iterator[Sequence[str]]:
    for rule in sorted({rule for rule, _ in quality.repairs}):
        words = repair_words().get(rule)
        counts = (f"{quality.repairs.get((rule, state), 0):,}" for state in _STATES)
        yield f"{escape(rule)} {_both(words) if words else ''}", *counts


def _rules(rules: Sequence[RuleCount], whole: bool) -> Iterator[str]:
    """Every rule with what it asks; those that were never tried too, unless only some checks are asked for."""
    yield _section("rules")
    tried = {each.rule: each for each in rules}
    names = set(tried) | (set(rule_words()) if whole else set())
    yield from _table(
        ("rule", "severity", "asks", *OUTCOMES, ""),
        (_rule_row(name, tried.get(name)) for name in sorted(names, key=rule_key)),
    )


def _rule_row(rule: str, counted: RuleCount | None) -> Sequence[str]:
    words = rule_words().get(rule)
    outcomes = counted.outcomes if counted else {}
    severity = words.severity if words else counted.severity if counted else ""
    counts = [outcomes.get(outcome, 0) for outcome in OUTCOMES]
    known = OUTCOMES[:-1]  # what was judged; a rule that does not apply says nothing of quality
    bar = _bar(zip(known, counts, strict=False), sum(counts[: len(known)]))
    return (
        escape(rule),
        _value(severity),
        _both(words.asks) if words else "",
        *(f"{n:,}" if counted else "" for n in counts),
        bar,
    )


def _files(counted: Sequence[FileCount], anchors: Mapping[str, str]) -> Iterator[str]:
    yield _section("files")
    if not counted:
        yield f"<p>{_both(_text('nothing'))}</p>\n"
    yield from _table(
        ("file", *SEVERITIES),
        (
            (f'<a href="#{anchors[each.file_name]}">{escape(each.file_name)}</a>',
             *(f"{each.severities.get(severity, 0):,}" for severity in SEVERITIES))
            for each in counted
        ),
    )  # fmt: skip


def _findings(findings: Iterable[Finding], anchors: Mapping[str, str]) -> Iterator[str]:
    for file_name, group in groupby(findings, lambda finding: finding.file_name):
        yield f'<section class="file">\n<h3 id="{anchors[file_name]}">{escape(file_name)}</h3>\n'
        for finding in group:
            yield from _finding(finding)
        yield "</section>\n"


def _finding(finding: Finding) -> Iterator[str]:
    severity = finding.severity if finding.severity in SEVERITIES else ""
    place = f"{_heading('page')} {finding.page}" if finding.page else _heading("whole_file")
    where = " · ".join([place, *map(escape, filter(None, (finding.form, finding.project)))])
    yield f'<div class="finding {severity}">\n'
    yield f'<p><span class="tag">{escape(finding.rule)} {_value(finding.severity)}</span> · {where}</p>\n'
    words = rule_words().get(finding.rule)
    asks = f"{escape(words.asks.zh)}<br>" if words else ""
    yield f"<p>{asks}{escape(finding.message)}</p>\n"
    said = {name: getattr(finding, name) for name in ("expected", "actual", "difference", "tolerance")}
    if any(said.values()):
        yield f"<p>{' · '.join(f'{_heading(name)} {escape(text)}' for name, text in said.items() if text)}</p>\n"
    if finding.operands:
        rows = ((_column(o.name), escape(o.value), escape(o.raw), _place(o, finding)) for o in finding.operands)
        yield from _table(("operand", "value", "printed", "page"), rows)
    yield "</div>\n"


def _place(operand: Operand, finding: Finding) -> str:
    """The page of an operand; that of another file with the file's name."""
    page = str(operand.page or "")
    return f"{escape(operand.file_name)} {page}" if page and operand.file_name != finding.file_name else page


@cache
def _column(name: str) -> str:
    """A column in the words of the data dictionary, without what they add to the name."""
    table, _, column = name.partition(".")
    entry = dictionary().tables.get(table)
    found = next((each for each in entry.columns if each.name == column), None) if entry else None
    words = f"{escape(re.split('[，；：（、]', found.words.zh)[0])} " if found else ""
    return f'{words}<span class="en">{escape(name)}</span>'
