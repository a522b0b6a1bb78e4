from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.geometry import BBox, cluster, tilt_box, turn_box, union
from extractors.page import Page

lengths = st.floats(0, 1000)
boxes = st.builds(lambda x, y, w, h: BBox(x, y, x + w, y + h), lengths, lengths, lengths, lengths)


def test_box_knows_its_size() -> None:
    box = BBox(10, 20, 40, 25)
    assert (box.width, box.height) == (30, 5)


def test_union_goes_around_all() -> None:
    assert union([BBox(10, 20, 30, 40), BBox(0, 25, 12, 60)]) == BBox(0, 20, 30, 60)


def test_union_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="unpack"):
        union([])


@pytest.mark.parametrize(
    ("quarters", "turned"),
    [
        (0, BBox(10, 20, 30, 25)),
        (1, BBox(75, 10, 80, 30)),  # what stood at the top stands at the right
        (2, BBox(170, 75, 190, 80)),
        (3, BBox(20, 170, 25, 190)),  # what stood at the top stands at the left
        (4, BBox(10, 20, 30, 25)),
        (-1, BBox(20, 170, 25, 190)),
    ],
)
def test_turn_box_turns_clockwise(quarters: int, turned: BBox) -> None:
    assert turn_box(BBox(10, 20, 30, 25), quarters, 200, 100) == turned


@given(boxes, st.integers(0, 3))
def test_turning_on_and_back_changes_nothing(box: BBox, quarters: int) -> None:
    width, height = 3000.0, 2000.0
    turned = turn_box(box, quarters, width, height)
    size = (height, width) if quarters % 2 else (width, height)
    assert turn_box(turned, -quarters, *size) == pytest.approx(box, abs=1e-6)


def test_page_shows_a_box_as_viewers_do() -> None:
    upright = Page(1, 300, 200, (), (), (), turns=1)
    assert upright.shown(BBox(0, 0, 10, 20)) == BBox(180, 0, 200, 10)


def test_cluster_joins_neighbours_and_gives_their_mean() -> None:
    assert cluster([100, 101, 99.5, 300, 302], 2.5) == pytest.approx([100.1667, 301], abs=0.001)


def test_cluster_of_nothing_is_nothing() -> None:
    assert cluster([], 2) == []


@given(st.lists(lengths, max_size=20), st.floats(0.1, 20))
def test_cluster_parts_what_stands_apart(values: list[float], tolerance: float) -> None:
    ordered = sorted(values)
    gaps = sum(b - a > tolerance for a, b in pairwise(ordered))
    found = cluster(values, tolerance)
    assert len(found) == (gaps + 1 if values else 0)
    assert found == sorted(found)


def test_tilting_turns_clockwise_about_the_middle() -> None:
    """What stands at the right end of a level page comes to stand lower."""
    box = tilt_box(BBox(190, 49, 200, 51), 2, 200, 100)
    assert ((box.x0 + box.x1) / 2, (box.top + box.bottom) / 2) == pytest.approx((194.94, 53.32), abs=0.01)
    assert box.width > 10 and box.height > 2


def test_tilting_by_nothing_changes_nothing() -> None:
    assert tilt_box(BBox(10, 20, 30, 25), 0, 200, 100) == pytest.approx(BBox(10, 20, 30, 25))


@given(boxes, st.floats(-6, 6))
def test_tilted_box_holds_the_corners(box: BBox, degrees: float) -> None:
    width, height = 2000.0, 1000.0
    outer = tilt_box(box, degrees, width, height)
    for x, y in ((box.x0, box.top), (box.x1, box.top), (box.x0, box.bottom), (box.x1, box.bottom)):
        corner = tilt_box(BBox(x, y, x, y), degrees, width, height)
        assert outer.x0 - 1e-6 <= corner.x0 <= outer.x1 + 1e-6
        assert outer.top - 1e-6 <= corner.top <= outer.bottom + 1e-6


@given(boxes, st.integers(0, 3), st.floats(-6, 6))
def test_box_of_a_skewed_page_comes_back_with_its_middle(box: BBox, turns: int, skew: float) -> None:
    page = Page(1, 2000, 1000, (), (), (), turns=turns, skew=skew)
    back = page.upright(page.shown(box))
    assert ((back.x0 + back.x1) / 2, (back.top + back.bottom) / 2) == pytest.approx(
        ((box.x0 + box.x1) / 2, (box.top + box.bottom) / 2), abs=1e-6
    )
    assert back.width >= box.width - 1e-6 and back.height >= box.height - 1e-6
