"""`jixiao check`: what a reader of its lines and of its page relies on."""

import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import make_document, make_record
from sqlalchemy.engine import Engine

from normalizers.personal import personal_mark
from pipeline.check_counts import Selection, count_rules, rule_key
from pipeline.check_report import report, share
from pipeline.cli import main
from pipeline.database import open_database
from pipeline.errors import UnusableOutput
from pipeline.records import DocumentRecord, Row
from pipeline.rule_words import rule_words
from pipeline.store import store

MARK = personal_mark()
ODD = '<script>alert("1")</script> & 某区'
SECRET = "000-12345678"


def _check(filing_id: str, number: int, **values: Any) -> Row:
    return Row("checks", f"{filing_id}-k{number:02d}", {"filing_id": filing_id, "reach": "filing", **values})


def _records() -> list[DocumentRecord]:
    """Two files with findings, one with nothing but a check that passed."""
    plain, first, second = (make_record(make_document(name), n) for n, name in enumerate(("c.pdf", "a/1.pdf", "b.pdf")))
    filing, fund = (next(r.row_id for r in first.rows if r.table == table) for table in ("filings", "funds"))
    other = next(row.row_id for row in second.rows if row.table == "filings")
    found = [
        _check(filing, 4, rule="F2", outcome="fail", severity="warn", message=f"联系电话{SECRET}有误"),
        _check(
            filing, 2, rule="F10", outcome="fail", severity="error", message=ODD, expected="12.30", actual="1.00",
            difference=Decimal("-11.3"), tolerance=Decimal("0.01"),
            operands=json.dumps([
                [f"funds.{fund}.amount_yuan", "1.00"], [f"contacts.{filing}-c01.name", "某甲"], ["gone.x.y", None]
            ]),
        ),
        _check(filing, 3, rule="F2", outcome="insufficient", severity="warn", message="一项缺失"),
    ]  # fmt: skip
    whole = Row(
        "checks", "k9", {"rule": "X5", "outcome": "fail", "severity": "info", "reach": "batch", "message": "缺"}
    )
    head = Row("filings", filing, {"kind": "declaration", "title": ODD, "project_name": "养护", "page_first": 3})
    rows = [head if row.table == "filings" else row for row in first.rows]
    return [
        plain,
        replace(first, rows=(*rows, *found)),
        replace(second, status="partial", text_source="ocr", rows=(*second.rows, whole, _repair(other))),
    ]


