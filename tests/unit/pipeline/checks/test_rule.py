"""The registry of rules: every rule has its words in two languages and a function."""

import re

import pytest

from pipeline.checks.rule import Rule, rules
from pipeline.checks.run import checks_by_name
from pipeline.dictionary import dictionary


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_a_rule_is_whole(rule: Rule) -> None:
    assert rule.check in checks_by_name()
    assert set(rule.asks) == {"en", "zh"}
    assert re.search("[\u4e00-\u9fff]", rule.asks["zh"])
    table = next(entry for entry in dictionary() if entry.name == "checks")
    columns = {column.name: column for column in table.columns}
    assert rule.severity in columns["severity"].values
    assert rule.reach in columns["reach"].values
    for sentence in rule.fails.values():
        sentence.format(about="", expected="", actual="")


def test_every_rule_of_one_document_is_there() -> None:
    named = [f"F{n}" for n in range(1, 10)] + [f"T{n}" for n in range(1, 5)] + [f"I{n}" for n in range(1, 12)]
    named += [f"W{n}" for n in range(1, 4)] + [f"S{n}" for n in range(1, 17)] + [f"R{n}" for n in range(1, 10)]
    assert {rule.name for rule in rules()} == set(named)
