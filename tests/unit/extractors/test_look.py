"""Pages read from their picture, with the recognisers themselves: what is believed, and where the text stands."""

import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np
import pytest
from drawings import POINTS, Array, across, paper, printed, rgb, ruled
from tiny_pdf import Sheet, text, write_pdf

from extractors.belief import Sight, judge
from extractors.geometry import BBox
from extractors.ocr.pair import LineReading
from extractors.ocr.rapid import careful_recogniser, fast_recogniser
from extractors.page import Page
from extractors.pdf import Pdf
from extractors.reading import Reading, believe_or_see, read_pdf
from extractors.scan import sheet
from extractors.scan.picture import DPI, to_picture
from extractors.scan.reader import see_areas, see_scan
from extractors.scan.skew import turn
from extractors.scan.text_lines import Box, LineBox
from extractors.scan.witness import agreement
from extractors.table import TextSource

AMOUNT = "1,240,000.56"
ENGLISH = ("Annual report of the bureau of roads", "and bridges with the budget for 2025", "Total 1,240,000.00 yuan")
SHEET = "/MediaBox [0 0 400 300]"


def english(latin: str = "F1") -> str:
    return "".join(text(line, 40, 220 - 40 * number, 14, latin=latin) for number, line in enumerate(ENGLISH))


def written(folder: Path, content: str) -> Path:
    path = folder / "tiny.pdf"
    path.write_bytes(write_pdf([Sheet(content, SHEET)]))
    return path


def texts(reading: Reading) -> list[str]:
    return ["".join(block.text.split()) for block in reading.blocks if hasattr(block, "text")]


# The engines


@pytest.mark.parametrize("engine", [fast_recogniser, careful_recogniser])
def test_a_drawn_line_is_recognised(engine) -> None:  # type: ignore[no-untyped-def]
    (read, blank) = engine().read([printed(paper(240, 40), AMOUNT, 10, 30), paper(100, 40)])
    assert read.text == AMOUNT
    assert read.certainty > 0.5
    assert list(read.places) == sorted(read.places)
    assert 0 < read.places[0] < 0.15
    assert 0.7 < read.places[-1] <= 1
    assert blank.text == ""


def test_recognising_needs_no_network() -> None:
    """No name is even looked up: an attempt that fails might be passed over in silence."""
    code = """
import socket
attempts = []
def refused(*arguments, **keys):
    attempts.append(arguments)
    raise OSError("no network here")
class NoSocket(socket.socket):
    def __init__(self, *arguments, **keys):  # urllib3 asks at its import whether there is IPv6
        raise OSError("no network here")
socket.socket, socket.create_connection, socket.getaddrinfo = NoSocket, refused, refused
import cv2, numpy
from extractors.ocr.pair import read_lines
line = numpy.full((40, 120), 255, numpy.uint8)
cv2.putText(line, "2025", (10, 30), cv2.FONT_HERSHEY_SIMPLEX, 1, 0, 2, cv2.LINE_AA)
print(read_lines([line])[0].text, attempts)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "2025 []", done.stderr


def test_cv2_is_the_one_without_windows() -> None:
    """Two packages bring a cv2, and the one that comes later overwrites the other's files."""
    assert version("opencv-python-headless")
    with pytest.raises(PackageNotFoundError):
        version("opencv-python")


# Suspected layers


def test_layer_that_agrees_is_kept_although_it_is_suspected(tmp_path: Path) -> None:
    with Pdf(written(tmp_path, english())) as pdf:
        page = pdf.read_page(1)
        assert judge(page).sight is Sight.GLYPHS
        assert (agreement(pdf.pixels(1, DPI), page) or 0) > 0.9
        assert believe_or_see(pdf, page) == (page, "")


def test_layer_that_lies_is_read_from_its_glyphs(tmp_path: Path) -> None:
    path = written(tmp_path, english("F3"))
    with Pdf(path) as pdf:
        page = pdf.read_page(1)
        assert "Annual" not in "".join(char.text for char in page.chars)
        assert agreement(pdf.pixels(1, DPI), page) == pytest.approx(0, abs=0.1)
    reading = read_pdf(path)
    assert texts(reading) == ["".join(line.split()) for line in ENGLISH]
    ((number, reason),) = reading.seen_pages
    assert number == 1 and reason.startswith("the text layer makes no sense")
    assert all(block.source is TextSource.OCR and block.confidence > 0 for block in reading.blocks)  # type: ignore[union-attr]


def test_layer_whose_font_shows_nothing_is_kept(tmp_path: Path) -> None:
    with Pdf(written(tmp_path, "".join(text(line, 40, 200, 14, mode=3) for line in ENGLISH))) as pdf:
        page = pdf.read_page(1)
        assert agreement(pdf.pixels(1, DPI), page) is None
        assert believe_or_see(pdf, page) == (page, "")


# Scans


