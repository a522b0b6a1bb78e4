"""Forms and tables become rows: ids, values, receipts, and what belongs together over several tables."""

from decimal import Decimal

import pytest
from drawn_tables import Rows, box_at, drawn, lines, reading

from extractors.reading import Reading
from pipeline.assemble import assemble, gather
from pipeline.receipts import text_table
from pipeline.records import Provenance, Row

TITLE = "财政项目支出绩效目标申报表"
HEAD = [
    ["项目名称", "道路养护", "<", "<"],
    ["主管部门", "某局", "实施单位", "某中心"],
]
MONEY = [
    ["项目资金（万元）", "项目资金总额", "3.00", "<"],
    ["^", "年度资金申请总额", "1.00", "<"],
]
GOALS = [["项目总目标", "三年养护12万平方米。", "<", "<"], ["年度总体目标", "当年养护4万平方米。", "<", "<"]]
INDICATORS = [
    ["一级指标", "二级指标", "三级指标", "指标值"],
    ["产出指标（50分）", "数量指标", "1.养护面积", "≥4万平方米"],
    ["^", "质量指标", "★合格率", "良好"],
]
FORM = [*HEAD, *MONEY, *GOALS, *INDICATORS]


def rows_of(found: Reading, table: str = "") -> list[Row]:
    return [row for row in assemble("doc", found) if table in ("", row.table)]


def only(found: Reading, table: str) -> Row:
    (row,) = rows_of(found, table)
    return row


def values_of(found: Reading, table: str, *columns: str) -> list[tuple[object, ...]]:
    return [tuple(row.values.get(column) for column in columns) for row in rows_of(found, table)]


def receipt_of(row: Row, column: str) -> Provenance:
    (receipt,) = [each for each in row.provenance if each.column_name == column]
    return receipt


def form(*rows: Rows, **keys: object) -> Reading:
    """A document of one form with its title above."""
    return reading(drawn([row for part in rows for row in part], **{"above": [TITLE, "（2024年度）"], **keys}))  # type: ignore[arg-type]


# One form


def test_filing_has_its_head_and_pages() -> None:
    filing = only(form(FORM), "filings")
    assert filing.row_id == "doc-001"
    expected = {
        "document_id": "doc",
        "kind": "declaration",
        "subject": "project",
        "title": TITLE,
        "year": 2024,
        "project_name": "道路养护",
        "department": "某局",
        "implementing_unit": "某中心",
        "page_first": 1,
        "page_last": 1,
    }
    assert {key: filing.values[key] for key in expected} == expected


def test_details_follow_their_filing_with_ids_of_their_own() -> None:
    assert [(row.table, row.row_id) for row in rows_of(form(FORM))] == [
        ("filings", "doc-001"),
        ("funds", "doc-001-f001"),
        ("funds", "doc-001-f002"),
        ("goals", "doc-001-g001"),
        ("goals", "doc-001-g002"),
        ("indicators", "doc-001-i001"),
        ("indicators", "doc-001-i002"),
    ]
    assert {row.values["filing_id"] for row in rows_of(form(FORM))[1:]} == {"doc-001"}


def test_same_reading_gives_the_same_rows() -> None:
    assert rows_of(form(FORM)) == rows_of(form(FORM))


def test_money_is_in_yuan_and_keeps_its_scope() -> None:
    assert values_of(form(FORM), "funds", "scope", "item", "amount_yuan") == [
        ("total", "项目资金总额", Decimal("30000.00")),
        ("annual", "年度资金申请总额", Decimal("10000.00")),
    ]


def test_money_without_a_unit_is_empty_and_doubted() -> None:
    fund = rows_of(form(HEAD, [["项目资金总额", "3.00", "<", "<"]], GOALS), "funds")[0]
    assert fund.values["amount_yuan"] is None
    assert receipt_of(fund, "amount_yuan").doubts == ("unit_unknown",)
    assert receipt_of(fund, "amount_yuan").raw_text == "3.00"


