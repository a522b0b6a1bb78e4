import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.project_name import are_parted, may_be_misread, project_name, starts_with_year

NAME = "渡口灯标维护"


@pytest.mark.parametrize(
    "text",
    [
        "2031年渡口灯标维护",
        "2031年度渡口灯标维护项目",
        "2031-2032年度渡口灯标维护",
        "31000021R0001-渡口灯标维护",
        "渡口灯标 维护",
        "渡口灯标维护项目支出",
    ],
)
def test_year_code_and_the_word_project_are_no_part_of_the_key(text: str) -> None:
    assert project_name(text).key == NAME


def test_a_word_for_money_is_left_out_of_the_stem_alone() -> None:
    name = project_name("渡口灯标维护专项经费")
    assert (name.key, name.stem) == ("渡口灯标维护专项经费", NAME)


@pytest.mark.parametrize("text", ["项目", "2031年项目", "工作经费", "2031年"])
def test_what_is_left_of_a_name_is_never_nothing(text: str) -> None:
    assert project_name(text).key and project_name(text).stem


def test_a_year_in_front_is_seen() -> None:
    assert starts_with_year("2031年渡口灯标维护") and not starts_with_year(NAME)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("维护一期", "维护二期"),
        ("第1标段", "第2标段"),
        ("东岸护坡", "西岸护坡"),
        ("护坡", "护坡二期"),
        ("100座灯标", "10座灯标"),
    ],
)
def test_numbers_and_sides_part_two_names(one: str, other: str) -> None:
    assert are_parted(one, other) and not may_be_misread(one, other)


def test_short_names_are_misread_by_confusable_characters_alone() -> None:
    assert may_be_misread("灯标管理费", "灯标管埋费") and not may_be_misread("灯标管理费", "灯标养理费")
    assert may_be_misread("渡口灯标管理所维护", "渡口灯标养理所维护")


@given(st.integers(1990, 2089), st.text("渡口灯标维护航道管理所", min_size=4, max_size=20))
def test_the_year_in_front_never_matters(year: int, name: str) -> None:
    assert project_name(f"{year}年度{name}项目") == project_name(name)