def _repair(filing_id: str) -> Row:
    value = {"table_name": "funds", "row_id": f"{filing_id}-f01", "column_name": "item", "state": "accepted"}
    return Row("repairs", "r1", {"filing_id": filing_id, **value, "rule": "name", "raw": "资全", "after": "资金"})


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A database filled by hand, of either kind."""
    engine = open_database(request.getfixturevalue(f"{request.param}_url"))
    _fill(engine, _records())
    yield engine
    engine.dispose()


@pytest.fixture
def filled(engine: Engine) -> Engine:
    _fill(engine, _records())
    return engine


def _fill(engine: Engine, records: list[DocumentRecord]) -> None:
    with engine.begin() as connection:
        for record in records:
            store(connection, record)


def _lines(engine: Engine, *, whole: bool = False, **chosen: str) -> list[str]:
    return list(report(engine, Selection(**chosen), whole=whole))


def _findings(lines: list[str]) -> list[str]:
    return [line for line in lines if re.match(r"(error|warn|info) ", line)]


def test_lines_tell_documents_filings_values_and_repairs(database: Engine) -> None:
    lines = _lines(database)
    assert lines[:2] == ["3 documents, 6 pages: ok 2, partial 1", "  text: digital 2, ocr 1"]
    assert lines[2:4] == ["3 filings: declaration 3", "  by year: none 1, 2031 2"]
    assert "14 values read, 3 flagged (21.4 %): look at their pages before use" in lines
    assert {"  doubts: ambiguous 3", "  repairs: 1 accepted, 0 suggested, 0 undone"} <= set(lines)


def test_outcomes_are_counted_by_rule_in_the_order_of_their_numbers(database: Engine) -> None:
    with database.connect() as connection:
        rules = count_rules(connection, Selection())
    assert [(each.rule, each.severity, dict(each.outcomes)) for each in rules] == [
        ("F1", "", {"pass": 3}),
        ("F2", "warn", {"fail": 1, "insufficient": 1}),
        ("F10", "error", {"fail": 1}),
        ("X5", "info", {"fail": 1}),
    ]


def test_rules_are_sorted_by_their_numbers() -> None:
    assert sorted(["X2", "F10", "X1.2", "F2", "X1.10"], key=rule_key) == ["F2", "F10", "X1.2", "X1.10", "X2"]


def test_failures_are_listed_gravest_first_with_file_page_form_and_project(database: Engine) -> None:
    lines = _lines(database)
    assert _findings(lines) == [
        f"error F10 · a/1.pdf page 1 · {ODD} · 养护",
        f"warn F2 · a/1.pdf page 3 · {ODD} · 养护",
        "info X5 · b.pdf",
    ]
    at = lines.index(_findings(lines)[0])
    assert lines[at + 1 : at + 3] == [f"    {ODD}", "    expected 12.30, actual 1.00, difference -11.3"]


def test_a_value_from_another_file_is_told_with_its_file(filled: Engine, tmp_path: Path) -> None:
    here, there = (make_record(make_document(name), "7") for name in ("here.pdf", "there.pdf"))
    filing, fund = here.rows[0].row_id, there.rows[1].row_id
    operands = json.dumps([[f"funds.{fund}.amount_yuan", "7.00"]])
    row = _check(filing, 2, rule="X1", outcome="fail", severity="warn", reach="batch", operands=operands)
    _fill(filled, [replace(here, rows=(*here.rows, row)), there])
    assert _findings(_lines(filled, rule="X1")) == ["warn X1 · here.pdf"]
    page = _write(filled, tmp_path / "page.html", rule="X1")
    assert "funds.amount_yuan7.000.00123there.pdf 1" in page.words.replace("\n", "")


@pytest.mark.parametrize(
    ("chosen", "rules"),
    [
        ({"rule": "F2"}, ["F2"]),
        ({"outcome": "insufficient"}, ["F2"]),
        ({"file": "b."}, ["X5"]),
        ({"file": "%"}, []),
        ({"file": "a/", "outcome": "pass"}, []),
    ],
)
def test_findings_can_be_chosen(filled: Engine, chosen: dict[str, str], rules: list[str]) -> None:
    assert [line.split()[1] for line in _findings(_lines(filled, **chosen))] == rules


def test_long_lists_are_cut_with_a_word_on_how_to_see_all(filled: Engine) -> None:
    record = make_record(make_document("long.pdf"), "7")
    filing = record.rows[0].row_id
    many = [_check(filing, n, rule="I7", outcome="fail", severity="info") for n in range(2, 42)]
    _fill(filled, [replace(record, rows=(*record.rows, *many))])
    cut = _lines(filled)
    assert len(_findings(cut)) == 20
    assert cut[-1].startswith("and 23 more: --all lists them")
    assert len(_findings(_lines(filled, whole=True))) == 43


def test_a_share_that_is_there_is_never_told_as_none() -> None:
    assert [share(1, 100_000), share(0, 5), share(5, 0), share(1, 3)] == ["0.1 %", "0 %", "0 %", "33.3 %"]


class _Page(HTMLParser):
    """Text, ids and links of a page; fails where its tags do not close in order."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags, self.ids, self.links = Counter[str](), list[str](), list[str]()
        self.words = ""
        self.feed(source)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        values = dict(attrs)
        self.ids += [values["id"] or ""] if "id" in values else []
        self.links += [values[name] or "" for name in ("href", "src") if name in values]
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data if "style" not in self.open else ""


def _write(engine: Engine, path: Path, **chosen: str) -> _Page:
    assert list(report(engine, Selection(**chosen), path))[-1] == f"written to {path}"
    return _Page(path.read_text(encoding="utf-8"))


def test_the_page_is_the_same_whatever_the_database(filled: Engine, postgresql_url: str, tmp_path: Path) -> None:
    other = open_database(postgresql_url)
    _fill(other, _records()[::-1])
    _write(filled, tmp_path / "sqlite.html")
    _write(other, tmp_path / "postgresql.html")
    other.dispose()
    assert (tmp_path / "sqlite.html").read_bytes() == (tmp_path / "postgresql.html").read_bytes()