def test_goals_have_their_scope_and_text() -> None:
    assert values_of(form(FORM), "goals", "scope", "text") == [
        ("total", "三年养护12万平方米。"),
        ("annual", "当年养护4万平方米。"),
    ]


def test_indicators_are_numbered_and_their_names_are_bare() -> None:
    assert values_of(
        form(FORM), "indicators", "position", "scope", "level1", "level1_points", "level2", "level3", "core"
    ) == [
        (1, None, "产出指标", Decimal(50), "数量指标", "养护面积", None),
        (2, None, "产出指标", Decimal(50), "质量指标", "合格率", "★"),
    ]


def test_target_is_printed_and_taken_apart() -> None:
    columns = ("target_raw", "target_operator", "target_value", "target_unit")
    assert values_of(form(FORM), "indicators", *columns) == [
        ("≥4万平方米", ">=", Decimal(4), "万平方米"),
        ("良好", None, None, None),
    ]


def test_target_over_three_columns_is_joined() -> None:
    header = ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位"]
    row = only(form(HEAD, GOALS, [header, ["产出", "数量", "面积", "≥", "4", "公顷"]]), "indicators")
    assert row.values["target_raw"] == "≥4公顷"
    assert (row.values["target_operator"], row.values["target_unit"]) == (">=", "公顷")


def test_target_over_three_columns_has_the_receipts_of_its_cells() -> None:
    header = ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位"]
    row = only(form(HEAD, GOALS, [header, ["产出", "数量", "面积", "≥", "4", "公顷"]]), "indicators")
    assert receipt_of(row, "target_operator").raw_text == "≥"
    assert receipt_of(row, "target_unit").raw_text == "公顷"


def test_result_and_score_of_a_self_evaluation() -> None:
    header = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]
    rows = [header, ["产出", "数量", "面积", "4公顷", "5公顷", "90", "88"], ["总分", "<", "<", "<", "<", "100", "98"]]
    found = form(HEAD, GOALS, rows, above=["项目支出绩效自评表（2023年度）"])
    columns = ("actual_raw", "actual_value", "max_score", "score")
    assert values_of(found, "indicators", *columns) == [("5公顷", Decimal(5), Decimal(90), Decimal(88))]
    assert only(found, "filings").values["total_score"] == Decimal(98)


def test_codes_are_parted_from_names() -> None:
    rows = [["项目名称", "51000021R-道路养护"], ["主管部门", "219-某局"], ["实施单位", "219001-某中心"], *GOALS]
    found = form(rows)
    filing = only(found, "filings").values
    assert (filing["project_name"], filing["project_code"]) == ("道路养护", "51000021R")
    assert (filing["department"], filing["implementing_unit"]) == ("某局", "某中心")
    assert values_of(found, "fields", "label", "value") == [
        ("主管部门代码", "219"),
        ("实施单位代码", "219001"),
    ]


@pytest.mark.parametrize(
    ("printed", "dates", "fields"),
    [
        ("2021年1月至2022年12月", ("2021-01", "2022-12"), []),
        ("2024年1月1日-2024年12月31日", ("2024-01-01", "2024-12-31"), []),
        ("3年", (None, None), [("项目期", "3年")]),
        ("", (None, None), []),
    ],
)
def test_period_is_two_dates_as_exact_as_printed(
    printed: str, dates: tuple[str | None, ...], fields: list[tuple[str, str]]
) -> None:
    found = form(HEAD, [["项目起止时间", printed]], GOALS, INDICATORS)
    filing = only(found, "filings").values
    assert (filing.get("start_date"), filing.get("end_date")) == dates
    assert values_of(found, "fields", "label", "value") == fields


def test_filing_unit_is_the_implementing_unit_where_none_is_named() -> None:
    above = [TITLE, "填报单位：水务站"]
    unnamed = form([HEAD[0]], GOALS, INDICATORS, above=above)
    assert only(unnamed, "filings").values["implementing_unit"] == "水务站"
    named = form(FORM, above=above)
    assert only(named, "filings").values["implementing_unit"] == "某中心"
    assert values_of(named, "fields", "label", "value") == [("填报单位", "水务站")]


