"""What pdfium is asked of a file: characters, rulings and pictures of upright pages, or the right error."""

from collections.abc import Callable
from itertools import pairwise
from operator import itemgetter
from pathlib import Path

import pytest
from encrypted_pdf import OWNER_PASSWORD, USER_PASSWORD, unpack
from tiny_pdf import Sheet, text, write_pdf

from extractors import errors
from extractors.page import Page, Ruling
from extractors.pdf import Pdf
from extractors.rulings import join_rulings

RAW = Path(__file__).parents[3] / "data" / "raw"
CROPPED = next(RAW.glob("*/2024/附件：绩效目标申报表*.pdf"))  # sample 14
TURNED = next(RAW.glob("*/2024/绩效自评表（横版）*.pdf"))  # sample 15

X, Y = (50, 200, 350), (100, 150, 200)  # a table of two rows and columns, from the lower left corner
LABELS = "\n" + text("left", 60, 170) + "\n" + text("right", 210, 170)

WritePdf = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> WritePdf:
    """Writes a PDF of the given sheets, or of the given bytes."""

    def write_file(*content: Sheet | bytes) -> Path:
        path = tmp_path / "tiny.pdf"
        sheets = [each for each in content if isinstance(each, Sheet)]
        path.write_bytes(write_pdf(sheets) if sheets else b"".join(c for c in content if isinstance(c, bytes)))
        return path

    return write_file


def read(path: Path, number: int = 1) -> Page:
    with Pdf(path) as pdf:
        return pdf.read_page(number)


# Lines, whatever draws them


def strokes() -> str:
    across = [f"{X[0]} {y} m {X[-1]} {y} l S" for y in Y]
    down = [f"{x} {Y[0]} m {x} {Y[-1]} l S" for x in X]
    return "\n".join(across + down)


def one_path() -> str:
    return strokes().replace(" S", "") + " S"


def filled() -> str:
    across = [f"{X[0]} {y - 0.25} {X[-1] - X[0]} 0.5 re f" for y in Y]
    down = [f"{x - 0.25} {Y[0]} 0.5 {Y[-1] - Y[0]} re f" for x in X]
    return "\n".join(across + down)


def filled_as_one_path() -> str:
    return filled().replace(" f", "") + " f"


def rectangles() -> str:
    cells = [(x, y, right - x, top - y) for x, right in pairwise(X) for y, top in pairwise(Y)]
    return "\n".join(f"{x} {y} {width} {height} re S" for x, y, width, height in cells)


def dash_pattern() -> str:
    return "[3 2] 0 d\n" + strokes()


def dash_bits() -> str:
    across = [f"{x} {y} m {min(x + 3, X[-1])} {y} l S" for y in Y for x in range(X[0], X[-1], 5)]
    down = [f"{x} {y} m {x} {min(y + 3, Y[-1])} l S" for x in X for y in range(Y[0], Y[-1], 5)]
    return "\n".join(across + down)


def over_a_background() -> str:
    return f"0.9 g {X[0]} {Y[0]} {X[-1] - X[0]} {Y[-1] - Y[0]} re f 0 g\n" + strokes()


STYLES = [
    strokes,
    one_path,
    filled,
    filled_as_one_path,
    rectangles,
    dash_pattern,
    dash_bits,
    over_a_background,
]


def positions(rulings: tuple[Ruling, ...]) -> list[float]:
    joined = join_rulings(rulings)
    assert all(ruling.end - ruling.start == pytest.approx(joined[0].end - joined[0].start) for ruling in joined)
    return [ruling.at for ruling in joined]


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.__name__)
def test_lines_are_found_however_they_are_drawn(write: WritePdf, style: Callable[[], str]) -> None:
    page = read(write(Sheet("0.5 w\n" + style())))
    assert positions(page.horizontals) == pytest.approx([100, 150, 200], abs=0.3)
    assert positions(page.verticals) == pytest.approx([50, 200, 350], abs=0.3)
    (top, *_) = join_rulings(page.horizontals)
    assert (top.start, top.end) == pytest.approx((50, 350), abs=2.5)


def test_background_alone_is_no_line(write: WritePdf) -> None:
    page = read(write(Sheet("0.9 g 50 100 300 100 re f")))
    assert (page.horizontals, page.verticals) == ((), ())


def test_slanted_line_is_no_ruling(write: WritePdf) -> None:
    page = read(write(Sheet("50 100 m 350 200 l S")))
    assert (page.horizontals, page.verticals) == ((), ())


# Characters