def test_the_page_stands_alone_and_its_links_lead_somewhere(filled: Engine, tmp_path: Path) -> None:
    page = _write(filled, tmp_path / "new" / "page.html")
    assert len(page.ids) == len(set(page.ids))
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    assert not re.search(r"url\(|@import|https?:", (tmp_path / "new" / "page.html").read_text(encoding="utf-8"))
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["page.html"]


def test_the_page_tells_findings_with_what_was_compared(filled: Engine, tmp_path: Path) -> None:
    page = _write(filled, tmp_path / "page.html")
    assert page.words.index("F10 错误 error") < page.words.index("F2 警告 warning") < page.words.index("X5 提示 remark")
    assert ODD in page.words
    assert "应为 expected 12.30" in page.words and "差额 difference -11.3" in page.words
    assert "funds.amount_yuan1.000.001231" in page.words.replace("\n", "")  # value, as printed, page
    assert "整份文件或多份文件" in page.words
    assert page.tags["h3"] == 2  # files with findings


def test_the_page_counts_checks_that_passed_and_does_not_list_them(filled: Engine, tmp_path: Path) -> None:
    page = _write(filled, tmp_path / "page.html", rule="F1")
    assert page.tags["h3"] == 0
    assert re.search(r"F1\D.*\D3000\D", page.words)
    assert "F2" not in page.words


def test_every_rule_is_told_with_what_it_asks(filled: Engine, tmp_path: Path) -> None:
    page = _write(filled, tmp_path / "page.html")
    asked = [words.asks for words in rule_words().values()]
    assert asked and all(asks.zh in page.words and asks.en in page.words for asks in asked)
    assert rule_words()["F2"].asks.en in "\n".join(_lines(filled))


def test_no_person_comes_to_the_lines_or_the_page(database: Engine, tmp_path: Path) -> None:
    said = "\n".join(_lines(database)) + _write(database, tmp_path / "page.html").words
    assert "某甲" not in said and SECRET not in said
    assert said.count(f"联系电话{MARK}有误") == 2


def test_a_database_without_checks_says_so(engine: Engine, tmp_path: Path) -> None:
    assert "no checks: nothing in this database was checked, or none is of this kind" in _lines(engine)
    assert "没有 none" in _write(engine, tmp_path / "page.html").words


def test_an_unwritable_place_is_said_and_an_earlier_page_stays(
    filled: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UnusableOutput, match=r"cannot write .*; name another file"):
        _write(filled, tmp_path / "file" / "page.html")
    (tmp_path / "page.html").write_text("earlier")
    monkeypatch.setattr("pipeline.check_page.count_files", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        _write(filled, tmp_path / "page.html")
    assert {path.name: path.read_text() for path in tmp_path.glob("*.*")}["page.html"] == "earlier"
    assert not list(tmp_path.glob(".*"))


def test_the_command_ends_with_0_whatever_failed(filled: Engine, sqlite_url: str) -> None:
    result = CliRunner().invoke(main, ["check", "--database", sqlite_url, "--rule", "F10"])
    assert result.exit_code == 0
    assert f"error F10 · a/1.pdf page 1 · {ODD} · 养护" in result.stdout


def test_the_command_ends_with_2_where_there_is_no_database(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["check", "--database", f"sqlite:///{tmp_path}/none.db"])
    assert result.exit_code == 2
    assert "there is no database" in result.output and "Traceback" not in result.output


def test_a_hundred_thousand_checks_take_seconds(engine: Engine, tmp_path: Path) -> None:
    records = []
    for number in range(50):
        record = make_record(make_document(f"{number:03d}.pdf"), str(number))
        filing, fund = record.rows[0].row_id, record.rows[1].row_id
        operands = json.dumps([[f"funds.{fund}.amount_yuan", "1.00"]] * 3)
        checks = [
            _check(
                filing, n, rule=f"F{n % 40}", outcome="pass" if n % 10 else "fail", severity="warn", operands=operands
            )
            for n in range(2, 2000)
        ]
        records.append(replace(record, rows=(*record.rows, *checks)))
    _fill(engine, records)
    began = time.perf_counter()
    list(report(engine, Selection(), tmp_path / "page.html"))
    assert time.perf_counter() - began < 30
    assert (tmp_path / "page.html").read_text(encoding="utf-8").count("<h3") == 50
