"""The data policy names what is there: rules of repair, columns, outcomes, doubts, commands."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from normalizers.personal import mask, personal_mark
from pipeline.cli import main
from pipeline.dictionary import dictionary
from pipeline.personal import masked_columns
from pipeline.records import FLAG_BELOW
from pipeline.rule_words import repair_words

POLICY = (Path(__file__).resolve().parents[2] / "docs" / "data-policy.md").read_text(encoding="utf-8")
CODE = re.findall(r"`([^`\n]+)`", POLICY)


def test_every_rule_of_repair_has_its_row() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", POLICY, re.MULTILINE)
    assert sorted(rows) == sorted(repair_words())


def test_tables_and_columns_are_there() -> None:
    tables = dictionary()
    named = [code.split(".") for code in CODE if re.fullmatch(r"[a-z]\w+\.\w+", code) and not code.endswith(".yml")]
    assert named
    for table, column in named:
        assert tables[table].has(column), f"{table}.{column}"


def test_no_column_that_may_be_repaired_is_one_of_printed_text() -> None:
    table = POLICY.split("| rule | columns |")[1].split("\n\n")[0]
    for name, column in re.findall(r"`(\w+)\.(\w+)`", table):
        assert column not in masked_columns(name)
        assert next(each.trust for each in dictionary()[name].columns if each.name == column) == "read"


def test_outcomes_states_and_doubts_are_those_of_the_tables() -> None:
    checks = {column.name: column.values for column in dictionary()["checks"].columns}
    assert {*checks["outcome"], *checks["severity"]} <= set(CODE)
    assert {"repair_possible", "repair_undone"} <= set(CODE) & set(dictionary().doubts)
    assert f"under {FLAG_BELOW}" in POLICY


@pytest.mark.parametrize("command", sorted({code for code in CODE if code.startswith("jixiao ")}))
def test_commands_are_there(command: str) -> None:
    words = [word for word in command.split()[1:] if word.islower()]
    result = CliRunner().invoke(main, [*(word for word in words if word[0] != "-"), "--help"])
    assert result.exit_code == 0
    assert all(word in result.output for word in words if word[0] == "-")


def test_the_mark_is_the_one_that_exports_write() -> None:
    assert personal_mark() in POLICY
    assert mask("联系人：某甲") == f"联系人：{personal_mark()}"
