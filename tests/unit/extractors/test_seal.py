"""Grey seals are known by their ring; nothing else on a page is taken for one."""

import cv2
import numpy as np
import pytest
from drawings import Array, glyphs, page_of_text, paper

from extractors.scan.seal import Seal, find_seals, without_rings

MIDDLE, RADIUS = (620, 520), 156  # pixels: a seal of eleven centimetres around


def ink_of(picture: Array) -> Array:
    return np.where(picture < 128, 255, 0).astype(np.uint8)


def with_ring(picture: Array, radius: int = RADIUS, arc: int = 360) -> Array:
    cv2.ellipse(picture, MIDDLE, (radius, radius), 0, 0, arc, 60, 5)
    return picture


@pytest.mark.parametrize("picture", [paper(1240, 1000), page_of_text()])
@pytest.mark.parametrize("radius", [120, RADIUS, 200])
def test_ring_is_found_on_paper_and_over_text(picture: Array, radius: int) -> None:
    (seal,) = find_seals(ink_of(with_ring(picture.copy(), radius)))
    assert (seal.x, seal.y, seal.radius) == pytest.approx((*MIDDLE, radius), abs=6)


@pytest.mark.parametrize(
    "picture",
    [paper(), page_of_text(), with_ring(paper(1240, 1000), 40), with_ring(paper(1240, 1000), arc=200)],
    ids=["blank", "text", "small", "half"],
)
def test_what_is_no_ring_of_a_seals_size_is_none(picture: Array) -> None:
    assert find_seals(ink_of(picture)) == []


def test_ring_goes_and_the_text_inside_stays() -> None:
    text = ink_of(glyphs(paper(1240, 1000), 4, MIDDLE[0] - 50, MIDDLE[1] - 13))
    ringed = np.maximum(text, ink_of(with_ring(paper(1240, 1000))))
    assert np.array_equal(without_rings(ringed, find_seals(ringed)), text)


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        ((590, 500, 650, 530), True),  # inside
        ((400, 500, 480, 530), True),  # its end on the ring
        ((100, 500, 400, 530), False),  # beside
        ((470, 370, 500, 400), False),  # in the corner of the square around the ring
    ],
)
def test_seal_covers_what_reaches_into_its_ring(box: tuple[int, int, int, int], expected: bool) -> None:
    assert Seal(*MIDDLE, RADIUS).covers(*box) is expected
