import json
from dataclasses import replace

import pytest
from batches import Form, fill, message, outcomes, query, settle
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from pipeline.across import amounts, checks, coverage, indicators
from pipeline.across.checks import across_rules

DECLARED = Form(asked="1200000.00", indicators=(("灯标正常率", "≥98%"), ("巡查次数", "=12次")))
EVALUATED = Form("self_evaluation", file="竹溪区/2032/b.pdf", begun="1200000.00", budget="1200000", spent="900000",
                 indicators=(("灯标正常率", "≥98%", "99%"), ("巡查次数", "=12次", "12次")))  # fmt: skip
REPORT = replace(EVALUATED, kind="evaluation_report", file="竹溪区/2032/c.pdf", begun="", budget="", spent="")


def _outcomes(engine: Engine, rule: str, *forms: Form) -> list[str]:
    fill(engine, forms)
    settle(engine)
    return outcomes(engine, rule)


def test_every_rule_has_its_function_and_words() -> None:
    known = {*vars(amounts), *vars(indicators), *vars(coverage), "filed_once"}
    for rule in across_rules():
        assert rule.check in known and rule.severity in ("error", "warn", "info")
        assert rule.asks["en"] and rule.asks["zh"] and rule.reach == "batch"
        for sentence in rule.fails.values():
            assert sentence.format(about="x", expected="y", actual="z")


def test_forms_that_agree_pass(engine: Engine) -> None:
    fill(engine, [DECLARED, EVALUATED, REPORT])
    settle(engine)
    for rule, count in {"X1.1": 1, "X1.2": 2, "X1.3": 1, "X1.4": 1, "X5": 1, "X5.1": 1}.items():
        assert outcomes(engine, rule) == ["pass"] * count, rule
    assert not outcomes(engine, "X4.1") and not outcomes(engine, "X3")


def test_another_first_budget_is_told_with_its_cells(engine: Engine) -> None:
    assert _outcomes(engine, "X1.1", DECLARED, replace(EVALUATED, begun="1000000.00")) == ["fail"]
    assert (
        message(engine, "X1.1")
        == "the self-evaluation begins with 1000000 yuan, the declaration asked for 1200000 yuan"
    )
    ((operands, difference, reach),) = query(
        engine, "SELECT operands, difference, reach FROM checks WHERE rule = 'X1.1'"
    )
    assert [(cell.rpartition(".")[2], value) for cell, value in json.loads(str(operands))] == [
        ("initial_budget_yuan", "1000000"), ("amount_yuan", "1200000")
    ]  # fmt: skip
    assert difference == -200000 and reach == "batch"


def test_a_wrong_unit_is_called_so(engine: Engine) -> None:
    assert _outcomes(engine, "X1.1", DECLARED, replace(EVALUATED, begun="120.00")) == ["fail"]
    assert "has its unit wrong" in message(engine, "X1.1")


def test_a_blank_budget_cannot_be_told(engine: Engine) -> None:
    assert _outcomes(engine, "X1.1", DECLARED, replace(EVALUATED, begun="")) == ["insufficient"]


def test_a_changed_target_names_the_indicator(engine: Engine) -> None:
    changed = replace(EVALUATED, indicators=(("灯标正常率", "≥90%"), ("巡查次数", "12次")))
    assert _outcomes(engine, "X1.2", DECLARED, changed) == ["fail"]
    assert message(engine, "X1.2") == "targets changed: 灯标正常率 ≥90% (before: 灯标正常率 ≥98%)"


@pytest.mark.parametrize("target", ["≥98.0%", "≥98", "98%", "≥98％"])
def test_one_target_in_other_words_is_no_change(engine: Engine, target: str) -> None:
    same = replace(EVALUATED, indicators=(("灯标正常率", target),))
    assert _outcomes(engine, "X1.2", DECLARED, same) == ["pass"]


def test_units_that_differ_are_not_compared(engine: Engine) -> None:
    other = replace(EVALUATED, indicators=(("巡查次数", "=12公里"),))
    assert _outcomes(engine, "X1.2", DECLARED, other) == ["insufficient"]


def test_indicators_left_out_and_added_are_named(engine: Engine) -> None:
    other = replace(EVALUATED, indicators=(("灯标正常率", "≥98%"), ("群众满意度", "≥90%")))
    assert _outcomes(engine, "X1.3", DECLARED, other) == ["fail"]
    assert message(engine, "X1.3") == "left out: 巡查次数; added: 群众满意度"


def test_a_row_that_a_scan_lost_is_no_indicator_left_out(engine: Engine) -> None:
    scanned = replace(EVALUATED, seen=True, indicators=EVALUATED.indicators[:1])
    assert _outcomes(engine, "X1.3", DECLARED, scanned) == ["insufficient"]


def test_results_of_unit_and_report_are_compared_as_numbers(engine: Engine) -> None:
    other = replace(REPORT, indicators=(("灯标正常率", "≥98%", "97%"), ("巡查次数", "=12次", "十二次，已完成")))
    assert _outcomes(engine, "X1.4", EVALUATED, other) == ["fail"]
    assert message(engine, "X1.4") == "results differ: 灯标正常率 97% (self-evaluation: 灯标正常率 99%)"


