import pytest
from sketches import Sketch, grid, shown, write

from extractors.fragment import Fragment, fill_grids
from extractors.page import Char, Page, Word
from extractors.table import CellDoubt

X, Y = [50.0, 150.0, 250.0], [100.0, 130.0, 160.0]
PLAIN = grid(["AB", "CD"], X, Y)


def filled(chars: list[Char]) -> tuple[Fragment, list[Word]]:
    """The 2x2 grid with these characters, and those outside."""
    page = Page(1, 595, 842, tuple(chars), (), ())
    (fragment,), outside = fill_grids(page, [PLAIN])
    return fragment, outside


def text_of(words: list[Word]) -> str:
    return "".join(word.text for word in words)


def test_characters_go_to_the_cell_around_them() -> None:
    fragment, outside = filled([*write("名称", 56, 105), *write("绿化\n养护", 160, 133), *write("表", 60, 60)])
    assert shown(fragment) == [["名称", ""], ["", "绿化/养护"]]
    assert text_of(outside) == "表"
    assert fragment.doubts == {}


def test_two_grids_on_a_page_take_their_own() -> None:
    page = Sketch().text("上", 60, 105).text("间", 60, 200).text("下", 60, 305).page()
    below = grid(["AB"], X, [300, 330])
    fragments, outside = fill_grids(page, [PLAIN, below])
    assert [shown(fragment)[0][0] for fragment in fragments] == ["上", "下"]
    assert text_of(outside) == "间"


@pytest.mark.parametrize(("x", "owner"), [(108, "left"), (142, "right")], ids=["more of it left", "more of it right"])
def test_number_astride_a_ruling_is_kept_whole_and_doubted(x: float, owner: str) -> None:
    fragment, _ = filled(write("12345678.90", x, 110))
    expected = ["12345678.90", ""] if owner == "left" else ["", "12345678.90"]
    assert fragment.texts[:2] == tuple(expected)
    assert fragment.doubts == {expected.index("12345678.90"): (CellDoubt.ASTRIDE_RULING,)}


def test_number_whose_digits_part_at_the_ruling_is_kept_whole_too() -> None:
    fragment, _ = filled(write("1234567.80", 120, 110))  # the border at 150 stands between two digits
    assert fragment.texts[:2] == ("1234567.80", "")
    assert fragment.doubts == {0: (CellDoubt.ASTRIDE_RULING,)}


def test_number_that_overflows_the_table_is_kept_whole() -> None:
    fragment, outside = filled(write("987654.32", 220, 110))
    assert fragment.texts[1] == "987654.32"
    assert outside == []
    assert fragment.doubts == {}  # there is no other cell that it might belong to


def test_mark_that_hangs_over_the_tables_side_belongs_to_it() -> None:
    fragment, outside = filled([*write("进一步提升服务水平", 158, 110), *write("，", 251, 110)])
    assert fragment.texts[1].replace(" ", "") == "进一步提升服务水平，"
    assert outside == []


def test_chinese_text_through_whose_sign_the_ruling_runs_is_kept_whole() -> None:
    fragment, _ = filled(write("社会效益指标名称", 95, 110))  # the fifth sign stands from 145 to 155
    assert fragment.texts[:2] == ("社会效益指标名称", "")
    assert fragment.doubts == {0: (CellDoubt.ASTRIDE_RULING,)}


def test_neighbours_that_merely_touch_stay_two_texts() -> None:
    fragment, _ = filled([*write("一级指标", 110, 110), *write("二级指标", 150, 110)])
    assert fragment.texts[:2] == ("一级指标", "二级指标")
    assert fragment.doubts == {}


def test_number_beside_a_text_that_touches_it_stays_a_number() -> None:
    fragment, _ = filled([*write("合计", 130, 110), *write("12.50", 150, 110)])
    assert fragment.texts[:2] == ("合计", "12.50")
    assert fragment.doubts == {}


def test_numbers_of_two_cells_with_padding_stay_two() -> None:
    fragment, _ = filled([*write("12.50", 123, 110), *write("13.50", 152, 110)])
    assert fragment.texts[:2] == ("12.50", "13.50")
    assert fragment.doubts == {}


def test_digits_on_two_lines_are_no_run() -> None:
    fragment, _ = filled([*write("2024", 56, 112), *write("100", 156, 124)])
    assert fragment.texts[:2] == ("2024", "100")


@pytest.mark.parametrize(
    ("text", "is_full"),
    [
        ("进一步提升服务水平", True),  # 90 of 100 points
        ("短句", False),
        ("第一行写满一整行字\n末行短", False),
        ("第一行\n末行写满一整行字儿", True),
        ("123456789012345678", False),  # a number is never cut
    ],
)
def test_last_line_that_fills_its_cell_may_go_on(text: str, is_full: bool) -> None:
    fragment, _ = filled([*write("上", 60, 105), *write(text, 155, 131)])
    assert fragment.full == (frozenset({3}) if is_full else frozenset())


def test_full_line_above_the_last_row_does_not_go_on() -> None:
    fragment, _ = filled(write("进一步提升服务水平", 155, 105))
    assert fragment.full == frozenset()
