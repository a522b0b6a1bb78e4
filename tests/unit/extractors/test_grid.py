from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sketches import Sketch, grid, letters, picture

from extractors.geometry import BBox
from extractors.grid import Grid, borders_to_grid, frame_to_grid
from extractors.page import Ruling
from extractors.rulings import Frame, join_rulings, rulings_to_frames

X, Y = [50.0, 150.0, 250.0, 350.0], [100.0, 120.0, 140.0, 160.0]


def frame_of(rows: list[list[str]]) -> Frame:
    """The joined rulings around the cells of a sketched table."""
    page = Sketch().table(rows, X[: len(rows[0]) + 1], Y[: len(rows) + 1]).page()
    frames, loose = rulings_to_frames(join_rulings(page.horizontals), join_rulings(page.verticals))
    assert not loose
    return frames[0]


def grid_of(frame: Frame) -> Grid:
    found = frame_to_grid(frame)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        ([["", ""], ["", ""]], ["AB", "CD"]),
        ([["", "<", ""], ["", "", ""]], ["AAB", "CDE"]),
        ([["", ""], ["^", ""], ["^", ""]], ["AB", "AC", "AD"]),
        ([["", "<", ""], ["^", "^", ""], ["", "", "^"]], ["AAB", "AAC", "DEC"]),
        ([["", "<", "<"], ["", "", ""]], ["AAA", "BCD"]),
    ],
    ids=["plain", "over columns", "over rows", "over both", "over all columns"],
)
def test_lines_become_cells_with_spans(rows: list[list[str]], cells: list[str]) -> None:
    assert picture(grid_of(frame_of(rows))) == cells


def test_cells_are_in_reading_order_with_their_boxes() -> None:
    found = grid_of(frame_of([["", "<", ""], ["", "", "^"]]))
    assert [(c.row, c.column, c.row_span, c.column_span) for c in found.cells] == [
        (0, 0, 1, 2), (0, 2, 2, 1), (1, 0, 1, 1), (1, 1, 1, 1),
    ]  # fmt: skip
    assert found.cell_box(found.cells[0]) == BBox(50, 100, 250, 120)
    assert found.cell_box(found.cells[1]) == BBox(250, 100, 350, 140)
    assert found.box == BBox(50, 100, 350, 140)


def test_missing_border_makes_one_cell_of_two() -> None:
    frame = frame_of([["", ""], ["", ""]])
    short = Ruling(150, 100, 120)  # the middle line ends with the first row
    assert picture(grid_of(Frame(frame.horizontals, (frame.verticals[0], short, frame.verticals[-1])))) == [
        "AB",
        "CC",
    ]


@pytest.mark.parametrize(
    ("joined", "cells"),
    [
        (["ab", "aa"], ["AB", "CC"]),
        (["aa", "ba"], ["AA", "BC"]),
        (["aac", "abc", "aac"], ["AAB", "CDB", "EEB"]),
    ],
    ids=["L", "L turned", "C"],
)
def test_group_that_is_no_rectangle_is_cut_into_rows(joined: list[str], cells: list[str]) -> None:
    assert picture(grid(joined)) == cells


def test_table_open_at_its_sides_has_its_outer_columns() -> None:
    frame = Frame(tuple(Ruling(y, 50, 350) for y in Y), (Ruling(150, 100, 160), Ruling(250, 100, 160)))
    found = grid_of(frame)
    assert found.x_edges == (50, 150, 250, 350)
    assert picture(found) == ["ABC", "DEF", "GHI"]


def test_table_open_at_the_page_break_has_its_outer_rows() -> None:
    frame = Frame((Ruling(120, 50, 350), Ruling(140, 50, 350)), tuple(Ruling(x, 100, 160) for x in X))
    found = grid_of(frame)
    assert found.y_edges == (100, 120, 140, 160)
    assert [c.open_top for c in found.cells] == [True] * 3 + [False] * 6
    assert [c.open_bottom for c in found.cells] == [False] * 6 + [True] * 3


def test_line_that_runs_on_a_little_opens_no_column() -> None:
    frame = Frame(tuple(Ruling(y, 46, 352) for y in Y), tuple(Ruling(x, 100, 160) for x in X))
    assert grid_of(frame).x_edges == tuple(X)


def test_slightly_crooked_lines_are_one_edge() -> None:
    verticals = (*(Ruling(x, 100, 160) for x in (50, 350)), Ruling(149, 100, 130), Ruling(151, 130, 160))
    found = grid_of(Frame(tuple(Ruling(y, 50, 350) for y in Y), verticals))
    assert found.x_edges == (50, 150, 350)
    assert picture(found) == ["AB", "CD", "EF"]


def test_box_around_text_is_no_table() -> None:
    assert frame_to_grid(frame_of([[""]])) is None


@pytest.mark.parametrize(
    ("x", "y", "cell"), [(60, 110, 0), (160, 110, 1), (160, 125, 3), (49, 110, None), (60, 141, None)]
)
def test_cell_at_finds_the_cell_around_a_point(x: float, y: float, cell: int | None) -> None:
    assert grid(["AB", "CD"]).cell_at(x, y) == cell


borders = st.tuples(st.integers(1, 5), st.integers(1, 5)).flatmap(
    lambda size: st.tuples(
        st.just(size),
        st.lists(st.booleans(), min_size=60, max_size=60),
        st.lists(st.booleans(), min_size=60, max_size=60),
    )
)


def check_tiling(found: Grid) -> None:
    """Every place belongs to the one cell that covers it."""
    rows, columns = len(found.y_edges) - 1, len(found.x_edges) - 1
    covering: dict[tuple[int, int], list[int]] = {place: [] for place in product(range(rows), range(columns))}
    for number, cell in enumerate(found.cells):
        for r in range(cell.row, cell.row + cell.row_span):
            for c in range(cell.column, cell.column + cell.column_span):
                covering[r, c].append(number)
    assert covering == {(r, c): [found.owner[r][c]] for r, c in covering}


@given(borders)
def test_cells_tile_their_edges_without_overlap(
    drawn: tuple[tuple[int, int], list[bool], list[bool]],
) -> None:
    (rows, columns), lefts, tops = drawn
    found = borders_to_grid(
        [10.0 * i for i in range(columns + 1)],
        [10.0 * i for i in range(rows + 1)],
        lambda r, c: lefts[r * 6 + c],
        lambda r, c: tops[r * 6 + c],
    )
    check_tiling(found)
    assert sum(c.row_span * c.column_span for c in found.cells) == rows * columns


ruling = st.builds(
    lambda at, start, length: Ruling(at, start, start + length),
    st.integers(0, 20).map(lambda i: 30.0 * i),
    st.integers(0, 20).map(lambda i: 30.0 * i),
    st.integers(1, 10).map(lambda i: 30.0 * i),
)


@given(st.lists(ruling, min_size=2, max_size=15), st.lists(ruling, min_size=2, max_size=15))
def test_any_lines_that_meet_give_cells_that_tile(horizontals: list[Ruling], verticals: list[Ruling]) -> None:
    frames, _ = rulings_to_frames(join_rulings(horizontals), join_rulings(verticals))
    for found in filter(None, map(frame_to_grid, frames)):
        check_tiling(found)


def test_sketches_say_what_they_show() -> None:
    assert picture(grid(letters([["a", "<", "b"], ["c", "d", "^"]]))) == ["AAB", "CDB"]
