import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from filings import Form, fill
from sqlalchemy.engine import Engine

from pipeline.across import learned_repairs
from pipeline.across.decisions import REMOVE_WORD, UNDO_REPAIR, decide, withdraw
from pipeline.across.learned_repairs import repair_learned
from pipeline.across.vocabulary import learn, vocabulary_id
from pipeline.records import Scalar
from pipeline.schema import TABLES

NAME = "渡口灯标养护维修座数"
READ = "渡口灯标养护维修坐数"
DIGITAL = [Form([NAME], f"{number}.pdf", f"项目{number}甲乙丙", "东澜市青岚区灯会办公室") for number in range(3)]
SCAN = Form([READ], "scan.pdf", "码头", scanned=True, confidence=0.6)
LEARNED = f"{SCAN.indicator_id()}.level3.learned"


def repair_of(state: str, after: str = "渡口", rule: str = "name") -> dict[str, Scalar]:
    """A row of `repairs` as a worker writes it."""
    return {"state": state, "rule": rule, "score": Decimal("0.98"), "raw": READ, "before": READ, "after": after}


def settle(engine: Engine) -> None:
    with engine.begin() as connection:
        learn(connection)
        repair_learned(connection)


def name_of(engine: Engine, form: Form = SCAN) -> tuple[str, str | None, str | None, str]:
    """Value, repair, doubts and raw text of the form's first name."""
    receipts = TABLES["provenance"].c
    with engine.connect() as connection:
        name = connection.scalar(
            sa.text("SELECT level3 FROM indicators WHERE indicator_id = :this"), {"this": form.indicator_id()}
        )
        query = sa.select(receipts.repair, receipts.doubts, receipts.raw_text)
        row = connection.execute(query.where(receipts.row_id == form.indicator_id(), receipts.column_name == "level3"))
        return name, *row.one()


def repairs(engine: Engine) -> dict[str, Any]:
    with engine.connect() as connection:
        return {row.repair_id: row for row in connection.execute(sa.select(TABLES["repairs"]))}


def decide_undo(engine: Engine, repair_id: str) -> None:
    with engine.begin() as connection:
        decide(connection, UNDO_REPAIR, [repair_id])


def test_a_damaged_name_is_repaired_by_a_learned_one(engine: Engine) -> None:
    fill(engine, [*DIGITAL, SCAN])
    settle(engine)
    repair = repairs(engine)[LEARNED]
    assert name_of(engine) == (NAME, f"learned {repair.score:.2f}", None, READ)
    assert (repair.state, repair.rule, repair.raw, repair.before, repair.after) == (
        "accepted", "learned", READ, READ, NAME,
    )  # fmt: skip
    assert "learned from other files" in repair.evidence and json.loads(repair.candidates)[0][0] == NAME


def test_a_name_of_too_few_filings_is_only_suggested(engine: Engine) -> None:
    fill(engine, [*DIGITAL[:2], SCAN])
    settle(engine)
    assert name_of(engine) == (READ, None, "repair_possible", READ)
    repair = repairs(engine)[LEARNED]
    assert (repair.state, repair.after) == ("suggested", NAME) and "too few" in repair.evidence


def test_a_name_of_too_few_filings_is_a_rival(engine: Engine) -> None:
    """What may be the damaged print of a name that waits is not sure to be that of one that serves."""
    east, west, read = (f"渡口灯标{side}岸养护次数" for side in "东西凸")
    scan = replace(SCAN, names=[read])
    fill(engine, [*(replace(form, names=[east]) for form in DIGITAL), scan])
    settle(engine)
    assert name_of(engine)[0] == east
    fill(engine, [Form([west], "rival.pdf", "灯会")])
    settle(engine)
    assert name_of(engine)[0] == read and repairs(engine)[LEARNED].state == "suggested"


def test_a_name_that_was_removed_is_not_even_suggested(engine: Engine) -> None:
    fill(engine, [*DIGITAL, SCAN])
    with engine.begin() as connection:
        decide(connection, REMOVE_WORD, [vocabulary_id(NAME)])
    settle(engine)
    assert name_of(engine) == (READ, None, None, READ) and repairs(engine) == {}


@pytest.mark.parametrize(
    "form", [Form([READ], "b.pdf"), Form([READ], "b.pdf", confidence=0.5), Form([READ], "b.pdf", scanned=True)]
)
def test_only_doubtful_names_of_pictures_are_touched(engine: Engine, form: Form) -> None:
    fill(engine, [*DIGITAL, form])
    settle(engine)
    assert name_of(engine, form)[:2] == (READ, None) and repairs(engine) == {}


def test_a_repair_is_taken_back_when_its_reason_is_gone(engine: Engine) -> None:
    fill(engine, [*DIGITAL, SCAN])
    settle(engine)
    fill(engine, [Form(["渡口值守"], form.file_name) for form in DIGITAL])
    settle(engine)
    assert name_of(engine) == (READ, None, None, READ) and repairs(engine) == {}


