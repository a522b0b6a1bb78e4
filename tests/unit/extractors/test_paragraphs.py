"""Lines become paragraphs by where they begin and end on the page."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.geometry import BBox
from extractors.paragraphs import lines_to_paragraphs, places, text_edges
from extractors.table import TextLine

SIZE = 10.0
LEFT, WIDTH = 50.0, 40  # points; characters of a full line
FULL = "满" * WIDTH


def line(text: str, row: int, indent: float = 0, page: int = 1, size: float = SIZE) -> TextLine:
    """A line, set in by some characters; rows are 15 points apart."""
    x0, top = LEFT + indent * SIZE, 100 + 15.0 * row
    return TextLine(text, page, BBox(x0, top, x0 + len(text) * size, top + size), size)


def centred(text: str, row: int, size: float = SIZE) -> TextLine:
    x0, top = LEFT + (WIDTH * SIZE - len(text) * size) / 2, 100 + 15.0 * row
    return TextLine(text, 1, BBox(x0, top, x0 + len(text) * size, top + size), size)


def body(page: int, first: int = 30) -> list[TextLine]:
    """Running text elsewhere on a page, which shows its edges."""
    return [line(FULL, first + row, page=page) for row in range(6)]


def read(*lines: TextLine, around: Sequence[TextLine] = ()) -> list[str]:
    """The texts of the paragraphs, lines parted by a stroke."""
    pages = {each.page for each in lines}
    edges = [*lines, *(each for page in pages for each in body(page)), *around]
    return ["/".join(each.text for each in found.lines) for found in lines_to_paragraphs(lines, edges)]


def test_a_full_line_goes_on_in_the_next() -> None:
    assert read(line(FULL[2:], 0, 2), line("余下的话。", 1)) == [f"{FULL[2:]}/余下的话。"]


def test_a_line_set_in_begins_a_paragraph() -> None:
    assert read(line(FULL[2:], 0, 2), line("另一段话。", 1, 2)) == [FULL[2:], "另一段话。"]


def test_a_line_that_breaks_off_early_ends_its_paragraph() -> None:
    assert read(line("标题", 0), line("正文。", 1)) == ["标题", "正文。"]


@pytest.mark.parametrize("room", [0, 1, 2])
def test_a_line_may_leave_room_for_what_may_not_begin_the_next(room: int) -> None:
    assert len(read(line(FULL[room:], 0), line("余下的话。", 1))) == 1


def test_paragraphs_go_on_over_the_page() -> None:
    assert read(line(FULL[2:], 40, 2), line("余下的话。", 0, page=2)) == [f"{FULL[2:]}/余下的话。"]


def test_nothing_goes_on_over_a_page_between() -> None:
    assert len(read(line(FULL[2:], 40, 2), line("余下的话。", 0, page=3))) == 2


def test_a_wide_gap_parts_paragraphs() -> None:
    assert len(read(line(FULL, 0), line("余下的话。", 3))) == 2


def test_lines_of_another_size_are_another_paragraph() -> None:
    assert len(read(line(FULL, 0), line("注释。", 1, size=SIZE * 0.7))) == 2


@pytest.mark.parametrize("number", ["二、", "（二）", "2.", "（2）"])
def test_a_number_after_a_sentence_begins_a_paragraph(number: str) -> None:
    whole = "满" * (WIDTH - 1) + "。"
    assert len(read(line(whole, 0), line(f"{number}另一点", 1))) == 2
    assert len(read(line(FULL, 0), line(f"{number}余下的话", 1))) == 1


def test_amounts_at_the_start_of_a_line_are_no_numbers_of_paragraphs() -> None:
    whole = "满" * (WIDTH - 1) + "；"
    assert len(read(line(whole, 0), line("2.5万元用于宣传。", 1))) == 1


def test_a_title_over_several_lines_is_one() -> None:
    assert read(centred("某市某区", 0, 16), centred("河道保洁项目绩效评价报告", 2, 16)) == [
        "某市某区/河道保洁项目绩效评价报告"
    ]


def test_labelled_lines_of_a_cover_stay_apart() -> None:
    lines = [centred("项目名称：河道保洁一", 0, 16), centred("项目单位：某某河道所", 2, 16)]
    assert len(read(*lines)) == 2


def test_lines_in_the_middle_are_no_title_where_they_are_as_small_as_the_text() -> None:
    assert len(read(centred("表1", 0), centred("单位：元", 1))) == 2


def test_a_value_goes_on_under_itself() -> None:
    assert read(line("项目名称：某市某区河道", 0), line("保洁项目", 1, 5)) == ["项目名称：某市某区河道/保洁项目"]
    assert len(read(line("项目名称：某市某区河道", 0), line("保洁项目", 1, 12))) == 2


def test_entries_of_contents_are_told_and_kept_apart() -> None:
    lines = [
        line(f"{name}{'.' * 34}{page}", row) for row, (name, page) in enumerate([("一、概况", 1), ("二、结论", 2)])
    ]
    found = lines_to_paragraphs(lines, [*lines, *body(1)])
    assert [(len(each.lines), each.is_entry) for each in found] == [(1, True), (1, True)]
    (plain,) = lines_to_paragraphs([line("正文……如此。", 0)], body(1))
    assert not plain.is_entry


def test_a_page_with_few_lines_takes_the_edges_of_the_others() -> None:
    edges = text_edges([*body(1), line("短", 0, page=2)])
    assert edges[2] == edges[1]
    assert (edges[1].left, edges[1].right) == (LEFT, LEFT + WIDTH * SIZE)


def test_no_lines_are_no_paragraphs() -> None:
    assert lines_to_paragraphs([], []) == []
    assert text_edges([]) == {}


def test_places_are_one_box_a_page() -> None:
    lines = [line("甲", 0), line("乙", 1), line("丙", 0, page=2)]
    found = [(page, box, [each.text for each in here]) for page, box, here in places(lines)]
    assert found == [(1, BBox(50, 100, 60, 125), ["甲", "乙"]), (2, BBox(50, 100, 60, 110), ["丙"])]


LINES = st.lists(
    st.tuples(
        st.sampled_from([FULL, FULL[2:], "短句。", "一、标题", "项目名称：甲"]),
        st.sampled_from([0, 2, 5]),
        st.booleans(),
    ),
    max_size=12,
)


@given(LINES)
def test_every_line_is_in_one_paragraph_and_in_order(drawn: list[tuple[str, int, bool]]) -> None:
    page, lines = 1, []
    for row, (text, indent, turns) in enumerate(drawn):
        page += turns
        lines.append(line(text, row, indent, page))
    found = lines_to_paragraphs(lines, lines)
    assert [each for paragraph in found for each in paragraph.lines] == lines
