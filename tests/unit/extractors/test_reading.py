"""Whole files: tables in reading order with the lines around them, joined over page breaks."""

from collections.abc import Callable
from pathlib import Path

import pytest
from encrypted_pdf import USER_PASSWORD, unpack
from hypothesis import given
from hypothesis import strategies as st
from sketches import HEIGHT, Rows, Sketch, shown, spans
from tiny_pdf import Sheet, text, write_pdf

from extractors.errors import EncryptedPdf
from extractors.page import Char, Page, Ruling
from extractors.pdf import Pdf
from extractors.reading import Reading, read_page, read_pdf
from extractors.table import Table, TextLine

A4 = "/MediaBox [0 0 595 842]"
X = (50, 170, 290, 410)
ROWS = [
    ["项目名称", "道路养护", "<"],
    ["一级指标", "二级指标", "指标值"],
    ["产出指标", "数量指标", "12"],
    ["^", "质量指标", ""],
]

ReadPdf = Callable[..., Reading]


@pytest.fixture
def read(tmp_path: Path) -> ReadPdf:
    """Reads a PDF of pages with the given content."""

    def read_file(*contents: str, tail: bytes = b"%%EOF\n") -> Reading:
        path = tmp_path / "tiny.pdf"
        path.write_bytes(write_pdf([Sheet(content, A4) for content in contents], tail))
        return read_pdf(path)

    return read_file


def printed(string: str, top: float, x: float = 60, size: float = 10) -> str:
    """A line of text whose upper edge stands `top` points below the page's."""
    return text(string, x, HEIGHT - top - 0.88 * size, size)


def drawn(rows: Rows, top: float, row_height: float = 24, style: str = "strokes") -> str:
    """A table in one of the styles of lines."""
    y = [HEIGHT - top - row_height * i for i in range(len(rows) + 1)]
    content = "0.5 w\n"
    for r, c, row_span, column_span, string in spans(rows):
        left, right, upper, lower = X[c], X[c + column_span], y[r], y[r + row_span]
        content += _sides(left, right, upper, lower, style, r + row_span == len(rows), c + column_span == 3)
        for number, line in enumerate(string.split("\n") if string else ()):
            content += text(line, left + 6, upper - 16 - 12 * number)
    if style == "long rules":
        content += "".join(f"{X[0]} {edge} m {X[-1]} {edge} l S\n" for edge in y)
    return content


def _sides(left: float, right: float, upper: float, lower: float, style: str, is_last_row: bool, is_last: bool) -> str:
    sides = [(left, upper, right, upper), (left, lower, right, lower)]
    upright = [(left, lower, left, upper), (right, lower, right, upper)]
    if style == "open at the sides":
        upright = [side for side in upright if side[0] not in (X[0], X[-1])]
    if style == "rectangles":
        return f"{left} {lower} {right - left} {upper - lower} re S\n"
    if style == "filled":
        flat = [f"{a} {b - 0.2} {c - a} 0.4 re f\n" for a, b, c, _ in sides]
        return "".join(flat + [f"{a - 0.2} {b} 0.4 {d - b} re f\n" for a, b, _, d in upright])
    if style == "dashes":
        flat = [f"{a} {b} m {min(a + 3, c)} {b} l S\n" for x, b, c, _ in sides for a in range(int(x), int(c), 5)]
        return "".join(
            flat + [f"{a} {b} m {a} {min(b + 3, d)} l S\n" for a, y, _, d in upright for b in range(int(y), int(d), 5)]
        )
    if style in ("long rules", "none"):
        return ""
    if style == "horizontal rules":
        upright = []
    return "".join(f"{a} {b} m {c} {d} l S\n" for a, b, c, d in sides + upright)


def texts(reading: Reading) -> list[str]:
    """Lines as they are, tables as their first text in brackets."""
    return [block.text if isinstance(block, TextLine) else f"[{block.cells[0].text}]" for block in reading.blocks]


def tables(reading: Reading) -> list[list[list[str]]]:
    return [shown(table) for table in reading.tables]


