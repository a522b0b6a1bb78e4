"""Prose on a project's money becomes rows, each with the form it belongs to."""

from drawn_tables import drawn, lines

from extractors.reading import Reading
from extractors.table import Table, TextLine
from pipeline.assemble import assemble
from pipeline.flow import Flow
from pipeline.narratives import Placed, narrative_rows
from pipeline.records import Row

CLEANING, LAMPS = "河道保洁", "路灯维护"


def document(*parts: str | Table) -> Reading:
    blocks: list[TextLine | Table] = []
    for row, part in enumerate(parts):
        blocks += lines([part], 1, 3 * row) if isinstance(part, str) else [part]
    return Reading(1, tuple(blocks))


def heading(project: str) -> str:
    return f"{project}项目经费情况说明"


def narratives(found: Reading, *filings: Placed) -> list[Row]:
    return list(narrative_rows("doc", Flow.of(found), filings))


def owners(found: Reading, *filings: Placed) -> list[object]:
    return [row.values["filing_id"] for row in narratives(found, *filings)]


def form(project: str) -> Table:
    rows = [
        ["项目名称", project, "<", "<"],
        ["项目总目标", "全年维护。", "<", "<"],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "次数", "≥12次"],
    ]
    return drawn(rows, ["财政支出项目绩效目标申报表", "（2031年度）"])


PROSE = document(heading(CLEANING), "全年保洁12公里。", "分四季支付。", heading(LAMPS), "路灯400盏。")


def test_narrative_is_a_row_with_its_paragraphs() -> None:
    first, second = narratives(PROSE)
    assert (first.row_id, second.row_id) == ("doc-p001", "doc-p002")
    assert first.values["title"] == heading(CLEANING)
    assert first.values["text"] == "全年保洁12公里。\n分四季支付。"
    assert (first.values["page_first"], first.values["page_last"]) == (1, 1)


def test_each_paragraph_has_its_receipt() -> None:
    first, _ = narratives(PROSE)
    texts = [receipt.raw_text for receipt in first.provenance if receipt.column_name == "text"]
    assert texts == ["全年保洁12公里。", "分四季支付。"]


def test_narrative_belongs_to_the_form_that_its_heading_names() -> None:
    forms = [Placed("a", LAMPS, 9), Placed("b", CLEANING, 10)]
    assert owners(PROSE, *forms) == ["b", "a"]


def test_of_two_names_in_a_heading_the_longer_one_counts() -> None:
    forms = [Placed("a", "保洁", 9), Placed("b", CLEANING, 10)]
    assert owners(PROSE, *forms) == ["b", None]


def test_without_a_name_it_belongs_to_the_form_that_follows() -> None:
    forms = [Placed("before", "别的项目", 0), Placed("a", "", 2), Placed("b", "", 4)]
    assert owners(PROSE, *forms) == ["a", "b"]


def test_a_form_before_it_or_behind_the_next_narrative_is_not_its_own() -> None:
    assert owners(PROSE, Placed("a", "别的项目", 0)) == [None, None]
    assert owners(PROSE, Placed("b", "别的项目", 4)) == [None, "b"]


def test_in_a_document_forms_and_their_prose_find_each_other() -> None:
    found = document(heading(CLEANING), "全年保洁12公里。", form(CLEANING), heading(LAMPS), "路灯400盏。", form(LAMPS))
    rows = list(assemble("doc", found))
    names = {row.row_id: row.values["project_name"] for row in rows if row.table == "filings"}
    told = {row.values["title"]: row.values["filing_id"] for row in rows if row.table == "narratives"}
    assert {title: names[str(filing)] for title, filing in told.items()} == {
        heading(CLEANING): CLEANING,
        heading(LAMPS): LAMPS,
    }
