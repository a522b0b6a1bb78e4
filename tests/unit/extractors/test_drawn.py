"""Rulings found in pictures: of whole lines, of faint and broken ones, and of nothing else."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
from drawings import POINTS, Array, across, glyphs, paper, printed, ruled
from sketches import grid

from extractors.grid import frame_to_grid
from extractors.page import Ruling
from extractors.rulings import join_rulings, rulings_to_frames
from extractors.scan.drawn import find_rulings
from extractors.scan.picture import to_picture
from extractors.scan.seal import find_seals, without_rings

XS, YS = (100, 320, 560, 800), (120, 200, 280, 360, 440)  # pixels
REACH = 4.5  # points that a ruling may run over its end: less than what a crossing one may be away
FAINT = 205  # of 255: too light for ink, darker than what shines through from the back


def found(picture: Array) -> tuple[list[Ruling], list[Ruling]]:
    horizontals, verticals = find_rulings(to_picture(picture))
    return join_rulings(horizontals), join_rulings(verticals)


def assert_grid(rulings: tuple[list[Ruling], list[Ruling]]) -> None:
    """All lines of the grid from end to end, each once, and no other."""
    for lines, ats, ends in zip(rulings, (YS, XS), (XS, YS), strict=True):
        assert [line.at for line in lines] == pytest.approx([at * POINTS for at in ats], abs=1.5)
        for line in lines:
            assert (line.start, line.end) == pytest.approx((ends[0] * POINTS, ends[-1] * POINTS), abs=REACH)


def form() -> Array:
    """Text in the cells and above the table."""
    picture = glyphs(paper(), 8, 300, 50, 36)
    for x in XS[:-1]:
        for y in YS[:-1]:
            glyphs(picture, 4, x + 30, y + 25)
    return picture


@pytest.mark.parametrize("thick", [2, 3, 4])
def test_drawn_grid_is_found(thick: int) -> None:
    assert_grid(found(ruled(form(), XS, YS, thick=thick)))


def test_grid_is_found_in_grain() -> None:
    grain = np.random.default_rng(7).normal(0, 6, form().shape)
    picture = np.clip(ruled(form(), XS, YS) + grain - 6, 0, 255).astype(np.uint8)
    assert_grid(found(picture))


def test_merged_cells_stay_merged() -> None:
    picture = form()
    for y in YS:
        across(picture, y, XS[0], XS[-1], 40)
    for x in (XS[0], XS[1], XS[3]):
        across(picture, x, YS[0], YS[-1], 40, upright=True)
    across(picture, XS[2], YS[2], YS[3], 40, upright=True)
    frames, _ = rulings_to_frames(*found(picture))
    (frame,) = frames
    whole = frame_to_grid(frame)
    assert whole is not None
    assert whole.owner == grid(["abb", "cdd", "efg", "hii"]).owner


# What faded


@pytest.mark.parametrize("upright", [False, True], ids=["row", "column"])
@pytest.mark.parametrize("faint", [FAINT, 180])
def test_faded_stretch_is_mended(upright: bool, faint: int) -> None:
    picture = ruled(form(), XS, YS)
    at, ends = (XS[1], YS[1:3]) if upright else (YS[2], XS[1:3])
    across(picture, at, ends[0] + 4, ends[1] - 4, 255, 2, upright)
    across(picture, at, ends[0] + 4, ends[1] - 4, faint, 2, upright)
    assert_grid(found(picture))


@pytest.mark.parametrize("upright", [False, True], ids=["row", "column"])
def test_line_that_is_faint_from_end_to_end_is_found(upright: bool) -> None:
    picture = ruled(form(), [x for x in XS if not upright or x != XS[2]], [y for y in YS if upright or y != YS[2]])
    at, ends = (XS[2], YS) if upright else (YS[2], XS)
    across(picture, at, ends[0] + 2, ends[-1] - 2, FAINT, 2, upright)
    assert_grid(found(picture))


def test_broken_line_is_one() -> None:
    picture = ruled(form(), XS, YS)
    for x in range(XS[0] + 70, XS[-1] - 20, 110):
        across(picture, YS[2], x, x + 12, 255, 4)
    assert_grid(found(picture))


def test_stretch_that_is_not_there_is_not_mended() -> None:
    picture = ruled(form(), XS, YS)
    across(picture, XS[1], YS[1] + 2, YS[2] - 2, 255, 4, upright=True)
    _, verticals = found(picture)
    pieces = [line for line in verticals if abs(line.at - XS[1] * POINTS) <= 1.5]
    assert len(pieces) == 2


# What is no ruling


def test_arc_of_a_seal_is_no_ruling() -> None:
    picture = paper()
    cv2.circle(picture, (450, 350), 200, 60, 7)
    assert found(picture) == ([], [])


def test_seal_across_a_table_changes_nothing() -> None:
    """The sides of its ring are straight for the height of a row; without the ring the rulings are mended."""
    drawn = ruled(form(), XS, YS)
    cv2.circle(drawn, (690, 400), 150, 60, 6)
    picture = to_picture(drawn)
    bare = replace(picture, ink=without_rings(picture.ink, find_seals(picture.ink)))
    horizontals, verticals = find_rulings(bare)
    assert_grid((join_rulings(horizontals), join_rulings(verticals)))


def test_columns_of_a_table_cut_by_the_page_break_are_kept() -> None:
    """They are too short to stand alone and end at nothing above, but level with the sides."""
    picture = paper()
    for y in YS[1:]:
        across(picture, y, XS[0], XS[-1], 40)
    for x in (XS[0], XS[-1]):
        across(picture, x, 80, YS[-1], 40, upright=True)
    for x in XS[1:-1]:
        across(picture, x, 80, YS[1], 40, upright=True)
    assert [v.start for v in found(picture)[1]] == pytest.approx([80 * POINTS] * len(XS), abs=1.5)


def test_long_strokes_of_a_title_are_no_rulings() -> None:
    picture = paper()
    glyphs(picture, 8, 200, 60, 60)  # signs 60 pixels high whose strokes are longer than a run
    assert found(picture) == ([], [])


def test_text_alone_has_no_rulings() -> None:
    picture = paper()
    for y in range(60, 600, 50):
        printed(picture, "1,240,000.00 EHLT 2025-01-01", 60, y)
    assert found(picture) == ([], [])


def test_characters_below_each_other_are_no_column() -> None:
    picture = ruled(paper(), XS, YS)
    for x in XS[:-1]:
        for y in YS[:-1]:
            for line in range(2):
                glyphs(picture, 6, x + 20, y + 10 + 32 * line)
    assert_grid(found(picture))


@pytest.mark.parametrize("grey", [40, FAINT], ids=["dark", "faint"])
def test_characters_in_line_with_a_column_below_are_none_of_it(grey: int) -> None:
    """Two lines of text whose upright strokes stand above the column of the next rows."""
    picture = ruled(form(), [x for x in XS if x != XS[2]], YS)
    across(picture, XS[2], YS[2], YS[-1], grey, 2, upright=True)
    for top in (YS[1] + 10, YS[1] + 46):
        across(picture, XS[2], top, top + 22, 40, 3, upright=True)
    _, verticals = found(picture)
    (column,) = (line for line in verticals if abs(line.at - XS[2] * POINTS) <= 1.5)
    assert column.start >= YS[2] * POINTS - REACH


def test_underline_far_from_a_table_is_kept_as_a_line() -> None:
    picture = paper()
    across(picture, 300, 100, 600, 40)
    horizontals, verticals = found(picture)
    assert [line.at for line in horizontals] == pytest.approx([300 * POINTS], abs=1.5)
    assert verticals == []