# One table


@pytest.mark.parametrize(
    "style", ["strokes", "filled", "rectangles", "dashes", "open at the sides", "horizontal rules"]
)
def test_table_is_read_whatever_its_lines(read: ReadPdf, style: str) -> None:
    assert tables(read(drawn(ROWS, 100, style=style))) == [ROWS]


@pytest.mark.parametrize("style", ["long rules", "none"])
def test_table_is_read_from_its_text_where_no_line_parts_the_columns(read: ReadPdf, style: str) -> None:
    rows = [["一级指标", "二级指标", "指标值"], *([f"产出{i}", f"数量{i}", f"{i}2个"] for i in range(9))]
    assert tables(read(drawn(rows, 100, style=style))) == [rows]


def test_lines_around_a_table_are_known_to_it(read: ReadPdf) -> None:
    content = printed("绩效目标申报表", 60) + printed("单位：元", 80) + drawn(ROWS, 100) + printed("填报人：", 210)
    reading = read(content + printed("第二段", 300))
    assert texts(reading) == ["绩效目标申报表", "单位：元", "[项目名称]", "填报人：", "第二段"]
    (table,) = reading.tables
    assert [line.text for line in table.above] == ["绩效目标申报表", "单位：元"]
    assert [line.text for line in table.below] == ["填报人：", "第二段"]


def test_two_tables_of_a_page_share_the_lines_between_them(read: ReadPdf) -> None:
    content = drawn(ROWS, 100) + printed("第二张表", 230) + drawn(ROWS, 260)
    first, second = read(content).tables
    assert [line.text for line in first.below] == [line.text for line in second.above] == ["第二张表"]


def test_underlined_text_is_a_line_of_text(read: ReadPdf) -> None:
    reading = read(printed("填报单位：某中心", 100) + f"110 {HEIGHT - 112} m 140 {HEIGHT - 112} l S")
    assert texts(reading) == ["填报单位：某中心"]


def test_empty_frame_is_nothing(read: ReadPdf) -> None:
    assert tables(read(drawn([["", ""], ["", ""]], 100) + printed("正文", 300))) == []


# Page breaks

TOP, BOTTOM = 60, 700


def test_table_that_goes_on_is_one_table(read: ReadPdf) -> None:
    rest = [["效益指标", "社会效益", "高"], ["^", "经济效益", "3"]]
    (table,) = read(drawn(ROWS, BOTTOM), drawn(rest, TOP)).tables
    assert shown(table) == [*ROWS, *rest]
    assert table.row_pages == (1, 1, 1, 1, 2, 2)


def test_merged_cell_cut_by_the_break_is_one(read: ReadPdf) -> None:
    (table,) = read(drawn(ROWS, BOTTOM), drawn([["", "时效指标", "3"], ["^", "成本指标", ""]], TOP)).tables
    assert shown(table) == [*ROWS, ["^", "时效指标", "3"], ["^", "成本指标", ""]]


def test_paragraph_cut_by_the_break_is_one(read: ReadPdf) -> None:
    goal = ["年度目标", "完成道路养护面积十二万平方米，进一步\n提升道路平整度水平，使市民群众的出行", "<"]
    first = drawn([ROWS[0], goal], BOTTOM, row_height=40)
    (table,) = read(first, drawn([["", "更加安全便捷。", "<"], ["总分", "95", "<"]], TOP)).tables
    assert table.row_count == 3
    assert table.cells[3].text == goal[1] + "\n更加安全便捷。"
    assert [part.page for part in table.cells[3].parts] == [1, 2]


def test_repeated_header_is_left_out(read: ReadPdf) -> None:
    (table,) = read(drawn(ROWS, BOTTOM), drawn([ROWS[1], ["效益指标", "社会效益", "高"]], TOP)).tables
    assert shown(table) == [*ROWS, ["效益指标", "社会效益", "高"]]