def test_other_labels_are_fields_as_printed() -> None:
    found = form(HEAD, [["立项必要性", "路面破损。\n亟需养护。", "<", "<"]], GOALS, INDICATORS)
    assert values_of(found, "fields", "label", "value") == [("立项必要性", "路面破损。亟需养护。")]


def test_persons_are_contacts_with_their_printed_role() -> None:
    found = form(HEAD, [["项目负责人", "某甲", "联系电话", "000-1234567"]], FORM[2:], below=["填报人：某乙"])
    assert values_of(found, "contacts", "role", "name", "phone") == [
        ("项目负责人", "某甲", "000-1234567"),
        ("填报人", "某乙", None),
    ]
    assert rows_of(found, "fields") == []


def test_telephone_belongs_to_the_person_before_it() -> None:
    rows = [["项目负责人", "某甲", "联系电话", "000-1"], ["联系人", "某乙", "电话", "000-2"]]
    assert values_of(form(HEAD, rows, FORM[2:]), "contacts", "name", "phone") == [
        ("某甲", "000-1"),
        ("某乙", "000-2"),
    ]


# Receipts


def test_values_point_to_their_cells() -> None:
    fund = rows_of(form(FORM), "funds")[1]
    assert receipt_of(fund, "amount_yuan") == Provenance("amount_yuan", 1, box_at(3, 2, 1, 2), "1.00")
    filing = only(form(FORM), "filings")
    assert receipt_of(filing, "title").box == box_at(-2, 0)
    assert receipt_of(filing, "year").raw_text == "（2024年度）"


def test_merged_level_points_to_its_one_cell_from_every_row() -> None:
    first, second = rows_of(form(FORM), "indicators")
    assert receipt_of(first, "level1").box == receipt_of(second, "level1").box == box_at(7, 0, 2, 1)
    assert receipt_of(second, "level1").raw_text == "产出指标（50分）"  # as printed


def test_goal_over_a_page_break_points_to_both_pages() -> None:
    goal = ["年度总体目标", "当年养护4万|平方米。", "<", "<"]
    (row,) = rows_of(form(HEAD, [goal], INDICATORS), "goals")
    assert row.values["text"] == "当年养护4万平方米。"
    assert [(receipt.page, receipt.raw_text) for receipt in row.provenance] == [(1, "当年养护4万"), (2, "平方米。")]


def test_year_from_the_documents_first_lines_is_doubted() -> None:
    opening = lines(["某中心2025年单位预算"], 1, -20)
    filing = only(reading(*opening, drawn(FORM, above=[TITLE])), "filings")
    assert filing.values["year"] == 2025
    assert receipt_of(filing, "year").doubts == ("from_document",)


def test_filing_without_any_year_has_none() -> None:
    assert "year" not in only(form(FORM, above=[TITLE]), "filings").values


def test_pages_of_a_filing_run_from_its_title_to_its_last_cell() -> None:
    filing = only(form(FORM, page=3, breaks=[6]), "filings").values
    assert (filing["page_first"], filing["page_last"]) == (3, 4)


# Several forms, several tables


def other_form() -> list[list[str]]:
    return [[{"道路养护": "河道保洁"}.get(text, text) for text in row] for row in FORM]


def test_two_forms_in_one_table_are_two_filings() -> None:
    title = [TITLE, "<", "<", "<"]
    found = reading(drawn([title, *FORM, title, *other_form()], breaks=[10]))
    assert values_of(found, "filings", "project_name", "page_first", "page_last") == [
        ("道路养护", 1, 1),
        ("河道保洁", 2, 2),
    ]
    assert {row.values["filing_id"] for row in rows_of(found, "indicators")} == {"doc-001", "doc-002"}
    assert [row.row_id for row in rows_of(found, "funds")][2] == "doc-002-f001"


def test_rest_of_a_form_in_the_next_table_belongs_to_it() -> None:
    head = drawn([*HEAD, *MONEY, *GOALS], above=[TITLE])
    rest = drawn(INDICATORS, above=["绩效指标"], page=2)
    found = reading(head, rest, page_count=2)
    filing = only(found, "filings").values
    assert (filing["page_first"], filing["page_last"]) == (1, 2)
    assert len(rows_of(found, "indicators")) == 2
    assert rows_of(found, "other_tables") == []