@pytest.mark.parametrize(("carried", "outcome"), [("300000.00", "pass"), ("300000.02", "fail"), ("", "")])
def test_no_more_is_carried_over_than_was_left(engine: Engine, carried: str, outcome: str) -> None:
    later = Form(year=2032, file="竹溪区/2032/d.pdf", asked="1000000", carried={"asked": carried})
    assert _outcomes(engine, "X2", EVALUATED, later) == ([outcome] if outcome else [])


@pytest.mark.parametrize(
    ("asked", "outcome", "told"),
    [
        ("6000000", "pass", ""),
        ("6000001", "fail", "after 1200000 yuan in 2031"),
        ("120", "fail", "one form has its unit wrong"),
    ],
)
def test_money_that_leaps_is_told(engine: Engine, asked: str, outcome: str, told: str) -> None:
    later = Form(year=2033, file="竹溪区/2033/d.pdf", asked=asked)
    assert _outcomes(engine, "X3", DECLARED, later) == [outcome]
    assert not told or told in message(engine, "X3")


def test_one_content_under_two_names_is_told_on_the_later(engine: Engine) -> None:
    other = replace(DECLARED, file="松影区/2030/b.pdf")
    fill(engine, [DECLARED, other], {other.file: DECLARED.file})
    settle(engine)
    rows = query(
        engine, "SELECT file_name, filing_id FROM checks JOIN documents USING (document_id) WHERE rule = 'X4.1'"
    )
    assert rows == [("竹溪区/2031/a.pdf", None)]
    assert message(engine, "X4.1") == "the same file as 松影区/2030/b.pdf"


@pytest.mark.parametrize(("asked", "outcome"), [("1200000.00", "pass"), ("1300000.00", "fail")])
def test_versions_of_one_form_are_compared(engine: Engine, asked: str, outcome: str) -> None:
    later = replace(DECLARED, file="竹溪区/2031/z.pdf", asked=asked)
    assert _outcomes(engine, "X4.2", DECLARED, later) == [outcome]
    if outcome == "fail":
        assert message(engine, "X4.2") == "says 1200000; the form that stands (竹溪区/2031/z.pdf) says 1300000"


def test_a_filing_that_is_doubtfully_of_the_project_fails_nothing(engine: Engine) -> None:
    doubtful = replace(EVALUATED, begun="5", flagged=("project",))
    assert _outcomes(engine, "X1.1", DECLARED, doubtful) == ["insufficient"]


WRONG = (
    replace(EVALUATED, begun="1000000", indicators=(("灯标正常率", "≥90%", "95%"), ("群众满意度", "≥90%", "90%"))),
    replace(REPORT, indicators=(("灯标正常率", "≥91%", "96%"), ("群众满意度", "≥80%", "70%"))),
    replace(DECLARED, year=2032, file="竹溪区/2032/d.pdf", asked="12000000", carried={"asked": "900000"}),
    replace(DECLARED, file="竹溪区/2031/z.pdf", asked="1300000"),
)
READ = ("asked", "begun", "budget", "spent", "year", "project", "灯标正常率", "群众满意度", "巡查次数", "≥98%", "≥90%",
        "≥91%", "≥80%", "95%", "96%", "90%", "70%")  # fmt: skip


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(st.sets(st.sampled_from(READ), min_size=1))
def test_no_rule_fails_by_a_flagged_value(engine: Engine, flagged: set[str]) -> None:
    forms = [replace(form, flagged=tuple(flagged)) for form in (DECLARED, *WRONG)]
    fill(engine, forms)
    settle(engine)
    sql = "SELECT operands FROM checks WHERE reach = 'batch' AND outcome = 'fail'"
    for (operands,) in query(engine, sql):
        for cell, _ in json.loads(str(operands)):
            table, row_id, column = str(cell).split(".")
            receipts = (
                f"SELECT confidence FROM provenance WHERE table_name = '{table}' AND row_id = '{row_id}' "
                f"AND column_name = '{column}' AND confidence < 0.9"
            )
            assert not query(engine, receipts), cell


def test_all_of_the_wrong_forms_fail_when_they_are_read_well(engine: Engine) -> None:
    fill(engine, [DECLARED, *WRONG])
    settle(engine)
    failed = {row[0] for row in query(engine, "SELECT rule FROM checks WHERE outcome = 'fail' AND reach = 'batch'")}
    assert failed == {"X1.1", "X1.2", "X1.3", "X1.4", "X2", "X3", "X4.2"}


def test_checks_of_single_documents_stay(engine: Engine) -> None:
    fill(engine, [DECLARED, EVALUATED])
    (filing, document), *_ = query(engine, "SELECT filing_id, document_id FROM filings")
    row = {"check_id": "k", "filing_id": filing, "document_id": document, "rule": "F1", "outcome": "pass"}
    with engine.begin() as connection:
        connection.execute(checks._checks.insert().values(**row, reach="filing"))
    settle(engine)
    settle(engine)
    assert outcomes(engine, "F1") == ["pass"] and outcomes(engine, "X1.1") == ["pass"]