def test_page_number_between_two_halves_parts_nothing(read: ReadPdf) -> None:
    first = drawn(ROWS, BOTTOM) + printed("- 1 -", 815, 280)
    assert len(read(first, drawn([["效益指标", "社会效益", "高"]], TOP)).tables) == 1


def test_mark_on_the_margin_parts_nothing(read: ReadPdf) -> None:
    reading = read(drawn(ROWS, BOTTOM) + printed("16", BOTTOM + 30, 500), drawn([["效益指标", "社会效益", "高"]], TOP))
    assert tables(reading) == [[*ROWS, ["效益指标", "社会效益", "高"]]]
    assert "16" in texts(reading)


def test_captions_repeated_over_a_table_that_goes_on_part_nothing(read: ReadPdf) -> None:
    header = ["编码", "名称", "金额"]
    captions = printed("收入预算表", 40, size=14) + printed("单位：万元", 62, x=240)
    after = printed("附注", 700)
    first, second = [header, ["201", "行政运行", "1.50"]], [header, ["202", "住房公积金", "2.50"]]
    reading = read(captions + drawn(first, 80), captions + drawn(second, 80) + after)
    (table,) = reading.tables
    assert shown(table) == [*first, second[1]]
    assert [line.text for line in table.above] == ["收入预算表", "单位：万元"]
    assert texts(reading) == ["收入预算表", "单位：万元", "[编码]", "附注"]


def test_line_that_runs_over_all_pages_is_known_as_the_tables_margin(read: ReadPdf) -> None:
    pages = [
        printed("单位：万元", 30) + printed("某表" * n, 60, size=16) + drawn([["甲", "乙"]] * 3, 90) for n in (1, 2, 3)
    ]
    reading = read(*pages)
    assert [[line.text for line in table.margin] for table in reading.tables] == [["单位：万元"]] * 3
    assert [[line.text for line in table.above] for table in reading.tables] == [
        ["某表"],
        ["某表某表"],
        ["某表某表某表"],
    ]


def test_forms_with_a_title_between_them_are_two_tables(read: ReadPdf) -> None:
    reading = read(drawn(ROWS, BOTTOM), printed("项目支出绩效目标表", 40) + drawn(ROWS, TOP))
    assert texts(reading) == ["[项目名称]", "项目支出绩效目标表", "[项目名称]"]
    assert tables(reading) == [ROWS, ROWS]


def test_form_that_follows_without_a_title_keeps_its_own_title_row(read: ReadPdf) -> None:
    title = ["绩效目标申报表", "<", "<"]
    form, other = [title, *ROWS], [title, ["项目名称", "河道保洁", "<"], *ROWS[1:]]
    (table,) = read(drawn(form, BOTTOM), drawn(other, TOP)).tables
    assert shown(table) == [*form, *other]


def test_tables_with_a_page_between_them_are_two(read: ReadPdf) -> None:
    assert len(read(drawn(ROWS, BOTTOM), "", drawn(ROWS, TOP)).tables) == 2


# What is wrong with a file


PICTURE = "q 500 0 0 700 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x7f EI Q"


def test_pages_without_text_are_blank_or_seen(read: ReadPdf) -> None:
    reading = read(printed("正文", 100), "", PICTURE)
    assert (reading.page_count, reading.blank_pages) == (3, (2, 3))
    assert reading.seen_pages == ((3, "no text layer"),)


def test_picture_on_a_page_with_text_is_seen(read: ReadPdf) -> None:
    reading = read(PICTURE + printed("3", 820, 290))
    assert reading.seen_pages == ((1, "a picture with content of its own"),)
    assert texts(reading) == []  # a page number is furniture


def test_page_of_text_alone_is_not_looked_at(read: ReadPdf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Pdf, "pixels", lambda *_: pytest.fail("rendered"))
    logo = "q 60 0 0 20 50 780 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x7f EI Q"
    reading = read(logo + printed("项目绩效目标申报表", 40, size=16) + drawn(ROWS, 100))
    assert reading.seen_pages == ()
    assert tables(reading) == [ROWS]


