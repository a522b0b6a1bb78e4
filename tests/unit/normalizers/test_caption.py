"""What a line over a table says of it."""

import pytest

from normalizers.caption import read_caption


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("2024年部门收入决算表", "2024年部门收入决算表"),
        ("部门公开表1 收支预算总表 单位：万元", "收支预算总表"),
        ("公开01表 2023年度 支出决算表 金额单位：人民币元", "支出决算表"),
        ("收 支 预 算 总 表 单 位：万元", "收 支 预 算 总 表"),
        ("“三公”经费、会议费、培训费支出情况表（单位：元）", "“三公”经费、会议费、培训费支出情况表"),
        ("编制部门：水务局 国有资产占用情况 2024年度", "国有资产占用情况"),
        ("三、车辆购置安排", "三、车辆购置安排"),
    ],
)
def test_title_is_what_is_neither_unit_nor_date_nor_code(line: str, title: str) -> None:
    found = read_caption(line)
    assert (found.title, found.is_numbered, found.is_prose) == (title, False, False)


@pytest.mark.parametrize(
    "line", ["表2：项目收入明细", "表 2 项目收入明细", "附表1-2. 资金来源", "基础表3：支出构成", "表一、收支总表"]
)
def test_number_is_part_of_the_caption(line: str) -> None:
    found = read_caption(line)
    assert (found.title, found.is_numbered, found.is_named) == (line, True, True)


@pytest.mark.parametrize(
    "line",
    [
        "单位：万元", "（单位：元）", "金额单位：人民币万元", "编制部门：水务局 单位：万元", "2024年度",
        "2024年6月30日",
        "公开01表", "会企02表", "附表3", "附件", "附件1", "续表", "（续）", "接上表", "（万元）", "(含二级单位)",
    ],
)  # fmt: skip
def test_line_without_title_is_no_caption(line: str) -> None:
    found = read_caption(line)
    assert (found.title, found.is_prose) == ("", False)


@pytest.mark.parametrize(
    "line",
    [
        "预算安排情况如下：", "本年收入增加。", "比上年增加12%，主要用于养护", "一、收入预算总表 …………………… 3",
        "二、支出预算总表........................4", "总收入12.00万元；总支出12.00万元",
    ],
)  # fmt: skip
def test_running_text_and_contents_are_prose(line: str) -> None:
    found = read_caption(line)
    assert (found.title, found.is_prose) == ("", True)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("收入预算表（含所属单位）", True),
        ("采购项目一览", True),
        ("支出明细（二）", True),
        ("报表说明", False),
        ("二、人员情况", False),
    ],
)
def test_table_says_that_it_is_one(line: str, expected: bool) -> None:
    assert read_caption(line).is_named is expected
