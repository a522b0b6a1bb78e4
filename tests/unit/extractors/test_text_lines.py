"""Where lines of text stand in a picture, told from the ink alone."""

import cv2
import numpy as np
import pytest
from drawings import Array, across, glyphs, paper

from extractors.scan.text_lines import Box, LineBox, find_lines

CELL = Box(100, 100, 500, 300)
SIZE = 26


def ink_of(grey: Array) -> Array:
    return np.where(grey < 128, 255, 0).astype(np.uint8)


def page() -> Array:
    """Paper with enough text at its foot to know how high a line is."""
    return glyphs(paper(), 24, 60, 600, SIZE)


def lines_in_cell(picture: Array) -> list[LineBox]:
    found = find_lines(ink_of(picture), [CELL], [Box(90, 90, 510, 310)])
    return [line for line in found if line.ink.top < 400]


def assert_around(line: LineBox, ink: Box) -> None:
    assert line.ink == ink
    cut = line.cut
    assert cut.x0 <= ink.x0 and cut.top <= ink.top and cut.x1 >= ink.x1 and cut.bottom >= ink.bottom
    assert cut.bottom - cut.top >= SIZE


# In cells


def test_line_of_a_cell_has_the_box_of_its_ink() -> None:
    (line,) = lines_in_cell(glyphs(page(), 5, 150, 180, SIZE))
    assert_around(line, Box(150, 180, 150 + 5 * 28 - 2, 206))


def test_lines_of_a_cell_are_parted() -> None:
    picture = page()
    for top in (120, 156, 192):
        glyphs(picture, 8, 120, top, SIZE)
    assert [line.ink.top for line in lines_in_cell(picture)] == [120, 156, 192]


@pytest.mark.parametrize("gap", [6, 9, 12], ids=lambda gap: f"{gap} pixels of white")
@pytest.mark.parametrize("beside", [0, 3], ids=["alone", "between others"])
def test_two_strokes_below_each_other_are_one_line(gap: int, beside: int) -> None:
    """二, = and 三."""
    picture = page()
    for top in (185, 185 + 3 + gap):
        across(picture, top, 250, 274, 40, 3)
    glyphs(picture, beside, 160, 180, SIZE)
    (line,) = lines_in_cell(picture)
    assert line.ink.bottom - line.ink.top >= gap + 6


def test_lone_dash_is_a_line_as_high_as_others() -> None:
    picture = page()
    across(picture, 200, 290, 316, 40, 3)
    (line,) = lines_in_cell(picture)
    assert_around(line, Box(290, 199, 316, 202))


@pytest.mark.parametrize("size", [2, 4, 6])
def test_speck_is_no_line(size: int) -> None:
    picture = page()
    cv2.rectangle(picture, (300, 200), (300 + size - 1, 200 + size - 1), 40, -1)
    assert lines_in_cell(picture) == []


def test_point_beside_a_character_belongs_to_it() -> None:
    picture = glyphs(page(), 2, 150, 180, SIZE)
    cv2.rectangle(picture, (210, 201), (214, 205), 40, -1)
    (line,) = lines_in_cell(picture)
    assert line.ink.x1 == 215


def test_tight_paragraph_is_parted() -> None:
    """Lines that touch each other here and there."""
    picture, pitch = page(), 34
    for number in range(5):
        glyphs(picture, 12, 110, 110 + pitch * number, SIZE)
        across(picture, 130 + 56 * number, 110 + pitch * number, 110 + pitch * (number + 1), 40, 2, upright=True)
    found = lines_in_cell(picture)
    assert len(found) == 5
    for number, line in enumerate(found):
        top = 110 + pitch * number
        assert line.cut.top <= top + 1 and line.cut.bottom >= top + SIZE - 1  # all of it, next to nothing of others
        assert line.ink.top >= top - pitch + SIZE and line.ink.bottom <= top + pitch


def test_texts_far_apart_in_a_cell_are_two() -> None:
    picture = glyphs(glyphs(page(), 2, 110, 180, SIZE), 2, 400, 180, SIZE)
    assert [line.ink.x0 for line in lines_in_cell(picture)] == [110, 400]


def test_blank_cell_has_no_line() -> None:
    assert lines_in_cell(page()) == []


def test_cut_stays_in_its_cell() -> None:
    picture = glyphs(page(), 3, 101, 101, SIZE)
    (line,) = lines_in_cell(picture)
    assert (line.cut.x0, line.cut.top) == (CELL.x0, CELL.top)


# Outside tables


def test_lines_outside_tables_are_found_once() -> None:
    picture = glyphs(glyphs(page(), 9, 300, 40, 36), 5, 150, 180, SIZE)
    found = find_lines(ink_of(picture), [CELL], [Box(90, 90, 510, 310)])
    assert sorted((line.ink.x0, line.ink.top) for line in found) == [(60, 600), (150, 180), (300, 40)]


def test_title_and_what_stands_far_beside_it_are_two_lines() -> None:
    picture = glyphs(glyphs(page(), 4, 60, 450, SIZE), 4, 600, 450, SIZE)
    found = [line for line in find_lines(ink_of(picture), [], []) if line.ink.top < 500]
    assert [line.ink.x0 for line in found] == [60, 600]


def test_blank_page_has_no_line() -> None:
    assert find_lines(ink_of(paper()), [CELL], []) == []
