"""Whether a page shows its text layer, or a scan stands over it."""

from pathlib import Path

import pytest
from tiny_pdf import Sheet, text, write_pdf

from extractors.belief import Sight, judge
from extractors.geometry import BBox
from extractors.page import Page
from extractors.pdf import Pdf
from extractors.pdf.layer import covers_page

LINES = ("项目支出绩效目标申报表", "项目名称道路养护工程")


def image(width: float = 400, height: float = 300, x: float = 0, y: float = 0) -> str:
    return f"q {width} 0 0 {height} {x} {y} cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xb0 EI Q\n"


def written(mode: int = 0) -> str:
    return "".join(text(line, 60, 200 - 20 * number, mode=mode) for number, line in enumerate(LINES))


def read(path: Path, content: str, entries: str = "/MediaBox [0 0 400 300]") -> Page:
    path = path / "tiny.pdf"
    path.write_bytes(write_pdf([Sheet(content, entries)]))
    with Pdf(path) as pdf:
        return pdf.read_page(1)


@pytest.mark.parametrize(
    ("content", "is_hidden"),
    [
        (written(), False),
        (written(3), False),  # invisible, but nothing else is there to be seen
        (image() + written(), False),
        (image() + written(3), True),
        (written(3) + image(), True),
        (written() + image(), True),
        (image() + written() + image(200, 20, y=280), False),
        (written() + image(200, 100), False),
        (image(400, 150) + image(400, 150, y=150) + written(3), True),
        (image() + written() + text("x", 10, 10, mode=3), False),
        (image() + written(3) + text("-1-", 10, 10), True),
    ],
    ids=[
        "text alone",
        "invisible text alone",
        "text over a background",
        "invisible text over a scan",
        "invisible text under a scan",
        "text under a scan",
        "text over a background beside a logo",
        "text before a small picture",
        "invisible text over a scan in strips",
        "one invisible mark",
        "a stamped page number on a scan",
    ],
)
def test_hidden_text_is_known(tmp_path: Path, content: str, is_hidden: bool) -> None:
    page = read(tmp_path, content)
    assert page.is_hidden is is_hidden
    assert LINES[0] in "".join(char.text for char in page.chars)
    assert (judge(page).sight is Sight.PAGE) is is_hidden


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_hidden_text_of_a_turned_page_is_known(tmp_path: Path, rotate: int) -> None:
    assert read(tmp_path, image() + written(3), f"/MediaBox [0 0 400 300] /Rotate {rotate}").is_hidden


def test_scan_without_text_hides_nothing(tmp_path: Path) -> None:
    page = read(tmp_path, image())
    assert (page.chars, page.is_hidden) == ((), False)
    assert judge(page).sight is Sight.PAGE


@pytest.mark.parametrize(
    ("pictures", "covers"),
    [
        ([], False),
        ([BBox(0, 0, 100, 200)], True),
        ([BBox(0, 0, 100, 90)], False),
        ([BBox(0, 0, 100, 60), BBox(0, 60, 100, 120)], True),
        ([BBox(-500, -500, 30, 30)], False),  # only what lies on the page counts
        ([BBox(300, 0, 900, 200)], False),
    ],
)
def test_page_is_covered_by_half(pictures: list[BBox], covers: bool) -> None:
    assert covers_page(pictures, 100, 200) is covers
