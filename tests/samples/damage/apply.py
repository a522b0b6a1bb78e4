"""Puts a damaged file together: some pages of the drawn PDF, some pictures of its pages."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
from pikepdf import Dictionary, Name
from PIL import Image

from tests.samples.backends.setup import PageSetup
from tests.samples.damage import cipher, ocr_layer
from tests.samples.damage.pasted import Gap, draw_without_tables
from tests.samples.damage.plan import Damage, Page
from tests.samples.damage.scanner import as_jpeg, scanned
from tests.samples.damage.sheet_of_paper import printed
from tests.samples.sheet import Item

Box = tuple[float, float, float, float]


def damage_file(damage: Damage, items: list[Item], setup: PageSetup, target: Path) -> None:
    """Replaces the drawn PDF by what the damage leaves of it; the same input gives the same bytes."""
    with TemporaryDirectory() as folder:
        drawn, bare = Path(folder, "drawn.pdf"), Path(folder, "bare.pdf")
        drawn.write_bytes(target.read_bytes())
        pasted = any(page.kind == "pasted" for page in damage.pages)
        gaps = draw_without_tables(items, setup, bare) if pasted else []
        with pikepdf.open(drawn) as source, pikepdf.open(bare if pasted else drawn) as blank, pikepdf.new() as made:
            work = Work(damage, drawn, made)
            for index in range(len(source.pages)):
                work.add(index, source, blank, [gap for gap in gaps if gap.page == index])
            if damage.cipher:
                cipher.spoil(made, damage.cipher, damage.seed)
            made.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


@dataclass
class Work:
    """The file that is being made from a drawn one."""

    damage: Damage
    drawn: Path
    made: pikepdf.Pdf

    def add(self, index: int, source: pikepdf.Pdf, blank: pikepdf.Pdf, gaps: list[Gap]) -> None:
        """One page more."""
        page, chance = self.damage.page(index), np.random.default_rng([self.damage.seed, index])
        if page.kind == "scan":
            self.scan(index, page, chance)
        elif page.kind == "pasted":
            self.made.pages.append(blank.pages[index])
            for gap in gaps:
                self.paste(index, page, gap, chance)
        else:
            self.made.pages.append(source.pages[index])
        if page.rotate:
            self.made.pages[-1].obj.Rotate = page.rotate

    def scan(self, index: int, page: Page, chance: np.random.Generator) -> None:
        """A page that is a picture, perhaps with text under it."""
        sheet = printed(rendered(self.drawn, index, page.dpi), page, chance)
        picture = scanned(sheet, page, chance)
        width, height = (side * 72 / page.dpi for side in picture.size)
        self.made.add_blank_page(page_size=(width, height))
        here = self.made.pages[-1]
        content = b""
        if page.layer:
            right = ocr_layer.pieces(self.drawn, index)
            content = ocr_layer.operators(ocr_layer.misread(right, page.layer, chance)) + b"\n"
            here.obj.Resources.Font = Dictionary(Ocr=self.made.make_indirect(ocr_layer.font(self.made)))
        self.place(here, picture, page.jpeg, (0, 0, width, height), content)

    def paste(self, index: int, page: Page, gap: Gap, chance: np.random.Generator) -> None:
        """The picture of a table in its gap."""
        whole = rendered(self.drawn, index, page.dpi)
        scale = page.dpi / 72
        edges = (gap.left * scale, whole.height - gap.top * scale, gap.right * scale, whole.height - gap.foot * scale)
        picture = scanned(printed(whole.crop(tuple(round(edge) for edge in edges)), page, chance), page, chance)
        self.place(self.made.pages[-1], picture, page.jpeg, (gap.left, gap.foot, gap.right, gap.top))

    def place(self, here: pikepdf.Page, picture: Image.Image, jpeg: int, box: Box, before: bytes = b"") -> None:
        """A picture on a page, over what stands there."""
        image = self.made.make_stream(as_jpeg(picture, jpeg), **image_keys(picture))
        number = len(here.obj.Resources.get("/XObject", {}))
        name = here.add_resource(image, Name.XObject, Name(f"/Picture{number}"))
        left, foot, right, top = box
        matrix = f"{right - left:.2f} 0 0 {top - foot:.2f} {left:.2f} {foot:.2f} cm"
        here.contents_add(before + f"q {matrix} {name} Do Q".encode("ascii"))


def image_keys(picture: Image.Image) -> dict[str, Any]:
    """The head of an image stream."""
    return {
        "Type": Name.XObject,
        "Subtype": Name.Image,
        "Width": picture.width,
        "Height": picture.height,
        "ColorSpace": Name.DeviceGray if picture.mode == "L" else Name.DeviceRGB,
        "BitsPerComponent": 8,
        "Filter": Name.DCTDecode,
    }


def rendered(drawn: Path, index: int, dpi: int) -> Image.Image:
    """A drawn page in grey."""
    with pypdfium2.PdfDocument(drawn) as pdf:
        stream = BytesIO()
        pdf[index].render(scale=dpi / 72, grayscale=True).to_pil().save(stream, "PNG")
    return Image.open(stream).convert("L")
