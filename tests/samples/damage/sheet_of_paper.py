"""The printed sheet before it is scanned: paper and ink, faded places, the back shining through, seals."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter, ImageOps

from tests.samples.damage.plan import Page
from tests.samples.damage.seal import stamped

Shades = npt.NDArray[np.float32]


def printed(picture: Image.Image, page: Page, chance: np.random.Generator) -> Image.Image:
    """The sheet as it comes into the scanner; ``picture`` is the page in black on white."""
    ink = 1 - np.asarray(picture.convert("L"), np.float32) / 255
    ink = faded(ink, page, chance)
    shades = page.paper - ink * (page.paper - page.ink)
    if page.bleed:
        shades -= page.bleed * shine_through(ink) * (page.paper - page.ink)
    sheet = Image.fromarray(np.clip(shades, 0, 255).astype(np.uint8))
    if page.gray and not page.seals:
        return sheet
    return stamped(sheet.convert("RGB"), page.seals, page.dpi, chance)


def faded(ink: Shades, page: Page, chance: np.random.Generator) -> Shades:
    """Print that has lost its darkness, with soft and uneven edges."""
    height, width = ink.shape
    left_over = np.ones_like(ink)
    for left, top, right, bottom, share in page.faded:
        patch = np.zeros_like(ink)
        rows = slice(round(top / 100 * height), round(bottom / 100 * height))
        columns = slice(round(left / 100 * width), round(right / 100 * width))
        patch[rows, columns] = 1
        soft = Image.fromarray((patch * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(width / 60))
        left_over *= 1 - share * np.asarray(soft, np.float32) / 255 * clouds(ink.shape, width // 40, chance)
    return ink * left_over


def clouds(shape: tuple[int, ...], grain: int, chance: np.random.Generator) -> Any:
    """A soft random pattern between 0.6 and 1."""
    height, width = shape
    small = chance.integers(0, 256, (height // grain + 2, width // grain + 2), dtype=np.uint8)
    large = Image.fromarray(small).resize((width, height), Image.Resampling.BICUBIC)
    return 0.6 + 0.4 * np.asarray(large, np.float32) / 255


def shine_through(ink: Shades) -> Any:
    """The same print seen from behind, blurred."""
    back = ImageOps.mirror(Image.fromarray((ink * 255).astype(np.uint8)))
    return np.asarray(back.filter(ImageFilter.GaussianBlur(2)), np.float32) / 255
