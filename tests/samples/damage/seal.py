"""A round red seal: a ring, the unit's name along it, a star, a word below."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from tests.samples.damage.plan import Seal

FONT = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc"
SIMPLIFIED = 2
RED = (206, 30, 38)
FINE = 2


def stamped(sheet: Image.Image, seals: Iterable[Seal], dpi: int, chance: np.random.Generator) -> Image.Image:
    """The sheet with its seals: red ink over black print."""
    for seal in seals:
        mask = inked(pressed(seal, dpi), seal.ink, chance)
        middle = [round(size * place / 100) for size, place in zip(sheet.size, seal.at, strict=True)]
        corner = (middle[0] - mask.width // 2, middle[1] - mask.height // 2)
        ink = Image.new("RGB", sheet.size, "white")
        ink.paste(RED, corner, mask)
        sheet = ImageChops.multiply(sheet, ink)
    return sheet


def inked(mask: Image.Image, ink: float, chance: np.random.Generator) -> Image.Image:
    """Uneven ink: clouds and grains without colour."""
    coarse = chance.integers(110, 256, (9, 9), dtype=np.uint8)
    cloud = Image.fromarray(coarse).resize(mask.size, Image.Resampling.BICUBIC)
    grains = chance.random((mask.height, mask.width)) > 0.06
    amount = np.asarray(mask, np.float32) * np.asarray(cloud, np.float32) / 255 * (0.35 + 0.65 * grains) * ink
    return Image.fromarray(amount.astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.6))


def pressed(seal: Seal, dpi: int) -> Image.Image:
    """The seal's relief, white where it takes ink."""
    size = round(seal.size / 25.4 * dpi) * FINE
    relief = Image.new("L", (size, size))
    pen = ImageDraw.Draw(relief)
    edge = size * 0.01
    pen.ellipse((edge, edge, size - edge, size - edge), outline=255, width=round(size * 0.028))
    pen.polygon(star(size / 2, size / 2, size * 0.155), fill=255)
    along_ring(relief, seal.text)
    if seal.word:
        font = ImageFont.truetype(FONT, round(size * 0.095), index=SIMPLIFIED)
        pen.text((size / 2, size * 0.76), seal.word, 255, font, anchor="mm")
    turned = relief.rotate(-seal.angle, Image.Resampling.BICUBIC)
    return turned.resize((size // FINE, size // FINE), Image.Resampling.LANCZOS)


def along_ring(relief: Image.Image, text: str) -> None:
    """The text upright along the inner side of the ring, from the lower left over the top to the lower right."""
    size = relief.width
    letter = round(size * 0.13)
    font = ImageFont.truetype(FONT, letter, index=SIMPLIFIED)
    radius, arc = size * 0.385, min(270, 21 * (len(text) - 1))
    for index, character in enumerate(text):
        angle = -arc / 2 + arc * index / max(1, len(text) - 1)
        tile = Image.new("L", (letter * 2, letter * 2))
        ImageDraw.Draw(tile).text((letter, letter), character, 255, font, anchor="mm")
        narrow = tile.resize((round(letter * 1.6), letter * 2)).rotate(-angle, Image.Resampling.BICUBIC, expand=True)
        x = size / 2 + radius * math.sin(math.radians(angle)) - narrow.width / 2
        y = size / 2 - radius * math.cos(math.radians(angle)) - narrow.height / 2
        relief.paste(255, (round(x), round(y)), narrow)


def star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    """A star of five points."""
    points = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.382
        angle = math.radians(36 * corner)
        points.append((x + reach * math.sin(angle), y - reach * math.cos(angle)))
    return points
