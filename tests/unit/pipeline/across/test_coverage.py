from dataclasses import replace

from batches import Form, fill, message, outcomes, settle
from conftest import make_document
from sqlalchemy.engine import Engine

from pipeline.records import DocumentRecord
from pipeline.store import store

DECLARED = Form()
OTHER_UNIT = Form("self_evaluation", unit="云澜市竹溪区水文站", project="水位观测", file="竹溪区/2032/s.pdf")


def _outcomes(engine: Engine, *forms: Form, rule: str = "X5") -> list[str]:
    fill(engine, forms)
    settle(engine)
    return outcomes(engine, rule)


def test_a_unit_without_self_evaluation_is_named(engine: Engine) -> None:
    assert _outcomes(engine, DECLARED, OTHER_UNIT) == ["fail"]
    assert message(engine, "X5").startswith("云澜市竹溪区航道管理所 declared targets for 2031;")


def test_nothing_is_due_while_no_self_evaluation_of_year_and_place_is_there(engine: Engine) -> None:
    elsewhere = replace(OTHER_UNIT, unit="云澜市松影区水文站", department="", file="松影区/b.pdf")
    earlier = replace(OTHER_UNIT, year=2030, file="竹溪区/2031/e.pdf")
    assert _outcomes(engine, DECLARED, elsewhere, earlier) == ["not_applicable"]


def test_one_self_evaluation_under_another_spelling_is_enough(engine: Engine) -> None:
    own = Form("self_evaluation", unit="竹溪区航道管理所", project="别的项目名称", file="竹溪区/2032/s.pdf")
    assert _outcomes(engine, DECLARED, own) == ["pass"]
    assert outcomes(engine, "X5.1") == ["fail"]
    assert message(engine, "X5.1") == "渡口灯标维护 is not among the 1 self-evaluations of its unit for 2031"


def test_a_section_evaluates_for_its_body(engine: Engine) -> None:
    body = Form(unit="云澜市竹溪区水务局", department="")
    section = replace(body, kind="self_evaluation", unit="云澜市竹溪区水务局综合科", file="竹溪区/2032/s.pdf")
    assert _outcomes(engine, body, section) == ["pass"]


def test_a_file_that_could_not_be_read_may_be_the_one(engine: Engine) -> None:
    fill(engine, [DECLARED, OTHER_UNIT])
    document = make_document("竹溪区/2032/x.pdf")
    failure = DocumentRecord(document.document_id, document.file_name, document.sha256, status="failed", error="broken")
    with engine.begin() as connection:
        store(connection, failure)
    settle(engine)
    assert outcomes(engine, "X5") == ["insufficient"]


def test_a_self_evaluation_of_a_doubtful_name_may_be_the_one(engine: Engine) -> None:
    doubtful = Form(
        "self_evaluation", project="渡口什么维护", seen=True, flagged=("project",), file="竹溪区/2032/s.pdf"
    )
    assert _outcomes(engine, DECLARED, doubtful, rule="X5.1") == ["insufficient"]


def test_a_declaration_of_a_doubtful_year_lacks_nothing(engine: Engine) -> None:
    assert _outcomes(engine, replace(DECLARED, flagged=("year",)), OTHER_UNIT) == ["insufficient"]


def test_one_answer_a_unit_and_year(engine: Engine) -> None:
    second = replace(DECLARED, project="航标船检修", file="竹溪区/2031/b.pdf")
    found = _outcomes(engine, DECLARED, second, replace(DECLARED, year=2032, file="c.pdf"), OTHER_UNIT)
    assert sorted(found) == ["fail", "not_applicable"]