@pytest.mark.parametrize("between", ["附件说明如下。", "表二"])
def test_indicators_behind_other_text_are_another_table(between: str) -> None:
    head = drawn([*HEAD, *MONEY, *GOALS], above=[TITLE])
    found = reading(head, drawn(INDICATORS, above=[between], page=2), page_count=2)
    assert rows_of(found, "indicators") == []
    assert len(rows_of(found, "other_tables")) == 1


def test_sheets_of_one_form_are_one_filing_with_their_common_title() -> None:
    first = drawn([*HEAD, *MONEY], above=["绩效目标申报表（项目总体情况）"])
    second = drawn([HEAD[0], *GOALS, *INDICATORS], above=["绩效目标申报表（绩效目标）"], page=2)
    third = drawn(
        [HEAD[0], ["制度保障", "文件名称", "保障措施", "<"], ["管理制度", "某办法", "检查", "<"]],
        above=["绩效目标申报表（制度保障）"],
        page=3,
    )
    found = reading(first, second, third, page_count=3)
    filing = only(found, "filings").values
    assert (filing["title"], filing["page_first"]) == ("绩效目标申报表", 1)
    assert len(rows_of(found, "funds")) == 2
    assert len(rows_of(found, "indicators")) == 2
    assert len(rows_of(found, "other_tables")) == 1  # the sheet that holds neither stays whole


def test_blank_form_is_another_table() -> None:
    rows = [["项目名称", "", "<", "<"], ["主管部门", "", "实施单位", ""], *INDICATORS[:1], ["", "", "", ""]]
    found = reading(drawn(rows, above=[TITLE]))
    assert rows_of(found, "filings") == []
    assert len(rows_of(found, "other_tables")) == 1


def test_filings_and_the_tables_that_are_none_are_parted() -> None:
    other = drawn([["科目", "预算"], ["教育", "1.00"]], above=["收入预算表"])
    filings, others = gather(reading(other, drawn(FORM, above=[TITLE])))
    assert len(filings) == 1
    assert others == [other]


# Other tables


def test_other_table_keeps_all_its_cells() -> None:
    found = reading(drawn([["科目", "预算", "<"], ["教育", "1.00", ""]], above=["收入预算表", "单位：万元"], page=5))
    table = only(found, "other_tables")
    assert table.row_id == "doc-t001"
    assert dict(table.values) == {
        "document_id": "doc",
        "title": "收入预算表",
        "unit": "万元",
        "page_first": 5,
        "page_last": 5,
        "row_count": 2,
        "column_count": 3,
    }
    columns = ("row", "column", "row_span", "column_span", "text", "page")
    assert values_of(found, "other_table_cells", *columns) == [
        (0, 0, 1, 1, "科目", 5),
        (0, 1, 1, 2, "预算", 5),
        (1, 0, 1, 1, "教育", 5),
        (1, 1, 1, 1, "1.00", 5),
        (1, 2, 1, 1, None, 5),
    ]


def test_caption_with_a_value_is_no_title_of_another_table() -> None:
    found = reading(drawn([["科目", "预算"], ["教育", "1"]], above=["收入预算表", "编制单位：某中心"]))
    assert only(found, "other_tables").values["title"] == "收入预算表"


def test_prose_is_no_title_of_another_table() -> None:
    found = reading(drawn([["科目", "预算"], ["教育", "1"]], above=["预算安排情况如下：", "一段话。"]))
    assert only(found, "other_tables").values["title"] is None


def test_text_table_is_the_table_without_its_geometry() -> None:
    table = text_table(drawn([["a", "<"], ["b|c", "d"]], above=["上"], below=["下"], breaks=[1]))
    assert [cell.text for cell in table.cells] == ["a", "b\nc", "d"]
    assert (table.above, table.below, table.column_count) == (("上",), ("下",), 2)
    assert table.page_rows == {1}