def test_file_without_its_end_is_known_to_be_cut(read: ReadPdf) -> None:
    assert read(printed("正文", 100), tail=b"").is_cut_off
    assert not read(printed("正文", 100)).is_cut_off


def test_page_that_cannot_be_parsed_is_named(tmp_path: Path) -> None:
    whole = write_pdf([Sheet(printed("正文", 100), A4)] * 2)
    path = tmp_path / "broken.pdf"
    second = whole.rindex(b"/Type /Page ")
    path.write_bytes(whole[:second] + b"/Type /Pagx " + whole[second + 12 :])
    reading = read_pdf(path)
    assert reading.page_count == 2
    assert texts(reading)[:1] == ["正文"]


def test_file_that_cannot_be_opened_raises(tmp_path: Path) -> None:
    path = tmp_path / "secret.pdf"
    path.write_bytes(unpack(USER_PASSWORD))
    with pytest.raises(EncryptedPdf):
        read_pdf(path)


# Where a table stands and how large it is says nothing about its words


def sketch(rows: Rows, heights: list[int]) -> Page:
    y = [100.0]
    for height in heights:
        y.append(y[-1] + height)
    return Sketch().table(rows, [float(x) for x in X], y).page()


def moved(page: Page, scale: float, x: float, y: float) -> Page:
    """The page with everything on it scaled, then shifted."""
    return Page(
        1, page.width * scale + x, page.height * scale + y,
        tuple(
            Char(c.text, c.x0 * scale + x, c.top * scale + y, c.x1 * scale + x, c.bottom * scale + y)
            for c in page.chars
        ),
        tuple(Ruling(r.at * scale + y, r.start * scale + x, r.end * scale + x) for r in page.horizontals),
        tuple(Ruling(r.at * scale + x, r.start * scale + y, r.end * scale + y) for r in page.verticals),
    )  # fmt: skip


def read_tables(page: Page) -> list[list[list[str]]]:
    return [shown(fragment) for fragment in read_page(page)[0]]


table_rows = st.lists(
    st.lists(st.text("绩效目标0123456789.", max_size=8), min_size=3, max_size=3), min_size=2, max_size=8
).filter(lambda rows: any(any(row) for row in rows))


@given(table_rows, st.floats(0.6, 2.5), st.floats(0, 300), st.floats(0, 300))
def test_shifting_and_scaling_a_page_changes_no_text(rows: list[list[str]], scale: float, x: float, y: float) -> None:
    page = sketch(rows, [30] * len(rows))
    assert read_tables(moved(page, scale, x, y)) == read_tables(page) == [rows]


@pytest.mark.parametrize(
    ("quarters", "rotate"),
    [
        (1, True),
        (2, True),
        (3, True),
        (1, False),
        (2, False),
        (3, False),
    ],
)
def test_turning_a_page_changes_no_text(tmp_path: Path, quarters: int, rotate: bool) -> None:
    content = printed("标题", 60) + drawn(ROWS, 100)
    matrix = {1: "0 1 -1 0 842 0", 2: "-1 0 0 -1 595 842", 3: "0 -1 1 0 0 595"}[quarters]
    size = "842 595" if quarters % 2 else "595 842"
    entries = f"/MediaBox [0 0 {size}] " + (f"/Rotate {90 * quarters}" if rotate else "")
    path = tmp_path / "turned.pdf"
    path.write_bytes(write_pdf([Sheet(f"q {matrix} cm\n{content}\nQ", entries)]))
    reading = read_pdf(path)
    assert texts(reading) == ["标题", "[项目名称]"]
    assert tables(reading) == [ROWS]
    table = reading.tables[0]
    assert_on_page(table, *map(float, (size if not rotate else "595 842").split()))


def assert_on_page(table: Table, width: float, height: float) -> None:
    """The boxes are those of the page as viewers show it."""
    for part in (part for cell in table.cells for part in cell.parts):
        assert 0 < part.box.x0 < part.box.x1 < width
        assert 0 < part.box.top < part.box.bottom < height
