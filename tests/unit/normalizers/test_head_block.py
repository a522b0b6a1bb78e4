import pytest
from text_grids import Rows, sketch, words

from normalizers.form import Place
from normalizers.head_block import Head, read_head
from normalizers.vocabulary import base_vocabulary

WORDS = base_vocabulary()


def read(rows: Rows) -> Head:
    return read_head(sketch(rows), WORDS, set())


def test_values_stand_beside_their_labels() -> None:
    found = read(
        [
            ["项目名称", "道路养护", "<", "<"],
            ["主管部门", "某局", "实施单位", "某中心"],
            ["开始日期", "2024-01-01", "完成日期", "2024-12-31"],
        ]
    )
    assert words(found.head) == [
        ("project_name", "道路养护"),
        ("department", "某局"),
        ("implementing_unit", "某中心"),
        ("start_date", "2024-01-01"),
        ("end_date", "2024-12-31"),
    ]
    assert found.head[1].place == Place(1, 1)
    assert found.head[1].label == "主管部门"


def test_label_over_two_lines_is_one_label() -> None:
    assert words(read([["项目\n名称", "道路\n养护"]]).head) == [("project_name", "道路\n养护")]


def test_blank_value_is_kept_as_blank() -> None:
    assert words(read([["项目名称", "甲", "项目性质", ""]]).head)[1] == ("project_nature", "")


def test_label_beside_a_label_has_no_value() -> None:
    found = read([["项目名称", "主管部门", "某局"]])
    assert words(found.head) == [("department", "某局")]


def test_label_and_value_in_one_cell() -> None:
    found = read([["项目名称：道路养护"], ["填报人：某甲"]])
    assert words(found.head) == [("project_name", "道路养护")]
    assert words(found.contacts) == [("contact", "某甲")]


@pytest.mark.parametrize(
    "row", [["填报人：某甲", "电话：000-0000"], ["填报人：某甲", "电话：000-0000", "填报日期：3月"]]
)
def test_cells_with_label_and_value_beside_each_other_are_contacts_and_no_fields(row: list[str]) -> None:
    found = read([row])
    assert [slot.label for slot in found.fields] in ([], ["填报日期"])
    assert words(found.contacts) == [("contact", "某甲"), ("phone", "000-0000")]


def test_persons_are_contacts_and_never_fields() -> None:
    found = read([["项目负责人", "某甲", "联系电话", "0000-123456"], ["财务负责人", "某乙", "<", "<"]])
    assert words(found.contacts) == [("leader", "某甲"), ("phone", "0000-123456"), ("signature", "某乙")]
    assert found.fields == []


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        ("某甲 0000-1234567", [("leader", "某甲"), ("phone", "0000-1234567")]),
        ("某甲\n00012345678", [("leader", "某甲"), ("phone", "00012345678")]),
        ("某甲", [("leader", "某甲")]),
    ],
)
def test_name_and_telephone_of_one_cell_are_parted(value: str, parts: list[tuple[str, str]]) -> None:
    assert words(read([["项目负责人及电话", value]]).contacts) == parts


def test_known_prose_is_a_field_under_its_printed_label() -> None:
    found = read([["立项必要性", "路面破损严重，亟需养护。"], ["资金用途：", "养护"]])
    assert [(slot.label, slot.text) for slot in found.fields] == [
        ("立项必要性", "路面破损严重，亟需养护。"),
        ("资金用途", "养护"),
    ]


def test_unknown_label_is_a_field_too() -> None:
    found = read([["报表编号", "zp01", "行政区划", "某县"]])
    assert [(slot.label, slot.text) for slot in found.fields] == [("报表编号", "zp01"), ("行政区划", "某县")]
    assert [(slot.label, slot.text) for slot in read([["报表编号", "zp01"]]).fields] == [("报表编号", "zp01")]


@pytest.mark.parametrize(
    "rows",
    [
        [["甲", "乙", "丙"]],  # labels and values do not take turns
        [["这是一个很长的文字，不会是标签，因为标签总是很短的文字", "值"]],
        [["标题", "<"]],
    ],
)
def test_texts_that_are_no_pairs_are_left_out(rows: Rows) -> None:
    found = read(rows)
    assert (found.head, found.contacts, found.fields) == ([], [], [])


def test_cells_of_other_blocks_are_left_alone() -> None:
    found = read_head(sketch([["项目名称", "甲"]]), WORDS, {Place(0, 1)})
    assert found.head == []


def test_merged_label_beside_rows_of_its_own_has_no_single_value() -> None:
    schedule = [["项目实施进度计划", "项目实施内容", "开始时间", "完成时间"], ["^", "招标", "1月", "3月"]]
    assert read(schedule).fields == []
    parts = [["项目立项情况", "立项依据", "某文件"], ["^", "申报的可行性", "已有人员"]]
    assert [(slot.label, slot.text) for slot in read(parts).fields] == [
        ("立项依据", "某文件"),
        ("申报的可行性", "已有人员"),
    ]


def test_rows_beside_a_merged_label_of_money_are_no_labelled_values() -> None:
    rows = [["人工", "3.00"], ["材料", "1.00"]]
    assert len(read(rows).fields) == 2
    assert read([["项目预算成本构成", *rows[0]], ["^", *rows[1]]]).fields == []


def test_label_of_a_value_is_told() -> None:
    assert read([["经办科室", "某科"]]).labels == {Place(0, 0)}
