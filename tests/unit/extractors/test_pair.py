"""What two engines make of a line: when the careful one is asked, and who is believed how much."""

from collections.abc import Sequence

import pytest

from extractors.ocr.pair import LineReading, read_lines, settle
from extractors.ocr.recogniser import Image, Recognition

FLAGGED = 0.9


def said(text: str, certainty: float = 0.99) -> Recognition:
    return Recognition(text, (certainty,) * len(text), tuple((i + 0.5) / len(text) for i in range(len(text))))


class Engine:
    """Gives what was put into it; a line is its own number."""

    def __init__(self, *readings: Recognition) -> None:
        self.readings = readings
        self.asked: list[Image] = []

    def read(self, lines: Sequence[Image]) -> list[Recognition]:
        self.asked += lines
        return [self.readings[line] for line in lines]


def test_careful_engine_reads_what_the_fast_one_may_get_wrong() -> None:
    doubtful = [said("12万元"), said("目标", 0.9), said("优"), said(""), said("年度目标（分"), said("《办法")]
    readings = [
        said("项目名称"),
        said("（一）总体目标"),
        *doubtful,
    ]  # digits, doubt, one character, none, half a bracket
    fast, careful = Engine(*readings), Engine(*readings)
    found = read_lines(range(8), fast, careful)
    assert fast.asked == [0, 1, 2, 3, 4, 5, 6, 7]
    assert careful.asked == [2, 3, 4, 5, 6, 7]
    assert [reading.text for reading in found] == [reading.text for reading in readings]


def test_no_lines_are_no_readings() -> None:
    assert read_lines([], Engine(), Engine()) == []


def test_fast_engine_alone_is_as_sure_as_its_least_sure_character() -> None:
    reading = Recognition("目标", (0.99, 0.96), (0.2, 0.7))
    assert settle(reading, None) == LineReading("目标", (0.2, 0.7), 0.96)


@pytest.mark.parametrize(("fast", "careful"), [(0.5, 0.6), (0.9, 0.9), (0.99, 0.3)])
def test_two_that_agree_are_surer_than_either(fast: float, careful: float) -> None:
    found = settle(said("12", fast), said("12", careful))
    assert found.text == "12"
    assert max(fast, careful) < found.confidence <= 1


@pytest.mark.parametrize(("one", "other"), [("(分)", "（分）"), ("1 2", "12"), ("一", "—"), ("-", "—"), ("：", ":")])
def test_blanks_width_and_dashes_are_no_difference(one: str, other: str) -> None:
    found = settle(said(one), said(other))
    assert (found.text, found.confidence > 0.99) == (other, True)


def test_dash_inside_a_text_is_not_the_ideograph() -> None:
    assert settle(said("一期", 0.9), said("—期", 0.9)).confidence < FLAGGED


@pytest.mark.parametrize(("fast", "careful"), [(0.99, 0.9), (0.9, 0.98), (0.6, 0.6)])
def test_dispute_is_flagged(fast: float, careful: float) -> None:
    found = settle(said("1240", fast), said("1248", careful))
    assert found.confidence < FLAGGED
    assert found.text == ("1240" if fast > careful else "1248")


def test_places_are_those_of_the_text_that_is_believed() -> None:
    found = settle(said("1240", 0.9), said("124", 0.95))
    assert (found.text, len(found.places)) == ("124", 3)


@pytest.mark.parametrize("order", [1, -1])
def test_mark_that_one_engine_alone_sees(order: int) -> None:
    nothing, faint, clear = said(""), said("、", 0.4), said("5", 0.9)
    assert settle(*(nothing, faint)[::order]).text == ""
    found = settle(*(nothing, clear)[::order])
    assert found.text == "5"
    assert found.confidence < FLAGGED


def test_nothing_for_both_is_nothing() -> None:
    assert settle(said(""), said("")).text == ""


def test_careful_engine_that_is_certain_is_believed_against_the_fast_one() -> None:
    found = settle(said("项曰名称", 0.9), said("项目名称", 0.999))
    assert found.text == "项目名称"
    assert 0.9 <= found.confidence < 0.99


@pytest.mark.parametrize(
    ("fast", "careful"),
    [
        ("1240", "1248"),
        ("12.5%", "125%"),
        ("12万元", "12元"),
        ("≥95", "95"),
        ("完成≥目标", "完成目标"),
        ("共3项目标", "共项目标"),
    ],
)
def test_number_on_which_engines_differ_is_flagged_however_certain(fast: str, careful: str) -> None:
    found = settle(said(fast, 0.99), said(careful, 0.999))
    assert found.text == careful
    assert found.confidence < FLAGGED


def test_difference_far_from_a_number_leaves_it_believed() -> None:
    assert settle(said("共12项曰名称", 0.9), said("共12项目名称", 0.999)).confidence >= FLAGGED
