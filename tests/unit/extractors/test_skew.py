"""How far a scan hangs, found from the picture alone, and the picture set straight."""

import math

import cv2
import numpy as np
import pytest
from drawings import Array, across, page_of_text, paper

from extractors.geometry import BBox, tilt_box
from extractors.scan.picture import find_ink
from extractors.scan.skew import find_skew, turn, upright

PAGE = page_of_text(1654, 2339)


def skew_of(picture: Array) -> float:
    return find_skew(find_ink(picture))


def drifts(picture: Array) -> list[float]:
    """How far each upright line runs sideways from its upper to its lower end, in pixels."""
    dark = np.ascontiguousarray(picture < 128).astype(np.uint8)
    count, labels, _, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    found = []
    for label in range(1, count):
        ys, xs = np.nonzero(labels == label)
        found.append(float(xs[ys > ys.max() - 20].mean() - xs[ys < ys.min() + 20].mean()))
    return found


@pytest.mark.parametrize("angle", [-4.0, -2.71, -1.2, -0.33, -0.1, 0.1, 0.45, 1.0, 2.18, 4.0])
def test_angle_of_a_crooked_page_is_found(angle: float) -> None:
    assert skew_of(turn(PAGE, -angle)) == pytest.approx(angle, abs=0.05)


@pytest.mark.parametrize("angle", [-3.5, 0.8, 2.6])
def test_turning_by_that_angle_levels_the_page(angle: float) -> None:
    rules = paper(1200, 900)
    for y in range(150, 800, 150):
        across(rules, y, 100, 1100, 0, 3)
    crooked = turn(rules, -angle)
    assert max(map(abs, drifts(crooked.T))) > 10
    assert max(map(abs, drifts(turn(crooked, skew_of(crooked)).T))) <= 2


def test_level_page_hangs_by_next_to_nothing() -> None:
    assert abs(skew_of(PAGE)) <= 0.04


@pytest.mark.parametrize("angle", [-2.1, -0.7, -0.3, 0.3, 0.7, 1.7])
def test_angle_of_a_narrow_picture_is_found(angle: float) -> None:
    """To half a pixel over the length of its rulings."""
    assert skew_of(turn(page_of_text(620, 800), -angle)) == pytest.approx(angle, abs=0.13)


def test_blank_page_hangs_by_nothing() -> None:
    assert skew_of(paper()) == 0
    assert turn(PAGE, 0) is PAGE


def test_turned_picture_is_white_where_nothing_was() -> None:
    assert turn(paper(grey=128), 3)[0, 0] > 200


@pytest.mark.parametrize("angle", [-3.0, 1.5])
def test_box_of_a_levelled_page_lies_on_the_crooked_one(angle: float) -> None:
    """What `turn` does to a picture is what `tilt_box` does to a box."""
    picture = paper(800, 600)
    picture[100:110, 650:670] = 0
    ys, xs = np.nonzero(turn(picture, -angle) < 128)
    box = tilt_box(BBox(650, 100, 670, 110), angle, 800, 600)
    assert ((xs.min() + xs.max() + 1) / 2, (ys.min() + ys.max() + 1) / 2) == pytest.approx(
        ((box.x0 + box.x1) / 2, (box.top + box.bottom) / 2), abs=1
    )


@pytest.mark.parametrize("slant", [-1.0, -0.4, 0.6, 1.2])
def test_slanting_columns_are_set_upright(slant: float) -> None:
    picture = paper(900, 1200)
    for x in range(150, 800, 150):
        across(picture, x, 100, 1100, 0, 3, upright=True)
    shear = math.tan(math.radians(slant))
    matrix = np.array([[1, shear, -shear * 600], [0, 1, 0]])
    slanting = cv2.warpAffine(picture, matrix, (900, 1200), borderValue=255)
    assert max(map(abs, drifts(slanting))) > 5
    assert max(map(abs, drifts(upright(slanting, find_ink(slanting))))) <= 2.5


def test_upright_columns_stay() -> None:
    picture = paper(900, 1200)
    for x in range(150, 800, 150):
        across(picture, x, 100, 1100, 0, 3, upright=True)
    assert max(map(abs, drifts(upright(picture, find_ink(picture))))) <= 2.5