def test_a_name_of_the_same_unit_the_year_before_serves(engine: Engine) -> None:
    before = Form([NAME], "before.pdf", year=SCAN.year - 1)
    fill(engine, [before, SCAN])
    settle(engine)
    assert name_of(engine)[0] == NAME and "the year before" in repairs(engine)[LEARNED].evidence


@pytest.mark.parametrize(
    "other", [{"year": SCAN.year}, {"unit": "东澜市青岚区码头管理处"}, {"scanned": True, "confidence": 0.6}]
)
def test_other_units_other_years_and_doubtful_names_do_not(engine: Engine, other: dict[str, Any]) -> None:
    fill(engine, [Form([NAME], **{"file_name": "other.pdf", "year": SCAN.year - 1, **other}), SCAN])
    settle(engine)
    assert name_of(engine)[0] == READ


def test_two_names_as_near_are_suggested_until_one_is_gone(engine: Engine) -> None:
    pair = ["渡口灯标养护维修丙数", "渡口灯标养护维修丁数"]
    fill(engine, [Form(pair, form.file_name, form.project) for form in DIGITAL])
    fill(engine, [*(Form(pair[:1], f"more{number}.pdf", f"更多{number}甲乙丙") for number in range(3)), SCAN])
    settle(engine)
    repair = repairs(engine)[LEARNED]
    assert repair.state == "suggested" and {name for name, _ in json.loads(repair.candidates)} == set(pair)
    assert name_of(engine) == (READ, None, "repair_possible", READ)
    fill(engine, [Form(["渡口值守"], form.file_name) for form in DIGITAL])
    settle(engine)
    repair = repairs(engine)[LEARNED]
    assert repair.state == "accepted"
    assert name_of(engine) == (pair[0], f"learned {repair.score:.2f}", None, READ)


def test_settling_again_writes_nothing(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(engine, [*DIGITAL, SCAN])
    settle(engine)
    before = (name_of(engine), repairs(engine))
    written: list[object] = []
    monkeypatch.setattr(learned_repairs, "restate", lambda connection, befores: written.extend(befores))
    settle(engine)
    assert (name_of(engine), repairs(engine)) == before and not written


@pytest.mark.parametrize("state", ["accepted", "undone"])
def test_what_the_worker_repaired_or_a_person_took_back_is_settled(engine: Engine, state: str) -> None:
    form = Form(["渡口"], "scan.pdf", "码头", scanned=True, confidence=0.6, repairs={1: repair_of("accepted")})
    fill(engine, [*DIGITAL, form])
    if state == "undone":
        decide_undo(engine, f"{form.indicator_id()}.level3")
    settle(engine)
    assert set(repairs(engine)) == {f"{form.indicator_id()}.level3"}


def test_a_workers_suggestion_can_be_accepted_and_stands_again_without_its_reason(engine: Engine) -> None:
    form = Form([READ], "scan.pdf", "码头", scanned=True, confidence=0.6, repairs={1: repair_of("suggested")})
    fill(engine, [form])
    settle(engine)
    alone = (name_of(engine), repairs(engine))
    assert alone[0] == (READ, None, "repair_possible", READ)
    fill(engine, DIGITAL)
    settle(engine)
    assert name_of(engine)[0] == NAME and name_of(engine)[2] is None
    assert {row.state for row in repairs(engine).values()} == {"accepted", "suggested"}
    fill(engine, [Form(["渡口值守"], digital.file_name) for digital in DIGITAL])
    settle(engine)
    assert (name_of(engine), repairs(engine)) == alone


@pytest.mark.parametrize(
    ("form", "repair_id", "after"),
    [
        (SCAN, LEARNED, NAME),
        (
            Form([NAME], "scan.pdf", "码头", scanned=True, confidence=0.6, repairs={1: repair_of("accepted", NAME)}),
            LEARNED.removesuffix(".learned"),
            NAME,
        ),
    ],
    ids=["learned", "worker"],
)
def test_undo_then_redo_gives_back_what_was(engine: Engine, form: Form, repair_id: str, after: str) -> None:
    fill(engine, [*DIGITAL, form])
    settle(engine)
    repaired = (name_of(engine, form), repairs(engine))
    assert repaired[0][0] == after
    decide_undo(engine, repair_id)
    for _ in range(2):  # now, and after a new reading of the file
        settle(engine)
        assert name_of(engine, form) == (READ, None, "repair_undone", READ)
        assert repairs(engine)[repair_id].state == "undone"
        fill(engine, [form])
    with engine.begin() as connection:
        withdraw(connection, UNDO_REPAIR, [repair_id])
    settle(engine)
    assert (name_of(engine, form), repairs(engine)) == repaired


def test_checks_of_a_document_are_made_again_where_a_name_changed(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    again: list[set[str]] = []
    monkeypatch.setattr(learned_repairs, "check_again", lambda connection, ids: again.append(set(ids)))
    fill(engine, [*DIGITAL, SCAN])
    settle(engine)
    settle(engine)
    assert again == [{SCAN.document.document_id}, set()]
