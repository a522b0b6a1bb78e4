from random import Random

from hypothesis import given
from hypothesis import strategies as st
from sketches import Sketch, write

from extractors.geometry import BBox
from extractors.lines import line_text, split_parts, words_to_lines, words_to_text, words_to_text_lines
from extractors.page import Char, chars_to_words, part_of_word


def text_of(chars: list[Char]) -> str:
    return words_to_text(chars_to_words(chars))


def words_of(chars: list[Char]) -> list[str]:
    return [word.text for word in chars_to_words(chars)]


def test_words_are_what_stands_close_together() -> None:
    assert words_of([*write("项目", 50, 100), *write("名称", 71, 100), *write("绿化", 95, 100)]) == [
        "项目名称",
        "绿化",
    ]


def test_words_end_with_their_line() -> None:
    assert words_of(write("第一行\n第二行", 50, 100)) == ["第一行", "第二行"]


def test_single_blank_stays_in_a_word_and_a_wide_one_ends_it() -> None:
    assert words_of(write("4.2 万册", 50, 100)) == ["4.2 万册"]
    assert words_of(write(" 单位：元  年度 ", 50, 100)) == ["单位：元", "年度"]


def test_word_knows_its_characters_and_its_box() -> None:
    chars = write(" 目标 ", 50, 100)
    (word,) = chars_to_words(chars)
    assert word[:5] == ("目标", 55, 100, 75, 110)
    assert chars[word.first : word.stop] == chars[1:3]


def test_part_of_a_word_is_a_word_without_blanks_at_its_ends() -> None:
    chars = write("合计 12", 50, 100)
    assert part_of_word(chars, 2, 5) == ("12", 75, 100, 85, 110, 3, 5)
    assert part_of_word(chars, 2, 3) is None


def test_lines_run_from_the_top_whatever_the_order_of_printing() -> None:
    chars = [*write("下行", 50, 112), *write("上行", 50, 100)]
    assert text_of(chars) == "上行\n下行"


def test_line_runs_from_the_left_whatever_the_order_of_printing() -> None:
    assert text_of([*write("右", 90, 100), *write("左", 81, 100)]) == "左右"


def test_small_and_large_characters_of_a_line_stay_together() -> None:
    chars = [*write("大字", 50, 100, 12), *write("小字", 74, 103, 8)]
    assert text_of(chars) == "大字小字"


def test_raised_character_stays_on_its_line() -> None:
    assert text_of([*write("面积10m", 50, 100), *write("2", 85, 100, 6)]) == "面积10m2"


def test_narrow_spacing_is_no_blank_and_a_wide_gap_is_one() -> None:
    spaced = [*write("绩", 50, 100), *write("效", 65, 100), *write("目标", 100, 100)]
    assert text_of(spaced) == "绩效 目标"


def test_printed_blanks_count_once_and_not_at_the_ends() -> None:
    assert text_of(write(" No. 5 ", 50, 100)) == "No. 5"


def test_blank_lines_are_left_out() -> None:
    assert text_of([*write("一", 50, 100), *write("   ", 50, 112), *write("二", 50, 124)]) == "一\n二"


def test_no_characters_are_no_text() -> None:
    assert text_of([]) == ""


han = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA0), min_size=1)


@given(st.lists(han, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_text_does_not_depend_on_the_order_of_printing(lines: list[str], random: Random) -> None:
    words = chars_to_words(write("\n".join(lines), 50, 100))
    random.shuffle(words)
    assert words_to_text(words) == "\n".join(lines)


def test_text_lines_know_page_box_and_size() -> None:
    page = Sketch(number=3).text("标题", 60, 50, size=16).text(" 2024年 ", 60, 80).page()
    title, year = words_to_text_lines(page, page.words)
    assert (title.text, title.page, title.size) == ("标题", 3, 16)
    assert title.box == BBox(60, 50, 92, 66)
    assert (year.text, year.size) == ("2024年", 10)
    assert year.box == BBox(65, 80, 95, 90)  # printed blanks are no ink


def test_text_lines_of_a_turned_page_stand_where_viewers_show_them() -> None:
    upright = Sketch(width=300, height=200).text("字", 60, 50).page()
    turned = type(upright)(1, 300, 200, upright.chars, (), (), turns=1)
    assert words_to_text_lines(turned, turned.words)[0].box == BBox(140, 60, 150, 70)


def test_parts_of_a_line_stand_far_apart() -> None:
    line = chars_to_words([*write("项目", 50, 100), *write("名称", 75, 100), *write("绿化 养护", 110, 100)])
    parts = [[word.text for word in part] for part in split_parts(line)]
    assert parts == [["项目", "名称"], ["绿化 养护"]]


def test_lines_of_two_columns_at_one_height_are_one_line() -> None:
    (line,) = words_to_lines(chars_to_words([*write("左栏", 50, 100), *write("右栏", 300, 101)]))
    assert [word.text for word in line] == ["左栏", "右栏"]
    assert line_text(line) == "左栏 右栏"
