"""Paper, fonts and the marks of a page that are not its content."""

from __future__ import annotations

from dataclasses import dataclass

FAMILIES = {"noto": "Noto Serif CJK SC", "uming": "AR PL UMing CN", "wqy": "WenQuanYi Zen Hei"}


@dataclass(frozen=True, slots=True)
class PageSetup:
    """The paper; sizes in points.

    Attributes:
        footer: page number with ``{}`` in its place, empty for none.
        crop: left, bottom, right and top margin that a CropBox cuts from a larger sheet.
        in_form: every page is one form XObject.
        turned: every page is landscape by /Rotate 90.
        leading: line height of running text in per cent.
        header: the running line above every page, empty for none; a word processor leaves it off the cover.
    """

    width: float = 595
    height: float = 842
    margin: float = 56
    font: str = "noto"
    footer: str = "{}"
    crop: tuple[float, float, float, float] | None = None
    in_form: bool = False
    turned: bool = False
    leading: int = 150
    header: str = ""

    @property
    def family(self) -> str:
        """The font's name as the system knows it."""
        return FAMILIES[self.font]
