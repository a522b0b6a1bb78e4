"""`jixiao vocabulary` and `jixiao repairs`, as a user calls them."""

import csv
import sys
import types
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from filings import Form, fill
from sqlalchemy.engine import Engine

from pipeline.across import settle as settle_module
from pipeline.across.settle import settle
from pipeline.cli import main

NAME, READ, SELDOM = "渡口灯标养护维修座数", "渡口灯标养护维修坐数", "渡口值守天数"
SCAN = Form([READ], "2031/scan.pdf", "码头", scanned=True, confidence=0.6)
REPAIR = f"{SCAN.indicator_id()}.level3.learned"

Jixiao = Callable[..., Result]


@pytest.fixture
def jixiao(engine: Engine, sqlite_url: str) -> Jixiao:
    """The command, on a database with a name that serves, one that waits and one repair."""
    fill(engine, [*(Form([NAME], f"{number}.pdf", f"项目{number}甲乙丙") for number in range(3)), SCAN])
    fill(engine, [Form([SELDOM], "seldom.pdf", "灯会")])
    settle(engine)

    def run(*arguments: object) -> Result:
        words = [*map(str, arguments), "--database", sqlite_url]
        return CliRunner().invoke(main, words, catch_exceptions=False)

    return run


def test_names_are_listed(jixiao: Jixiao) -> None:
    lines = jixiao("vocabulary", "list", "--like", "渡口").stdout.splitlines()
    assert [line.split() for line in lines[:-1]] == [
        ["serves", "learned", "3", NAME, "(数量;", "次;", "2031;", "东澜市青岚区)"],
        ["waits", "learned", "1", SELDOM, "(数量;", "次;", "2031;", "东澜市青岚区)"],
    ]
    assert lines[-1] == "2 names"
    assert jixiao("vocabulary", "--state", "waits").stdout.splitlines()[-1] == "1 names"


def test_names_are_exported(jixiao: Jixiao, tmp_path: Path) -> None:
    file = tmp_path / "words.csv"
    assert jixiao("vocabulary", "export", file).stdout.endswith(f"names written to {file}\n")
    with file.open(encoding="utf-8", newline="") as lines:
        words = {row["name"]: row for row in csv.DictReader(lines)}
    assert (words[NAME]["state"], words[NAME]["filings"], words[NAME]["level2"]) == ("serves", "3", "数量")
    assert {"registry", "learned"} == {word["source"] for word in words.values()}


def test_a_file_that_cannot_be_written_is_one_line(jixiao: Jixiao, tmp_path: Path) -> None:
    result = jixiao("vocabulary", "export", tmp_path / "nowhere" / "words.csv")
    assert result.exit_code == 2 and result.stderr.startswith("jixiao: cannot write") and result.stderr.count("\n") == 1


def test_names_are_promoted_removed_and_left_to_their_counts_again(jixiao: Jixiao) -> None:
    assert jixiao("vocabulary", "promote", SELDOM).stdout == f"{SELDOM}: promoted\n"
    assert jixiao("vocabulary", "remove", SELDOM).stdout == f"{SELDOM}: removed\n"
    assert jixiao("vocabulary", "undo", SELDOM).stdout == f"{SELDOM}: waits\n"
    assert "1 repairs" in jixiao("repairs", "--state", "accepted").stdout
    jixiao("vocabulary", "remove", NAME)
    assert jixiao("repairs").stdout == "0 repairs\n"


def test_repairs_are_listed(jixiao: Jixiao) -> None:
    name, head, change, count = jixiao("repairs").stdout.splitlines()
    assert (name, count) == ("2031/scan.pdf", "1 repairs")
    assert head.split()[:3] == [REPAIR, "accepted", "learned"] and change.strip().startswith(f"{READ} -> {NAME}  (")
    assert jixiao("repairs", "list", "--file", "other").stdout == "0 repairs\n"
    assert jixiao("repairs", "--file", "scan", "--state", "suggested").stdout == "0 repairs\n"


def test_repairs_are_undone_and_redone(jixiao: Jixiao) -> None:
    before = jixiao("repairs").stdout
    for _ in range(2):
        assert jixiao("repairs", "undo", REPAIR, REPAIR).stdout == "1 undone\n"
    assert f"{REPAIR}  undone" in jixiao("repairs").stdout
    assert jixiao("repairs", "redo", REPAIR).stdout == "1 stand again\n"
    assert jixiao("repairs").stdout == before


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["vocabulary", "promote", "没有的名称"], "no name '没有的名称' in the vocabulary"),
        (["vocabulary", "remove", "群众满意度"], "'群众满意度' is listed in the registry"),
        (["vocabulary", "undo", SELDOM], f"nothing was decided on '{SELDOM}'"),
        (["repairs", "undo", REPAIR, "x"], "there is no repair x"),
        (["repairs", "redo", REPAIR], f"{REPAIR} was not undone"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_changes_nothing(jixiao: Jixiao, arguments: list[str], reason: str) -> None:
    before = jixiao("vocabulary").stdout, jixiao("repairs").stdout
    result = jixiao(*arguments)
    assert result.exit_code == 2 and result.stdout == ""
    assert result.stderr.startswith(f"jixiao: {reason}") and result.stderr.count("\n") == 1
    assert (jixiao("vocabulary").stdout, jixiao("repairs").stdout) == before


@pytest.mark.parametrize("arguments", [["vocabulary", "promote"], ["repairs", "undo"], ["repairs", "--state", "odd"]])
def test_wrong_usage_is_exit_2(jixiao: Jixiao, arguments: list[str]) -> None:
    assert jixiao(*arguments).exit_code == 2


def test_an_ingest_settles_and_a_failure_to_settle_is_one_line(
    tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(connection: object) -> None:
        raise KeyError("a bug")

    forms = {form.file_name: form for form in (Form([NAME], f"{number}.pdf", f"项目{number}甲乙") for number in "012")}
    reader = types.ModuleType("pipeline.run")
    reader.read_document = lambda document: replace(  # type: ignore[attr-defined]
        forms[document.file_name].record(), document_id=document.document_id
    )
    monkeypatch.setitem(sys.modules, "pipeline.run", reader)
    for name in forms:
        (tmp_path / name).write_text(name)
    arguments = ["ingest", str(tmp_path), "--database", sqlite_url, "--workers", "1"]
    with monkeypatch.context() as patch:
        patch.setattr(settle_module, "STEPS", (("learning", fail),))
        result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == 1 and "3 loaded, 0 partial, 0 failed" in result.stdout
    told = result.stderr.splitlines()[-1]
    assert told.startswith(
        "jixiao: the files are loaded, but learning failed: internal error, please report it: KeyError"
    )
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == 0 and "3 skipped" in result.stdout
    listed = CliRunner().invoke(main, ["vocabulary", "--state", "serves", "--like", NAME, "--database", sqlite_url])
    assert listed.stdout.splitlines()[0].split()[:4] == ["serves", "learned", "3", NAME]


def test_help_of_the_groups_names_their_commands() -> None:
    for group in ("vocabulary", "repairs"):
        result = CliRunner().invoke(main, [group, "--help"])
        assert result.exit_code == 0 and "undo" in result.stdout
