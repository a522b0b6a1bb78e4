"""What the scanner adds: crooked feed, the lid's border, shading, blur, dust, noise, a JPEG."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from tests.samples.damage.plan import Page

LID = 22


def scanned(sheet: Image.Image, page: Page, chance: np.random.Generator) -> Image.Image:
    """The picture that the scanner makes of a sheet, lying as the plan says."""
    picture = framed(sheet, page, chance)
    picture = picture.filter(ImageFilter.GaussianBlur(page.blur)) if page.blur else picture
    picture = shaded(picture, page, chance)
    return picture.rotate(-page.lying, expand=True) if page.lying else picture


def framed(sheet: Image.Image, page: Page, chance: np.random.Generator) -> Image.Image:
    """The sheet turned by its skew and shifted; dark lid or white lid where no paper is."""
    dark = LID if page.border else page.paper
    lid = dark if sheet.mode == "L" else (dark,) * 3
    turned = sheet.rotate(-page.skew, Image.Resampling.BICUBIC, fillcolor=lid) if page.skew else sheet
    if not page.border:
        return turned
    width = page.border / 25.4 * page.dpi
    shift = (round(width * chance.uniform(0.5, 1)), round(-width * chance.uniform(0.2, 0.6)))
    frame = Image.new(sheet.mode, sheet.size, lid)
    frame.paste(turned, shift)
    return frame


def shaded(picture: Image.Image, page: Page, chance: np.random.Generator) -> Image.Image:
    """Uneven light, dust and noise."""
    width, height = picture.size
    across = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    down = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    light = 1 - page.shade * (0.35 + 0.4 * across * across * across + 0.25 * down)
    noise = chance.normal(0, page.noise, (height, width)).astype(np.float32)
    shades = np.asarray(picture, np.float32)
    if picture.mode == "RGB":
        light, noise = light[:, :, None], noise[:, :, None]
    lit = Image.fromarray(np.clip(shades * light + noise, 0, 255).astype(np.uint8))
    return dusty(lit, page, chance)


def dusty(picture: Image.Image, page: Page, chance: np.random.Generator) -> Image.Image:
    """Specks of dust and a few hairs."""
    if not page.specks:
        return picture
    dust = Image.new("L", picture.size, 255)
    pen = ImageDraw.Draw(dust)
    for number in range(page.specks):
        x, y = chance.integers(0, picture.width), chance.integers(0, picture.height)
        size, tone = chance.exponential(page.dpi / 150), int(chance.integers(30, 170))
        pen.ellipse((x, y, x + 1 + size, y + 1 + size * chance.uniform(0.6, 1.4)), fill=tone)
        if number % 40 == 0:
            reach, start = page.dpi * chance.uniform(0.1, 0.3), chance.uniform(0, 360)
            pen.arc((x, y, x + reach, y + reach * 1.5), start, start + 110, fill=150, width=1)
    dust = dust.filter(ImageFilter.GaussianBlur(0.5)).convert(picture.mode)
    return ImageChops.multiply(picture, dust)


def as_jpeg(picture: Image.Image, quality: int) -> bytes:
    """The compressed picture."""
    stream = BytesIO()
    picture.save(stream, "JPEG", quality=quality, optimize=True)
    return stream.getvalue()
