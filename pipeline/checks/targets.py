"""Indicators and their targets: the tree of levels, names, numbers, units and which way is better."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache, lru_cache

from normalizers.money import find_unit, in_yuan
from normalizers.registry_rows import registry_rows
from normalizers.repair.levels import Framework, find_framework, level1_name, level2_name, parents_of
from normalizers.text import fold
from pipeline.checks.facts import Fact, Filing, Line
from pipeline.checks.funds import block_of
from pipeline.checks.rule import Answer, Rule, folded, words

_HUNDRED = Decimal(100)


def framework_of(filing: Filing) -> Framework | None:
    """The version of the tree that the form follows."""
    return _framework(frozenset((line.text("level1"), line.text("level2")) for line in filing.lines("indicators")))


@lru_cache(maxsize=256)
def _framework(pairs: frozenset[tuple[str, str]]) -> Framework | None:
    return find_framework(pairs)


def levels_in_tree(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """I1: a second level stands under its first level. Names that no version has are not judged."""
    framework = framework_of(filing)
    if framework is None:
        return
    seen: set[tuple[str, str]] = set()
    for line in filing.lines("indicators"):
        pair = level1, level2 = line.text("level1"), line.text("level2")
        if pair in seen:
            continue
        seen.add(pair)
        if level1_name(level1) is None or not parents_of(level2):
            continue
        facts = (line.fact("level1"), line.fact("level2"))
        expected = " ".join(parents_of(level2))
        is_right = framework.has(level1, level2)
        code = "" if level1_name(level1) not in parents_of(level2) else "other_version"
        operands = facts if is_right or not code else _levels(filing)  # all tell which version the form follows
        yield rule.judge(is_right, operands, level2, expected=expected, actual=level1, code=code)


def _levels(filing: Filing) -> tuple[Fact, ...]:
    return tuple(line.fact(name) for line in filing.lines("indicators") for name in ("level1", "level2"))


def required_levels(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """I2: what the version of the form asks for is there."""
    framework = framework_of(filing)
    lines = filing.lines("indicators")
    if framework is None or not any(line.value("level2") for line in lines):
        return
    facts = [line.fact(column) for line in lines for column in ("level1", "level2") if line.value(column)]
    there = {level1_name(line.text("level1")) for line in lines} | {level2_name(line.text("level2")) for line in lines}
    lacking = [name for name in framework.required if name not in there]
    doubtful = [fact for fact in facts if not fact.is_sure] if lacking else []
    if lacking and any(line.is_seen and not line.value("level2") for line in lines):
        yield rule.unknown(facts, " ".join(lacking))
        return
    yield rule.judge(
        not lacking,
        doubtful or facts[:1],
        framework.name,
        expected=" ".join(framework.required),
        actual=" ".join(lacking),
    )


def name_and_target(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """I3: every indicator has a name and a target, where the form has a column for targets."""
    lines = filing.lines("indicators")
    if not any(line.value("target_raw") for line in lines):
        return
    for line in lines:
        columns = ("level3", "target_raw")
        blank = [column for column in columns if line.value(column) in (None, "")]
        about = line.text("level3") or line.text("level2")
        if blank and line.is_seen:
            yield rule.unknown([line.fact(column) for column in columns], about)
        else:
            code = "no_target" if blank == ["target_raw"] else ""
            yield rule.judge_row(not blank, line, columns, about, code=code)


def named_once(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """I4: no indicator stands twice, under one name or under two that differ in a word such as 提高 alone."""
    seen: dict[tuple[str, str, str], Line] = {}
    for line in filing.lines("indicators"):
        name = line.text("level3")
        if not name:
            continue
        key = (line.text("scope"), line.text("level2"), _core_of(name))
        if key in seen:
            facts = tuple(one.fact(column) for one in (seen[key], line) for column in ("level3", "target_raw"))
            yield rule.judge(False, facts, name, expected=seen[key].text("level3"), actual=name)
        else:
            yield rule.judge_row(True, line, ("level3",), name)
        seen.setdefault(key, line)


def _core_of(name: str) -> str:
    key = fold(name)
    prefix = next((word for word in folded("names", "raisers") if key.startswith(word) and len(key) > len(word)), "")
    return key.removeprefix(prefix)


def counted_in_numbers(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """I5: what is produced is counted."""
    for line in filing.lines("indicators"):
        if level2_name(line.text("level2")) == rule["level2"] and line.value("target_raw"):
            columns, is_right = ("level2", "target_raw", "target_value"), line.value("target_value") is not None
            yield rule.judge_row(is_right, line, columns, line.text("level3"), actual=line.text("target_raw"))


def percent_in_range(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """I6: a share is between 0 and 100 percent, unless the name speaks of growth."""
    columns = ("target_value", "target_unit", "level3")
    for line, value in _percentages(filing):
        is_right = 0 <= value <= _HUNDRED
        yield rule.judge_row(is_right, line, columns, line.text("level3"), expected="0 - 100", actual=value)


def nothing_above_all(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """I7: nobody reaches more than 100 percent: `≥100%` says `=`."""
    columns = ("target_operator", "target_value", "level3")
    for line, value in _percentages(filing):
        if value == _HUNDRED:
            is_right = line.text("target_operator") not in (">", ">=")
            told = line.text("target_raw")
            yield rule.judge_row(is_right, line, columns, line.text("level3"), expected="=100%", actual=told)


def _percentages(filing: Filing) -> Iterator[tuple[Line, Decimal]]:
    """Indicators with a target in percent whose name does not speak of growth, with the target."""
    for line in filing.lines("indicators"):
        value, name = line.value("target_value"), line.text("level3")
        in_percent = line.text("target_unit") in ("%", "％") and isinstance(value, Decimal)
        if in_percent and name and not _has(name, words("names")["growth"]):
            yield line, Decimal(value or 0)


def unit_as_named(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """I8: the unit behind a name, `培训场次（次）`, is the unit of its target."""
    for line in filing.lines("indicators"):
        _, opened, unit = fold(line.text("level3")).rpartition("(")
        named = unit_group(unit.removesuffix(")")) if opened else ""
        printed = unit_group(line.text("target_unit"))
        if named and printed:
            columns, about = ("level3", "target_unit"), line.text("level3")
            yield rule.judge_row(named == printed, line, columns, about, expected=named, actual=printed)


@cache
def _units() -> dict[str, str]:
    return {fold(name): group[0] for group in words("units")["alike"] for name in group}


def unit_group(unit: str) -> str:
    """The first of the units that mean the same; empty for one that the registry does not list."""
    return _units().get(fold(unit), "")


def level_as_named(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """I9: names with words of one level stand under it."""
    for line in filing.lines("indicators"):
        name, level2 = line.text("level3"), level2_name(line.text("level2"))
        if not name or level2 is None or _has(name, rule["except"]):
            continue
        for word, allowed in rule["words"].items():
            if word in name:
                columns, told = ("level3", "level2"), line.text("level2")
                yield rule.judge_row(level2 in allowed, line, columns, name, expected=allowed[0], actual=told)
                break


def sign_has_number(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """I10: behind a sign of comparison stands a number."""
    for line in filing.lines("indicators"):
        printed = fold(line.text("target_raw"))
        if printed[:1] in tuple(rule["signs"]):
            is_right = any(char.isdigit() for char in printed) or len(printed) > rule["longest"]
            told = line.text("target_raw")
            yield rule.judge_row(is_right, line, ("target_raw",), line.text("level3"), actual=told)


def sense_as_named(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """I11: where less is better the target is a ceiling, where more is better a floor."""
    for line in filing.lines("indicators"):
        operator, name = line.text("target_operator"), line.text("level3")
        sense = _sense(name) if operator[:1] in ("<", ">") and name else ""
        if sense:
            expected, columns = "<=" if sense == "less" else ">=", ("level3", "target_operator")
            is_right = operator[0] == expected[0]
            yield rule.judge_row(is_right, line, columns, name, expected=expected, actual=operator)


@cache
def _senses() -> dict[str, str]:
    return {fold(row["name"]): row["sense"] for row in registry_rows("indicator_names.csv")}


def _sense(name: str) -> str:
    """`more` or `less`; empty where it is not known."""
    known = _senses().get(fold(name))
    if known is None:
        is_less = _has(name, words("names")["less"]) and not _has(name, words("names")["growth"])
        return "less" if is_less else ""
    return known


def _has(text: str, wanted: Sequence[str]) -> bool:
    return any([word in text for word in wanted])


def cost_within_budget(filing: Filing, rule: Rule) -> Iterator[Answer]:
    """F8: a cost in money that a form sets as target is not above its money."""
    totals = [total.fact("amount_yuan") for scope in ("annual", "total") if (total := block_of(filing, scope).total)]
    totals = [fact for fact in totals if not fact.is_blank]
    for line in filing.lines("indicators"):
        value = line.fact("target_value")
        unit = find_unit(f"({line.text('target_unit')})") if line.value("target_unit") else None
        is_cost = (
            level2_name(line.text("level2")) in rule["level2"] or level1_name(line.text("level1")) in rule["level1"]
        )
        if unit is None or value.is_blank or not is_cost or not totals:
            continue
        amount, _ = in_yuan(value.number, unit)
        budget = max(fact.number for fact in totals)
        limit = _half_of(value, unit.yuan)
        operands = (value, line.fact("target_unit"), *totals)
        is_right = amount <= budget + limit
        yield rule.judge(is_right, operands, line.text("level3"), expected=budget, actual=amount, tolerance=limit)


def _half_of(value: Fact, unit: Decimal) -> Decimal:
    return unit / (2 * Decimal(10) ** value.places)
