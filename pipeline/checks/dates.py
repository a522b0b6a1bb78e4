"""Dates and years of a form."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from normalizers.period import parse_period
from normalizers.text import fold
from pipeline.checks.facts import Fact, File, Filing
from pipeline.checks.rule import Answer, Rule, folded, words


def _dates(filing: Filing) -> tuple[Fact, Fact] | None:
    start, end = filing.head.fact("start_date"), filing.head.fact("end_date")
    return None if start.is_blank or end.is_blank else (start, end)


def starts_before_end(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """T1: a project starts before it ends; dates are compared as far as both are printed."""
    if dates := _dates(filing):
        start, end = dates
        exact = min(len(start.text), len(end.text))
        is_right = start.text[:exact] <= end.text[:exact]
        yield rule.judge(is_right, dates, expected=start.text, actual=end.text)


def meets_its_year(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """T2: the project runs in the year of the form, and only then if its nature says so."""
    year, nature = filing.head.fact("year"), filing.head.fact("project_nature")
    dates = _dates(filing)
    if dates is None or year.is_blank:
        return
    first, last = (int(fact.text[:4]) for fact in dates)
    within = not nature.is_blank and any(word in nature.text for word in words("nature")["within_a_year"])
    fits = first == last == year.value if within else first <= int(year.number) <= last
    operands = (year, *dates, *([nature] if within else []))
    actual = f"{dates[0].text} - {dates[1].text}"
    yield rule.judge(fits, operands, expected=year.text, actual=actual)


def one_year_a_document(file: File, rule: Rule) -> Iterator[Answer]:
    """T3: all forms of one kind in a document are for one year."""
    for kind in dict.fromkeys(filing.head.text("kind") for filing in file.filings):
        years = [f.head.fact("year") for f in file.filings if f.head.value("kind") == kind]
        years = [fact for fact in years if not fact.is_blank]
        if len(years) < 2:
            continue
        ranked = Counter(fact.text for fact in years if fact.is_sure).most_common()
        usual = ranked[0][0] if ranked else ""
        odd = [fact for fact in years if fact.text != usual] if ranked else []
        actual = " ".join(sorted({fact.text for fact in odd}))
        yield rule.judge(not odd, odd or years, expected=usual, actual=actual)


def period_as_told(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """T4: the text before the form tells the same period as the form."""
    dates = _dates(filing)
    if dates is None:
        return
    for line in filing.file.lines("narratives"):
        if line.value("filing_id") != filing.filing_id:
            continue
        told = line.fact("text")
        for heading, body in _under_headings(told.text):
            period = parse_period(body).value
            if heading in folded("periods", "headings") and period and all(period):
                is_right = all(_agree(str(one), fact.text) for one, fact in zip(period, dates, strict=True))
                actual = f"{dates[0].text} - {dates[1].text}"
                yield rule.judge(is_right, (*dates, told), expected=" - ".join(map(str, period)), actual=actual)


def _under_headings(text: str) -> Iterator[tuple[str, str]]:
    """Each paragraph, folded and without its number, with the one under it."""
    paragraphs = text.split("\n")
    for heading, body in pairwise(paragraphs):
        if len(heading) < 20:  # headings are short
            yield fold(heading).lstrip(words("periods")["numbers"]).rstrip(":"), body.rstrip("。")


def _agree(one: str, other: str) -> bool:
    exact = min(len(one), len(other))
    return one[:exact] == other[:exact]
