import pytest

from extractors.furniture import caption_key, drop_furniture
from extractors.geometry import BBox
from extractors.page import Page
from extractors.table import TextLine

HEIGHT = 842.0


def page(number: int) -> Page:
    return Page(number, 595, HEIGHT, (), (), ())


def line(text: str, page: int = 1, top: float = 810, size: float = 10) -> TextLine:
    return TextLine(text, page, BBox(280, top, 280 + 10 * len(text), top + size), size)


def kept(*pages: list[TextLine]) -> list[list[str]]:
    """The texts that stay, page by page, top down; a line of text stands in the middle of each page."""
    lines = [
        sorted([line("正文", number, 400), *each], key=lambda item: item.box.top)
        for number, each in enumerate(pages, 1)
    ]
    found, _ = drop_furniture([page(number) for number in range(1, len(pages) + 1)], lines, body=10)
    return [[each.text for each in of_page if each.text != "正文"] for of_page in found]


@pytest.mark.parametrize(
    "number",
    [
        "1", "- 12 -", "—3—", "第 5 页", "第5页 共12页", "第5页，共 12 页", "3/12", "iv", "·6·", "１２",
        "－ 4 －",
    ],
)  # fmt: skip
def test_page_number_is_dropped(number: str) -> None:
    assert kept([line(number)]) == [[]]


@pytest.mark.parametrize(
    "text",
    [
        "1.2 万元", "2024年度", "总分", "第一部分",
        "123456",
    ],
)  # fmt: skip
def test_other_line_at_the_foot_is_kept(text: str) -> None:
    assert kept([line(text)]) == [[text]]


def test_number_in_the_middle_of_the_page_is_kept() -> None:
    assert kept([line("12", top=500)]) == [["12"]]


def test_running_header_is_dropped() -> None:
    assert kept(*[[line("某单位2024年度预算", n, 30)] for n in (1, 2, 3)]) == [[], [], []]


def test_running_header_with_the_pages_number_is_dropped() -> None:
    assert kept(*[[line(f"预算公开 第{n}页", n, 30)] for n in (8, 9, 10)]) == [[], [], []]


def test_line_on_two_pages_is_no_running_header() -> None:
    assert kept([line("附件", 1, 30)], [line("附件", 2, 30)], []) == [["附件"], ["附件"], []]


def test_titles_of_form_after_form_are_kept() -> None:
    title = "项目支出绩效目标申报表"
    assert kept(*[[line(title, n, 60, size=16)] for n in range(1, 6)]) == [[title]] * 5


def test_lines_at_changing_heights_are_no_running_header() -> None:
    assert kept(*[[line("单位：元", n, 30 + 12 * n)] for n in (1, 2, 3)]) == [["单位：元"]] * 3


def test_page_number_of_a_page_shown_turned_stands_at_its_side() -> None:
    turned = Page(1, HEIGHT, 595, (), (), (), turns=1)  # upright it is wide; shown it is high
    foot = TextLine("7", 1, BBox(10, 400, 20, 410), 10)
    table_line = TextLine("7", 1, BBox(300, 20, 310, 30), 10)
    assert drop_furniture([turned], [[table_line, foot]], body=10)[0] == [[table_line]]


def test_nothing_is_nothing() -> None:
    assert drop_furniture([page(1)], [[]], body=0) == ([[]], [[]])


def test_repeated_line_behind_the_pages_own_text_is_kept() -> None:
    pages = [[line(f"第{'一二三'[n - 1]}部分", n, 40), line("单位：万元", n, 60)] for n in (1, 2, 3)]
    assert kept(*pages) == [[f"第{numeral}部分", "单位：万元"] for numeral in "一二三"]


def test_running_lines_are_told_without_page_numbers() -> None:
    lines = [[line("单位：万元", n, 40), line("正文", n, 400), line(f"- {n} -", n)] for n in (1, 2, 3)]
    _, running = drop_furniture([page(n) for n in (1, 2, 3)], lines, body=10)
    assert [[each.text for each in of_page] for of_page in running] == [["单位：万元"]] * 3


@pytest.mark.parametrize(
    "text",
    [
        "收入 预算表（续）",
        "收入预算表(续表)",
        "收入预算表（续2）",
        "续表 收入预算表",
        "收入预算表续表",
        "收入预算表 [接上页]",
    ],
)
def test_caption_of_a_table_that_goes_on_has_the_tables_key(text: str) -> None:
    assert caption_key(line(text)) == caption_key(line("收入预算表"))


@pytest.mark.parametrize("text", ["收入预算表（一）", "收入预算表（含连续项目）", "支出预算表", "收入预算表2"])
def test_caption_of_another_table_has_another_key(text: str) -> None:
    assert caption_key(line(text)) != caption_key(line("收入预算表"))