def form() -> Array:
    """A table of two columns with an amount, and words that tell how the page stands."""
    picture = ruled(paper(), (80, 380, 820), (200, 280, 360, 440))
    printed(picture, "Statement of the budget", 220, 120)
    for number, (label, value) in enumerate((("Project", "Roads 2025"), ("Amount", AMOUNT), ("Done", "98.5"))):
        printed(picture, label, 110, 252 + 80 * number)
        printed(picture, value, 420, 252 + 80 * number)
    return picture


def as_shown(found: Page, wanted: str) -> BBox:
    (word,) = [word for word in found.words if word.text.replace(" ", "") == wanted]
    return found.shown(BBox(*word[1:5]))


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_scan_is_set_upright_and_its_boxes_lie_on_the_page_as_shown(quarters: int) -> None:
    """The amount stands at 420 to 650, 330 of the upright form; its box follows the form wherever it lies."""
    shown = np.rot90(form(), -quarters)
    height, width = shown.shape
    page = see_scan(rgb(np.ascontiguousarray(shown)), Page(1, width * POINTS, height * POINTS, (), (), ()))
    assert page.turns == quarters
    box = as_shown(page, AMOUNT)
    dark = np.argwhere(np.rot90(only(AMOUNT), -quarters) < 128)
    (top, x0), (bottom, x1) = dark.min(axis=0) * POINTS, dark.max(axis=0) * POINTS
    assert tuple(box) == pytest.approx((x0, top, x1, bottom), abs=3)


def only(amount: str) -> Array:
    return printed(paper(), amount, 420, 332)


def test_crooked_scan_is_levelled_and_its_boxes_are_not() -> None:
    crooked = turn(form(), -2)
    height, width = crooked.shape
    page = see_scan(rgb(crooked), Page(1, width * POINTS, height * POINTS, (), (), ()))
    assert page.skew == pytest.approx(2, abs=0.1)
    assert len({round(r.at) for r in page.verticals}) == 3
    box = as_shown(page, AMOUNT)
    dark = np.argwhere(turn(only(AMOUNT), -2) < 128)
    (top, x0), (bottom, x1) = dark.min(axis=0) * POINTS, dark.max(axis=0) * POINTS
    assert ((box.x0 + box.x1) / 2, (box.top + box.bottom) / 2) == pytest.approx(
        ((x0 + x1) / 2, (top + bottom) / 2), abs=2
    )


def test_pasted_picture_is_read_in_its_place(tmp_path: Path) -> None:
    pixels = np.pad(rgb(form()), ((600, 0), (100, 0), (0, 0)), constant_values=255)
    height, width, _ = pixels.shape
    area = BBox(100 * POINTS, 600 * POINTS, width * POINTS, height * POINTS)
    with Pdf(written(tmp_path, english())) as pdf:
        chars = pdf.read_page(1).chars
    page = see_areas(pixels, Page(1, width * POINTS, height * POINTS, chars, (), (), (area,)), (area,))
    box = as_shown(page, AMOUNT)
    assert (box.x0, box.bottom) == pytest.approx(((420 + 100) * POINTS, (332 + 600) * POINTS), abs=4)
    assert page.chars[: len(chars)] == chars
    assert min(page.seen) == len(chars)
    assert {round(r.at / POINTS / 10) for r in page.verticals} == {18, 48, 92}


def test_strip_of_nothing_is_nothing() -> None:
    blank = see_scan(rgb(paper()), Page(1, 900 * POINTS, 700 * POINTS, (), (), ()))
    assert (blank.chars, blank.horizontals, blank.verticals, blank.turns) == ((), (), (), 0)
    lined = paper()
    across(lined, 300, 100, 600, 40)
    assert see_scan(rgb(lined), blank).chars == ()


# What is no text


@pytest.mark.parametrize(
    ("text", "confidence", "loose", "kept"),
    [
        ("C", 0.45, True, False),
        ("优", 0.45, False, True),
        ("优", 0.95, True, True),
        ("附件", 0.45, True, True),
        ("·", 0.8, False, False),
        ("", 1.0, False, False),
        ("aoee", 0.3, False, False),
        ("GDP", 0.8, False, True),
        ("4,5O0", 0.3, False, True),
    ],
    ids=["shadow", "in a cell", "sure", "two", "mark", "nothing", "scrawl", "letters", "figures"],
)
def test_lone_unsure_character_outside_the_tables_is_dirt(
    monkeypatch: pytest.MonkeyPatch, text: str, confidence: float, loose: bool, kept: bool
) -> None:
    places = tuple((i + 0.5) / len(text) for i in range(len(text)))
    monkeypatch.setattr(sheet, "read_lines", lambda lines: [LineReading(text, places, confidence) for _ in lines])
    line = LineBox(Box(40, 40, 60, 60), Box(36, 36, 64, 64), is_loose=loose)
    assert [seen.reading.text for seen in sheet.read_text(to_picture(paper()), [line])] == [text] * kept
