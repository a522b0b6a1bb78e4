"""From a scanned page's pixels to ink on white paper."""

import cv2
import numpy as np
import pytest
from drawings import BLACK, Array, glyphs, paper, printed, rgb

from extractors.scan.picture import clean, find_ink, to_picture, without_border

SEAL = (225, 70, 80)  # what is left of white paper's red, green and blue under the ink of a seal


def stamped(picture: Array) -> tuple[Array, Array]:
    """An RGB page with a red disc in its middle, which lets black show through, and where the disc is."""
    disc = np.zeros(picture.shape, np.uint8)
    cv2.circle(disc, (picture.shape[1] // 2, picture.shape[0] // 2), 200, 1, -1)
    under = rgb(picture).astype(np.float32)
    return np.where(disc[:, :, np.newaxis] > 0, under * np.array(SEAL) / 255, under).astype(np.uint8), disc > 0


# Seals


def test_seal_goes_and_the_text_under_it_stays() -> None:
    text = printed(paper(grey=245), "1,240,000.00", 330, 360)
    pixels, disc = stamped(text)
    grey = clean(pixels)
    assert np.percentile(grey[disc & (text == 245)], 5) > 235
    assert grey[text < BLACK + 5].max() < 110


def test_ink_of_a_stamped_page_is_that_of_the_page_without_the_stamp() -> None:
    text = printed(paper(grey=245), "1,240,000.00", 330, 360)
    pixels, _ = stamped(text)
    with_seal, without = to_picture(clean(pixels)).ink > 0, to_picture(clean(rgb(text))).ink > 0
    assert (with_seal & without).sum() >= 0.95 * without.sum()
    assert (with_seal & ~without).sum() <= 0.05 * without.sum()


def test_blue_stamp_beside_a_red_seal_goes_by_its_own_colour() -> None:
    frame = cv2.rectangle(paper(), (550, 40), (850, 110), 0, 6) == 0
    picture = stamped(paper(grey=245))[0]
    picture[frame] = (90, 110, 165)  # darker than the seal in its lightest channel
    alone = np.where(frame[:, :, np.newaxis], picture, 245).astype(np.uint8)
    assert np.array_equal(clean(picture)[frame], clean(alone)[frame])
    assert clean(picture)[frame].min() > 220


def test_page_without_colour_keeps_its_greys() -> None:
    text = printed(paper(), "12", 300, 300)
    assert np.array_equal(clean(rgb(text)), text)


# Shading


def test_shading_of_the_paper_is_evened_out() -> None:
    width, height = 900, 700
    shade = np.linspace(250, 170, width, dtype=np.float32)[np.newaxis, :].repeat(height, axis=0)
    text = paper(width, height)
    for top in range(60, 650, 60):
        glyphs(text, 25, 80, top)
    grey = clean(rgb((shade * text / 255).astype(np.uint8)))
    bare = cv2.erode(text, np.ones((9, 9), np.uint8)) == 255
    assert np.percentile(grey[bare], 1) >= 245
    assert grey[text == BLACK].max() < 90


# Borders


@pytest.mark.parametrize("side", ["left", "right", "top", "bottom", "all"])
def test_black_around_the_paper_goes_and_the_text_stays(side: str) -> None:
    text = printed(paper(), "1240000", 300, 300)
    page, deep = text.copy(), 30
    strips = {
        "left": np.s_[:, :deep],
        "right": np.s_[:, -deep:],
        "top": np.s_[:deep, :],
        "bottom": np.s_[-deep:, :],
    }
    for name, strip in strips.items():
        if side in (name, "all"):
            page[strip] = 25
    freed = without_border(page)
    assert all((freed[strip] == 255).all() for strip in strips.values())
    inside = np.s_[60:-60, 60:-60]
    assert np.array_equal(freed[inside], text[inside])


def test_page_without_a_border_is_left_alone() -> None:
    page = printed(paper(), "1240000", 300, 300)
    assert np.array_equal(without_border(page), page)


def test_shadow_of_the_papers_edge_goes() -> None:
    """It is not dark enough for a lid and too dark for paper."""
    page = printed(paper(), "1240000", 300, 300)
    page[:, :8] = 190
    assert (without_border(page)[:, :8] == 255).all()


def test_a_ruling_that_reaches_the_edge_is_kept_inside_the_page() -> None:
    page = paper()
    page[300:303, :] = BLACK
    freed = without_border(page)
    assert (freed[300:303, 60:-60] == BLACK).all()


# Faint print from the back of the sheet


def test_show_through_is_dropped() -> None:
    page = printed(paper(), "1240000", 100, 200)
    back = cv2.GaussianBlur(printed(paper(), "9876543", 100, 500, grey=217), (5, 5), 0)
    page = np.minimum(page, back)
    assert find_ink(page)[450:510].any()
    ink = to_picture(page).ink
    assert not ink[450:510].any()
    assert np.array_equal(ink[170:210], find_ink(page)[170:210])


def test_faint_page_keeps_its_print() -> None:
    """What is faint is told by the darkest print of the page, not by a fixed level."""
    page = printed(paper(), "1240000", 100, 200, grey=190)
    picture = to_picture(page)
    assert picture.contrast == pytest.approx(65, abs=15)
    assert picture.ink[170:210].any()


def test_blank_page_has_no_ink() -> None:
    picture = to_picture(paper())
    assert not picture.ink.any()
    assert picture.contrast == 255
