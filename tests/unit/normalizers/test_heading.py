import pytest
from text_grids import sketch, words

from normalizers.form import Place, Slot
from normalizers.heading import (
    caption_slots,
    names_part,
    read_heading,
    split_sheet,
    subject_of,
    title_kind,
)
from normalizers.text_table import TextTable
from normalizers.vocabulary import base_vocabulary

WORDS = base_vocabulary()
BODY = [["项目名称", "道路养护", "主管部门", "某局"], ["一级指标", "二级指标", "三级指标", "指标值"]]


def heading_of(table: TextTable):  # type: ignore[no-untyped-def]
    return read_heading(table, WORDS)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("财政项目支出绩效目标申报表", "declaration"),
        ("项目支出绩效目标表", "declaration"),
        ("2024年度项目绩效目标填报表（一级项目）", "declaration"),
        ("项 目 支 出 绩 效 目 标 申 报 表", "declaration"),
        ("财政项目支出绩效自评表", "self_evaluation"),
        ("项目支出绩效目标自评表（2022年度）", "self_evaluation"),
        ("部门整体支出绩效自评价表", "self_evaluation"),
    ],
)
def test_title_names_its_kind(title: str, kind: str) -> None:
    assert title_kind(title) == kind


@pytest.mark.parametrize(
    "line",
    [
        "见附件项目支出绩效目标申报表",
        "详见绩效目标申报表",
        "各单位应当填报绩效目标申报表。",
        "经审核，现公开项目支出绩效自评表",
        "项目支出绩效监控表",
        "部门整体支出绩效评价指标体系",
        "绩效目标申报表填报说明",
        "单位预算绩效目标批复汇总表",
        "项目名称",
        "附件：",
        "东" * 60 + "绩效目标表",
    ],
)
def test_prose_and_other_tables_are_no_title(line: str) -> None:
    assert title_kind(line) is None


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("项目支出绩效目标表", "project"),
        ("部门整体支出绩效目标申报表", "department"),
        ("部门（单位）整体支出绩效自评表", "department"),
        ("市对下转移支付绩效目标自评表", "transfer"),
        ("专项资金绩效自评表", "transfer"),
    ],
)
def test_title_names_its_subject(title: str, subject: str) -> None:
    assert subject_of(title) == subject


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("绩效目标申报表（制度保障）", ("绩效目标申报表", "制度保障")),
        ("绩效目标申报表(项目总体情况)", ("绩效目标申报表", "项目总体情况")),
        ("绩效目标申报表（2024年度）", ("绩效目标申报表（2024年度）", "")),
        ("绩效目标申报表", ("绩效目标申报表", "")),
    ],
)
def test_sheet_is_named_in_brackets(title: str, parts: tuple[str, str]) -> None:
    assert split_sheet(title) == parts


def test_title_and_year_above_the_table() -> None:
    found = heading_of(sketch(BODY, above=["正文。", "项目支出绩效目标表", "（2024年度）"]))
    assert found.title == Slot("line", "项目支出绩效目标表", line=1)
    assert found.year == Slot("line", "（2024年度）", line=2)
    assert (found.kind, found.rows) == ("declaration", 0)


def test_title_and_year_inside_the_table() -> None:
    rows = [["项目支出绩效自评表", "<", "<", "<"], ["（2023年度）", "<", "<", "<"], *BODY]
    found = heading_of(sketch(rows, above=["绩效目标申报表"]))
    assert found.title == Slot("line", "项目支出绩效自评表", Place(0, 0))
    assert found.year == Slot("line", "（2023年度）", Place(1, 0))
    assert (found.kind, found.rows) == ("self_evaluation", 2)


def test_title_and_year_on_two_lines_of_one_cell() -> None:
    found = heading_of(sketch([["项目支出绩效自评表\n（2023年度）", "<", "<", "<"], *BODY]))
    assert found.title is not None and found.title.text == "项目支出绩效自评表（2023年度）"
    assert found.year is not None and "2023" in found.year.text


def test_year_in_the_title_comes_first() -> None:
    found = heading_of(sketch(BODY, above=["2024年项目支出绩效目标表", "填报日期：2023年12月1日"]))
    assert found.year == found.title


def test_nearest_title_above_the_table_is_its_own() -> None:
    found = heading_of(sketch(BODY, above=["项目支出绩效自评表", "绩效目标申报表", "单位：万元"]))
    assert found.title is not None and found.title.text == "绩效目标申报表"


def test_title_far_above_is_not_its_own() -> None:
    assert heading_of(sketch(BODY, above=["绩效目标申报表", *["正文。"] * 10])).title is None


def test_table_without_a_title_has_none() -> None:
    found = heading_of(sketch(BODY, above=["第三部分 预算情况说明"]))
    assert (found.title, found.kind, found.office) == (None, None, None)


def test_unit_of_money_stands_over_the_form() -> None:
    found = heading_of(sketch(BODY, above=["绩效目标申报表", "2024年度   单位：万元"]))
    assert found.unit is not None and found.unit.name == "万元"


def test_captions_over_the_form_carry_values() -> None:
    found = heading_of(sketch(BODY, above=["绩效目标申报表", "填报单位：水务局  填报人：某甲 联系电话：000-1"]))
    assert words(found.captions) == [
        ("head:filing_unit", "水务局"),
        ("contacts:contact", "某甲"),
        ("contacts:phone", "000-1"),
    ]
    assert [slot.label for slot in found.captions] == ["填报单位", "填报人", "联系电话"]
    assert [slot.line for slot in found.captions] == [1, 1, 1]


@pytest.mark.parametrize("line", ["填报单位（盖章）水务局", "填报单位（盖章）：水务局", "填报单位(公章) 水务局"])
def test_seal_parts_label_and_value(line: str) -> None:
    found = heading_of(sketch(BODY, above=["绩效目标申报表", line]))
    assert words(found.captions) == [("head:filing_unit", "水务局")]


def test_bare_name_over_the_form_is_the_office() -> None:
    found = heading_of(sketch(BODY, above=["绩效目标申报表", "云麓县文化馆"]))
    assert found.office is not None and found.office.text == "云麓县文化馆"


@pytest.mark.parametrize("line", ["2024年度", "单位：元", "基本信息", "一段话。", "X"])
def test_other_lines_are_no_office(line: str) -> None:
    assert heading_of(sketch(BODY, above=["绩效目标申报表", line])).office is None


def test_captions_below_a_form() -> None:
    slots = [Slot("line", "填报人：某甲    单位负责人：某乙"), Slot("line", "注：金额以元计")]
    assert words(caption_slots(slots, WORDS)) == [("contacts:contact", "某甲"), ("contacts:signature", "某乙")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [("二、绩效指标", True), ("（单位：万元）", True), ("绩效目标", True), ("第二章 说明", False), ("正文。", False)],
)
def test_line_between_parts_of_a_form(line: str, expected: bool) -> None:
    assert names_part(line) is expected
