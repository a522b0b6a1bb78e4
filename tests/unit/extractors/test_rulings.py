import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.page import Ruling
from extractors.rulings import RulingSettings, join_rulings, rulings_to_frames


def square(x: float, y: float, size: float = 100) -> tuple[list[Ruling], list[Ruling]]:
    """Horizontals and verticals of a square."""
    return (
        [Ruling(y, x, x + size), Ruling(y + size, x, x + size)],
        [Ruling(x, y, y + size), Ruling(x + size, y, y + size)],
    )


def test_dashes_become_one_line() -> None:
    dashes = [Ruling(50, x, x + 3) for x in range(100, 200, 5)]
    assert join_rulings(dashes) == [Ruling(50, 100, 198)]


def test_dots_of_a_dotted_line_become_one_line() -> None:
    dots = [Ruling(50.3, x, x + 0.5) for x in range(100, 131)]
    assert join_rulings(dots) == [pytest.approx((50.3, 100, 130.5))]


def test_both_sides_of_neighbouring_cells_become_one_line() -> None:
    sides = [Ruling(50, 0, 100), Ruling(50, 0, 100), Ruling(50, 100, 180), Ruling(50, 100, 180)]
    assert join_rulings(sides) == [Ruling(50, 0, 180)]


def test_double_border_becomes_one_line_in_the_middle() -> None:
    assert join_rulings([Ruling(50, 0, 100), Ruling(51.5, 0, 100)]) == [Ruling(50.75, 0, 100)]


def test_long_bits_weigh_more_than_dots() -> None:
    (line,) = join_rulings([Ruling(50, 0, 99), Ruling(52, 99, 100)])
    assert line.at == pytest.approx(50.02)


def test_lines_a_row_apart_stay_two() -> None:
    assert join_rulings([Ruling(62, 0, 100), Ruling(50, 0, 100)]) == [
        Ruling(50, 0, 100),
        Ruling(62, 0, 100),
    ]


def test_lines_on_one_height_with_a_wide_gap_stay_two() -> None:
    lines = [Ruling(50, 0, 100), Ruling(50, 110, 200)]
    assert join_rulings(lines) == lines


def test_dots_and_ticks_are_no_lines() -> None:
    assert join_rulings([Ruling(50, 0, 4.9), Ruling(80, 10, 11)]) == []


def test_settings_change_what_is_joined() -> None:
    lines = [Ruling(50, 0, 100), Ruling(50, 110, 200)]
    assert join_rulings(lines, RulingSettings(gap=10)) == [Ruling(50, 0, 200)]


def test_parallel_lines_that_stand_apart_keep_their_positions() -> None:
    lines = [Ruling(50, 0, 100), Ruling(51.5, 300, 400)]
    assert join_rulings(lines) == lines


def bits(step: float) -> st.SearchStrategy[list[Ruling]]:
    """Bits whose positions are multiples of a step."""
    return st.lists(
        st.builds(
            lambda at, start, length: Ruling(at * step, start, start + length),
            st.integers(0, 30),
            st.integers(0, 200),
            st.integers(1, 80),
        ),
        max_size=25,
    )


@given(bits(6))
def test_join_rulings_is_idempotent(drawn: list[Ruling]) -> None:
    joined = join_rulings(drawn)
    assert join_rulings(joined) == joined


@given(bits(6))
def test_join_rulings_loses_no_ink(drawn: list[Ruling]) -> None:
    joined = join_rulings(drawn, RulingSettings(shortest=0))
    for bit in drawn:
        assert any(line.at == bit.at and line.start <= bit.start <= bit.end <= line.end for line in joined)


@pytest.mark.xfail(
    strict=True, reason="groups begin at their first bit: the means of two groups may be nearer than `snap`"
)
def test_join_rulings_is_idempotent_for_bits_that_lie_close() -> None:
    joined = join_rulings([Ruling(50, 0, 100), Ruling(51.9, 0, 100), Ruling(52.1, 0, 100)])
    assert join_rulings(joined) == joined


def test_frames_are_what_meets_from_the_top() -> None:
    low, high = square(50, 400), square(50, 100)
    frames, loose = rulings_to_frames(sorted(low[0] + high[0]), sorted(low[1] + high[1]))
    assert [frame.horizontals for frame in frames] == [tuple(high[0]), tuple(low[0])]
    assert [len(frame.verticals) for frame in frames] == [2, 2]
    assert loose == []


def test_frames_beside_each_other_are_two() -> None:
    left, right = square(50, 100), square(300, 100)
    frames, _ = rulings_to_frames(sorted(left[0] + right[0]), sorted(left[1] + right[1]))
    assert len(frames) == 2


@pytest.mark.parametrize(("gap", "frames"), [(2.9, 1), (3.1, 0)])
def test_line_meets_another_that_it_nearly_reaches(gap: float, frames: int) -> None:
    found, loose = rulings_to_frames([Ruling(100, 50, 150)], [Ruling(80, 100 + gap, 200)])
    assert (len(found), len(loose)) == (frames, 1 - frames)


def test_rule_that_no_vertical_meets_is_loose() -> None:
    horizontals, verticals = square(50, 100)
    underline = Ruling(300, 50, 120)
    frames, loose = rulings_to_frames([*horizontals, underline], verticals)
    assert len(frames) == 1
    assert loose == [underline]


def test_verticals_alone_are_no_frame() -> None:
    assert rulings_to_frames([], [Ruling(50, 100, 200), Ruling(90, 100, 200)]) == ([], [])
