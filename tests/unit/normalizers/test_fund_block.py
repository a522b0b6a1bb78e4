import pytest
from text_grids import Rows, money, sketch

from normalizers.form import Place
from normalizers.fund_block import Funds, read_funds
from normalizers.money import Unit, find_unit
from normalizers.vocabulary import base_vocabulary

WORDS = base_vocabulary()
TEN_THOUSAND = find_unit("（万元）")


def read(rows: Rows, caption: Unit | None = None) -> Funds:
    return read_funds(sketch(rows), WORDS, caption, set())


def units(funds: Funds) -> list[str | None]:
    return [slot.unit.name if slot.unit else None for line in funds.lines for slot in line.figures.values()]


MATRIX = [
    ["项目资金", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
    ["^", "年度资金总额", "100.00", "90.00", "81.00", "10", "90%", "9"],
    ["^", "其中：财政拨款", "80.00", "70.00", "61.00", "—", "87%", "—"],
    ["^", "其他资金", "20.00", "20.00", "20.00", "—", "", "—"],
]


def test_matrix_of_a_self_evaluation() -> None:
    assert money(read(MATRIX).lines) == [
        (
            "annual",
            "年度资金总额",
            {
                "initial_budget": "100.00",
                "annual_budget": "90.00",
                "executed": "81.00",
                "max_score": "10",
                "execution_rate": "90%",
                "score": "9",
            },
        ),
        (
            "annual",
            "其中：财政拨款",
            {
                "initial_budget": "80.00",
                "annual_budget": "70.00",
                "executed": "61.00",
                "max_score": "—",
                "execution_rate": "87%",
                "score": "—",
            },
        ),
        (
            "annual",
            "其他资金",
            {
                "initial_budget": "20.00",
                "annual_budget": "20.00",
                "executed": "20.00",
                "max_score": "—",
                "execution_rate": "",
                "score": "—",
            },
        ),
    ]


def test_matrix_ends_where_something_else_begins() -> None:
    rows = [*MATRIX, ["年度总体目标", "<", "预期目标", "<", "<", "实际完成情况", "<", "<"]]
    assert len(read(rows).lines) == 3


def test_figures_know_their_cells_and_headings() -> None:
    figure = read(MATRIX).lines[1].figures["executed"]
    assert (figure.place, figure.label) == (Place(2, 4), "全年执行数")


PAIRS = [
    ["项目资金\n（元）", "项目资金总额", "300.00", "年度资金申请总额", "100.00"],
    ["^", "其中：财政资金", "250.00", "其中：当年财政拨款", "80.00"],
    ["^", "其他资金", "50.00", "上年结转资金", "20.00"],
]


def test_total_and_annual_money_never_share_a_scope() -> None:
    assert money(read(PAIRS).lines) == [
        ("total", "项目资金总额", {"amount": "300.00"}),
        ("annual", "年度资金申请总额", {"amount": "100.00"}),
        ("total", "其中：财政资金", {"amount": "250.00"}),
        ("annual", "其中：当年财政拨款", {"amount": "80.00"}),
        ("total", "其他资金", {"amount": "50.00"}),
        ("annual", "上年结转资金", {"amount": "20.00"}),
    ]


def test_blank_amount_beside_its_label_is_a_line() -> None:
    rows = [*PAIRS[:2], ["^", "其他资金", "", "上年结转资金", "—"]]
    assert money(read(rows).lines)[-2:] == [
        ("total", "其他资金", {"amount": ""}),
        ("annual", "上年结转资金", {"amount": "—"}),
    ]


def test_money_list_in_one_cell() -> None:
    rows = [["项目资金（万元）", "资金总额：500.00\n财政拨款：450.00\n其他资金：50.00"]]
    funds = read(rows)
    assert money(funds.lines) == [
        ("annual", "资金总额", {"amount": "500.00"}),
        ("annual", "财政拨款", {"amount": "450.00"}),
        ("annual", "其他资金", {"amount": "50.00"}),
    ]
    assert set(units(funds)) == {"万元"}


def test_amount_below_its_label() -> None:
    rows = [["项目总金额", "本年度预算金额"], ["12.50", "6.25"]]
    assert money(read(rows).lines) == [
        ("total", "项目总金额", {"amount": "12.50"}),
        ("annual", "本年度预算金额", {"amount": "6.25"}),
    ]


@pytest.mark.parametrize(
    ("side", "heading", "label", "caption", "expected"),
    [
        ("项目资金（元）", "全年执行数", "年度资金总额", "万元", "元"),  # beside
        ("项目资金", "全年执行数（元）", "年度资金总额", "万元", "元"),  # over the column
        ("项目资金（万元）", "全年执行数", "年度资金总额（元）", "万元", "元"),  # with the item itself
        ("项目资金", "全年执行数", "年度资金总额", "万元", "万元"),  # over the form, or of the family
        ("项目资金", "全年执行数", "年度资金总额", "", None),  # nobody says: nobody assumes one
    ],
    ids=["side label", "heading", "item", "caption", "nobody"],
)
def test_unit_is_the_nearest_one_printed(
    side: str, heading: str, label: str, caption: str, expected: str | None
) -> None:
    rows = [[side, "", "年初预算数（元）" if "元" in heading else "年初预算数", heading], ["^", label, "1.00", "2.00"]]
    funds = read(rows, find_unit(f"（{caption}）") if caption else None)
    assert units(funds) == [expected, expected]


def test_unit_in_the_row_above_the_columns() -> None:
    rows = [
        ["项目资金", "", "年度预算（万元）", "<"],
        ["^", "", "年初预算数", "全年执行数"],
        ["^", "年度资金总额", "1.00", "2.00"],
    ]
    assert units(read(rows)) == ["万元", "万元"]


def test_unit_of_pairs_comes_from_label_block_or_caption() -> None:
    assert set(units(read(PAIRS, TEN_THOUSAND))) == {"元"}
    plain = [["项目资金总额", "300.00"], ["年度资金总额（元）", "100.00"]]
    assert units(read(plain, TEN_THOUSAND)) == ["万元", "元"]
    assert units(read(plain)) == [None, "元"]


@pytest.mark.parametrize(
    "rows",
    [
        [["项目名称", "资金管理平台"], ["主管部门", "财政局"]],
        [["财政资金", "应当专款专用，不得挪用。"]],
        [["项目预算成本构成", "项目", "金额", "执行数"], ["^", "人工", "3.00", "2.50"]],  # a cost table is no fund
        [["项目资金", "占比", "近两年收支金额"], ["^", "60%", "7.00"]],  # headings of shares and earlier years
        [["其他", "12.00"]],  # outside a block the word alone is no item
    ],
)
def test_labels_without_amounts_are_no_money(rows: Rows) -> None:
    assert money(read(rows).lines) == []


def test_cells_of_the_indicator_table_are_left_alone() -> None:
    table = sketch([["项目资金总额", "300.00"]])
    assert read_funds(table, WORDS, None, {Place(0, 0)}).lines == []


def test_cells_that_were_read_are_accounted_for() -> None:
    assert read([["项目资金总额", "300.00"]]).used == {Place(0, 0), Place(0, 1)}
