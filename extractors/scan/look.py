"""From what is suspected of a page to the text that is believed."""

from extractors.belief import Belief, Sight
from extractors.page import Page
from extractors.pdf import Pdf
from extractors.scan.picture import DPI
from extractors.scan.reader import see_areas, see_glyphs, see_scan
from extractors.scan.witness import agreement

_AGREES = 0.6  # share of characters that picture and layer must have in common; a fast reader of true text has 0.97


def look(pdf: Pdf, page: Page, belief: Belief) -> tuple[Page, str]:
    """The page with the text that is to be believed, and why it was read from the picture; empty if it was not.

    Raises DamagedPdf where the page cannot be rendered.
    """
    pixels = pdf.pixels(page.number, DPI)
    if belief.sight is Sight.PAGE:
        return see_scan(pixels, page), belief.reason
    if belief.sight is Sight.AREAS:
        return see_areas(pixels, page, belief.areas), belief.reason
    shared = agreement(pixels, page)
    if shared is None or shared >= _AGREES:
        return page, ""
    return see_glyphs(pixels, page), f"{belief.reason}, {shared:.0%} of it agree with what is shown"
