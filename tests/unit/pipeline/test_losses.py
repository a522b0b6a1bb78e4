"""Characters in tables against the rows of the record: what a row no longer holds is lost, and nothing else is."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.document import open_document
from pipeline.losses import Loss, measure
from pipeline.records import DocumentRecord, Row
from pipeline.run import read_document

SAMPLES = Path(__file__).parents[3] / "data" / "raw"
FORM = next(SAMPLES.glob("*/2023/白鹭区城市运行管理中心2023年度项目支出绩效自评.pdf"))
BUDGET = next(SAMPLES.glob("*/2025/青岚区社会福利服务中心2025年单位预算公开.pdf"))


@pytest.fixture(scope="module", params=[FORM, BUDGET], ids=["forms", "budget"])
def path(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


@pytest.fixture(scope="module")
def record(path: Path) -> DocumentRecord:
    return read_document(open_document(path, path.name))


def without(record: DocumentRecord, is_gone: Callable[[Row], bool]) -> DocumentRecord:
    return replace(record, rows=tuple(row for row in record.rows if not is_gone(row)))


def characters(text: object) -> int:
    return len("".join(str(text).split()))


def lost_texts(loss: Loss) -> str:
    return "".join(text for _, text in loss.texts)


def test_everything_printed_in_tables_is_found(path: Path, record: DocumentRecord) -> None:
    loss = measure(path, record)
    assert loss.lost <= loss.printed / 1000
    assert loss.value > 0
    assert loss.other_table > 0
    assert loss.label < loss.printed / 5


def test_value_without_its_row_is_lost(path: Path, record: DocumentRecord) -> None:
    goal = next(row for row in record.rows if row.table == "goals")
    raw = "".join(receipt.raw_text for receipt in goal.provenance)
    before, after = measure(path, record), measure(path, without(record, lambda row: row is goal))
    assert after.printed == before.printed
    assert before.value - after.value == characters(raw)
    words = [char for char in raw if char.isalnum()]
    assert len(words) <= after.lost - before.lost <= characters(raw)


def test_cell_of_another_table_is_lost_with_it_once(path: Path, record: DocumentRecord) -> None:
    """Of two cells with the same figure on one page the other still counts."""
    cells = [row for row in record.rows if row.table == "other_table_cells" and str(row.values["text"]).isdigit()]
    before, after = measure(path, record), measure(path, without(record, lambda row: row is cells[-1]))
    assert after.lost - before.lost == before.other_table - after.other_table == characters(cells[-1].values["text"])


def test_document_without_rows_has_lost_all_but_labels(path: Path, record: DocumentRecord) -> None:
    loss = measure(path, replace(record, rows=()))
    assert (loss.value, loss.other_table) == (0, 0)
    assert loss.lost == loss.printed - loss.label > loss.printed / 2


def test_page_is_named_where_something_was_lost(path: Path, record: DocumentRecord) -> None:
    filing = next(row for row in record.rows if row.table == "filings")
    name = next(receipt for receipt in filing.provenance if receipt.column_name == "project_name")
    loss = measure(path, without(record, lambda row: row is filing))
    assert (name.page, "".join(name.raw_text.split())) in loss.texts


def test_pictures_are_not_counted(path: Path, record: DocumentRecord) -> None:
    assert measure(path, replace(record, text_source="ocr")).printed == 0
    assert measure(path, replace(record, text_source="mixed")).printed == 0