def test_characters_stand_on_the_upright_page(write: WritePdf) -> None:
    page = read(write(Sheet(text("ab", 60, 170))))
    a, b = page.chars
    assert (a.text, b.text) == ("a", "b")
    assert a.x0 == pytest.approx(60, abs=0.5)
    assert b.x0 == pytest.approx(a.x1, abs=0.5)
    assert a.top < 130 < a.bottom  # the baseline: 170 from the bottom of 300
    assert a.bottom - a.top == pytest.approx(11.7, abs=1)
    assert (page.number, page.width, page.height, page.turns) == (1, 400, 300, 0)


def test_printed_blanks_are_kept_and_made_up_ones_are_not(write: WritePdf) -> None:
    page = read(write(Sheet(text("a b", 60, 170) + text("c", 200, 170) + text("d", 60, 100))))
    assert "".join(char.text for char in page.chars) == "a bcd"


def test_chinese_characters_are_as_wide_as_high(write: WritePdf) -> None:
    (word,) = read(write(Sheet(text("绩效目标", 60, 170)))).words
    assert word.text == "绩效目标"
    assert word[1:5] == pytest.approx((60, 121.2, 100, 131.2), abs=0.1)


@pytest.mark.parametrize(("upper", "lower"), [("1月-", "12月"), ("A-", "next")])
def test_hyphen_at_a_lines_end_is_a_hyphen(write: WritePdf, upper: str, lower: str) -> None:
    page = read(write(Sheet(text(upper, 60, 170) + text(lower, 60, 155))))
    assert [word.text for word in page.words] == [upper, lower]


def test_comma_and_dash_stay_on_their_line(write: WritePdf) -> None:
    page = read(write(Sheet(text("1,240-5.", 60, 170))))
    assert len({(round(char.top, 1), round(char.bottom, 1)) for char in page.chars}) == 1


# Boxes, turns and form XObjects say nothing about the table


def turn(content: str, quarters: int) -> str:
    """The content of a 400 x 300 page turned counter-clockwise by quarter turns inside its page."""
    matrix = ["1 0 0 1 0 0", "0 1 -1 0 300 0", "-1 0 0 -1 400 300", "0 -1 1 0 0 400"][quarters]
    return f"q {matrix} cm\n{content}\nQ"


def same_ink(found: Page, expected: Page) -> None:
    """Both pages show the same, to a hundredth of a point."""
    assert (found.width, found.height) == pytest.approx((expected.width, expected.height), abs=0.01)
    for a, b in zip(sorted(found.words, key=itemgetter(1)), sorted(expected.words, key=itemgetter(1)), strict=True):
        assert a.text == b.text
        assert a[1:5] == pytest.approx(b[1:5], abs=0.01)
    for lines in ("horizontals", "verticals"):
        pairs = zip(join_rulings(getattr(found, lines)), join_rulings(getattr(expected, lines)), strict=True)
        assert all(a == pytest.approx(b, abs=0.01) for a, b in pairs)


@pytest.fixture
def plain(write: WritePdf) -> Page:
    return read(write(Sheet(strokes() + LABELS)))


@pytest.mark.parametrize("shown_upright", [True, False], ids=["with /Rotate", "lying on its side"])
@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_turned_page_reads_like_the_upright_one(
    write: WritePdf, plain: Page, quarters: int, shown_upright: bool
) -> None:
    size = "300 400" if quarters % 2 else "400 300"
    rotate = f"/Rotate {90 * quarters}" if shown_upright else ""
    page = read(write(Sheet(turn(strokes() + LABELS, quarters), f"/MediaBox [0 0 {size}] {rotate}")))
    same_ink(page, plain)
    assert page.turns == (0 if shown_upright else -quarters % 4)


def test_page_turned_without_text_is_read_as_viewers_show_it(write: WritePdf) -> None:
    page = read(write(Sheet(turn(strokes(), 1), "/MediaBox [0 0 300 400] /Rotate 90")))
    assert (page.width, page.height, page.turns) == (400, 300, 0)
    assert positions(page.horizontals) == pytest.approx([100, 150, 200])


@pytest.mark.parametrize(
    "boxes",
    [
        "/MediaBox [-100 -50 300 250]",
        "/MediaBox [-200 -200 600 600] /CropBox [-100 -50 300 250]",
        "/MediaBox [-100 -50 300 250] /CropBox [-500 -500 900 900]",
        "/MediaBox [300 250 -100 -50]",
    ],
    ids=["media box off the origin", "crop box", "crop box beyond the media box", "corners the other way"],
)
def test_boxes_off_the_origin_move_nothing(write: WritePdf, plain: Page, boxes: str) -> None:
    page = read(write(Sheet(f"q 1 0 0 1 -100 -50 cm {strokes()}\n{LABELS} Q", boxes)))
    same_ink(page, plain)


