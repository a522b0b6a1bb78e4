"""The ``damage`` of a content file: what happens to which page. Boxes and places are per cent of the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

KINDS = ("digital", "scan", "pasted")
CIPHERS = ("permuted", "missing")


@dataclass(frozen=True, slots=True)
class Seal:
    """A round red seal: the unit around a star, a word below it.

    Attributes:
        at: its middle, from the left and from the top.
        size: diameter in millimetres.
        angle: how far it is turned, in degrees.
        ink: how much of the red gets onto the paper, 0 to 1.
    """

    text: str
    word: str = ""
    at: tuple[float, float] = (75, 80)
    size: float = 42
    angle: float = 0
    ink: float = 0.75


@dataclass(frozen=True, slots=True)
class OcrLayer:
    """The invisible text under a scan; shares between 0 and 1.

    Attributes:
        digits: how many of the figures are another figure.
        confused: how many of the characters that have a double are that double.
        dropped: how many characters are missing.
        interleaved: how many neighbouring pieces of different cells have become one, their lines mixed.
        shift: how far a piece may stand from its print, in points.
    """

    digits: float = 0.08
    confused: float = 0.3
    dropped: float = 0.01
    interleaved: float = 0.25
    shift: float = 2


@dataclass(frozen=True, slots=True)
class Page:
    """What one page has become.

    Attributes:
        kind: ``digital`` as drawn, ``scan`` a picture of the page, ``pasted`` digital with its tables as pictures.
        dpi: resolution of the picture; ``jpeg`` its quality, ``gray`` without colour.
        skew: how crooked the sheet lay, in degrees; ``border`` of the scanner's lid around it, in millimetres.
        blur: in pixels; ``noise`` deviation of the grey values; ``shade`` how much darker one side is.
        specks: how many specks of dust; ``bleed`` how strongly the back of the sheet shines through.
        faded: boxes (left, top, right, bottom, share) where the print has lost that share of its darkness.
        lying: how the print lies in the picture: degrees clockwise from upright.
        rotate: the page's own /Rotate.
    """

    kind: str = "digital"
    dpi: int = 200
    jpeg: int = 50
    gray: bool = True
    skew: float = 0
    border: float = 0
    blur: float = 0.45
    noise: float = 2
    paper: int = 247
    ink: int = 38
    shade: float = 0
    specks: int = 0
    bleed: float = 0
    faded: tuple[tuple[float, ...], ...] = ()
    seals: tuple[Seal, ...] = ()
    layer: OcrLayer | None = None
    lying: int = 0
    rotate: int = 0

    def __post_init__(self) -> None:
        """Says what no page can be."""
        turned = self.lying % 90 or self.rotate % 90 or (self.lying and self.layer)
        if self.kind not in KINDS or turned:
            raise ValueError(f"no such page: {self}")

    @property
    def source(self) -> str:
        """How the page's words can be had, in one word for the golden answer."""
        return "scan under text" if self.layer else self.kind


@dataclass(frozen=True, slots=True)
class Damage:
    """All of a document's damage; the last of ``pages`` stands for all that follow."""

    seed: int = 0
    pages: tuple[Page, ...] = (Page(),)
    cipher: str | None = None

    def page(self, index: int) -> Page:
        """What befalls the page of that index."""
        return self.pages[min(index, len(self.pages) - 1)]

    def sources(self, page_count: int) -> list[str]:
        """How the words of each page can be had."""
        return [f"cipher ({self.cipher})" if self.cipher else self.page(i).source for i in range(page_count)]


def read_damage(raw: Mapping[str, Any]) -> Damage:
    """The ``damage`` of a content file; a word that is not known is an error.

    What stands beside ``seed``, ``pages`` and ``cipher`` holds for every page that does not say otherwise.
    """
    shared = {name: value for name, value in raw.items() if name not in ("seed", "pages", "cipher")}
    pages = tuple(read_page({**shared, **page}) for page in raw.get("pages", [{}]))
    cipher = raw.get("cipher")
    if cipher and cipher not in CIPHERS:
        raise ValueError(f"no such cipher: {cipher}")
    return Damage(raw["seed"], pages, cipher)


def read_page(raw: Mapping[str, Any]) -> Page:
    """One page."""
    page = Page(**{name: value for name, value in raw.items() if name not in ("faded", "seals", "layer")})
    seals = [Seal(**{**seal, "at": tuple(seal["at"])}) for seal in raw.get("seals", [])]
    return replace(
        page,
        faded=tuple(tuple(box) for box in raw.get("faded", [])),
        seals=tuple(seals),
        layer=OcrLayer(**raw["layer"]) if "layer" in raw else None,
    )