def test_crop_box_of_a_turned_page_moves_nothing(write: WritePdf, plain: Page) -> None:
    boxes = "/MediaBox [-40 -30 500 700] /CropBox [10 20 310 420] /Rotate 90"
    page = read(write(Sheet(f"q 1 0 0 1 10 20 cm {turn(strokes() + LABELS, 1)} Q", boxes)))
    same_ink(page, plain)


@pytest.mark.parametrize("matrix", ["1 0 0 1 0 0", "1 0 0 1 30 -20", "0.5 0 0 0.5 0 0"])
def test_form_xobject_is_looked_into(write: WritePdf, plain: Page, matrix: str) -> None:
    scale, _, _, _, x, y = map(float, matrix.split())
    undo = f"q {1 / scale} 0 0 {1 / scale} {-x / scale} {-y / scale} cm"
    page = read(write(Sheet(f"{undo} {strokes()} {LABELS} Q", in_form=matrix)))
    same_ink(page, plain)


@pytest.mark.parametrize(("path", "number"), [(CROPPED, 1), (CROPPED, 2), (TURNED, 1), (TURNED, 2)])
def test_ink_of_a_sample_lies_on_its_upright_page(path: Path, number: int) -> None:
    page = read(path, number)
    assert len(page.words) > 10
    assert len(join_rulings(page.horizontals)) > 3
    assert len(join_rulings(page.verticals)) > 3
    for word in page.words:
        assert 0 <= word.x0 < word.x1 <= page.width
        assert 0 <= word.top < word.bottom <= page.height
        assert word.bottom - word.top < 40  # it reads upright: letters stand beside each other


def test_turned_sample_reads_wide() -> None:
    page = read(TURNED)
    assert page.width > page.height
    assert page.turns == 0


# Pictures


def test_picture_has_its_box(write: WritePdf) -> None:
    picture = "q 100 0 0 50 60 200 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x7f EI Q"
    assert read(write(Sheet(picture))).images == (pytest.approx((60, 50, 160, 100)),)


def test_page_is_rendered_at_the_given_resolution(write: WritePdf) -> None:
    with Pdf(write(Sheet(strokes()))) as pdf:
        assert pdf.render(1, dpi=144).size == (800, 600)


# Files that cannot be read


WHOLE = write_pdf([Sheet(strokes() + LABELS)])


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", errors.EmptyFile),
        (b"PK\x03\x04 a spreadsheet", errors.NotAPdf),
        (b"\x89PNG\r\n\x1a\n", errors.NotAPdf),
        (b"x" * 2000 + WHOLE, errors.NotAPdf),  # the mark stands too far in
        (b"%PDF-1.7\n", errors.DamagedPdf),
        (WHOLE[:150], errors.DamagedPdf),
        (unpack(USER_PASSWORD), errors.EncryptedPdf),
        (write_pdf([]), errors.NoPages),
    ],
    ids=["empty", "spreadsheet", "picture", "late mark", "mark alone", "cut off", "encrypted", "no pages"],
)
def test_file_that_cannot_be_read_says_why(
    write: WritePdf, content: bytes, error: type[errors.ExtractionError]
) -> None:
    with pytest.raises(error) as caught:
        Pdf(write(content))
    assert type(caught.value) is error
    assert str(caught.value) == error.message
    assert ":" in error.message  # what is wrong: what to do


def test_missing_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Pdf(tmp_path / "nowhere.pdf")


def test_file_that_is_protected_from_changes_alone_is_read(write: WritePdf) -> None:
    assert [word.text for word in read(write(unpack(OWNER_PASSWORD))).words] == ["secret"]


def test_junk_before_the_mark_does_no_harm(write: WritePdf) -> None:
    assert [word.text for word in read(write(b"\n\n" + WHOLE)).words] == ["left", "right"]


def test_file_without_its_end_is_read_and_known_to_be_cut(write: WritePdf) -> None:
    end = WHOLE.index(b"startxref")
    with Pdf(write(WHOLE[:end])) as pdf:
        assert pdf.is_cut_off
        assert [word.text for word in pdf.read_page(1).words] == ["left", "right"]
    with Pdf(write(WHOLE)) as pdf:
        assert not pdf.is_cut_off


def test_page_that_is_not_there_is_damaged(write: WritePdf) -> None:
    with Pdf(write(WHOLE)) as pdf, pytest.raises(errors.DamagedPdf):
        pdf.read_page(2)


def test_closing_twice_does_no_harm(write: WritePdf) -> None:
    pdf = Pdf(write(WHOLE))
    pdf.close()
    pdf.close()
