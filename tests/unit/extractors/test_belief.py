"""Which text of a page is believed before anybody looks at its picture."""

from dataclasses import replace

import pytest
from sketches import HEIGHT, WIDTH, Sketch

from extractors.belief import Sight, judge, makes_chinese, summary
from extractors.geometry import BBox
from extractors.page import UNKNOWN, Page

FORM = "项目支出绩效目标申报表\n项目名称 道路养护工程 预算单位 市城市管理局\n年度绩效目标 完成道路养护面积十二万平方米"
WHOLE = BBox(0, 0, WIDTH, HEIGHT)


def page(text: str = FORM, images: tuple[BBox, ...] = (), is_hidden: bool = False) -> Page:
    drawn = Sketch().text(text).page() if text else Sketch().page()
    return replace(drawn, images=images, is_hidden=is_hidden)


def permuted(text: str) -> str:
    """Each ideograph another one, as in a cipher; the same one for the same."""
    return "".join(chr(0x4E00 + (ord(char) * 7919) % 20000) if char > "⺀" else char for char in text)


def private(text: str) -> str:
    return "".join(chr(0xE000 + ord(char) % 6000) if char > "⺀" else char for char in text)


def mojibake(text: str) -> str:
    return "".join(line.encode("gbk").decode("latin-1") for line in text.splitlines(keepends=True))


def test_plain_chinese_is_believed() -> None:
    assert judge(page()).sight is Sight.NOTHING


def test_blank_page_needs_no_look() -> None:
    assert judge(page("")).sight is Sight.NOTHING


def test_page_without_text_is_a_picture() -> None:
    belief = judge(page("", (WHOLE,)))
    assert (belief.sight, belief.reason) == (Sight.PAGE, "no text layer")


def test_drawn_page_without_text_is_a_picture_too() -> None:
    """Letters may be drawn as outlines."""
    lined = Sketch().table([["", ""]], [50, 200, 350], [100, 200]).page()
    assert judge(lined).sight is Sight.PAGE


def test_hidden_text_is_not_taken_on_trust() -> None:
    belief = judge(page(FORM, (WHOLE,), is_hidden=True))
    assert belief.sight is Sight.PAGE
    assert "recognised text" in belief.reason


@pytest.mark.parametrize("spoilt", [permuted, private, mojibake, lambda text: UNKNOWN * len(text)])
def test_text_that_makes_no_chinese_is_suspected(spoilt) -> None:  # type: ignore[no-untyped-def]
    assert not makes_chinese(spoilt(FORM))
    belief = judge(page(spoilt(FORM)))
    assert (belief.sight, belief.reason) == (Sight.GLYPHS, "the text layer makes no sense")


def test_english_page_is_looked_at_as_well() -> None:
    """Nobody can tell it from a cipher; the look at its lines acquits it."""
    assert judge(page("Annual report of the bureau of roads and bridges")).sight is Sight.GLYPHS


@pytest.mark.parametrize("text", ["", "3", "- 12 -", "1,240,000.00 2025-01-01 98.5%", "〇一二", "目标"])
def test_a_few_letters_and_numbers_say_nothing(text: str) -> None:
    assert makes_chinese(text)


def test_figures_and_codes_in_a_form_do_no_harm() -> None:
    assert makes_chinese(FORM + " 1,240,000.00 kg ISO9001 PM2.5 A01" * 2)


# Pictures on a page with text


def test_picture_with_content_of_its_own_is_read() -> None:
    area = BBox(60, 300, 500, 600)
    belief = judge(page(FORM, (area,)))
    assert (belief.sight, belief.areas) == (Sight.AREAS, (area,))
    assert belief.reason


def test_background_picture_under_the_text_is_no_content() -> None:
    assert judge(page(FORM, (WHOLE,))).sight is Sight.NOTHING


@pytest.mark.parametrize("logo", [BBox(60, 300, 120, 500), BBox(60, 300, 500, 310)], ids=["narrow", "flat"])
def test_logo_is_no_content(logo: BBox) -> None:
    assert judge(page(FORM, (logo,))).sight is Sight.NOTHING


def test_only_pictures_without_text_are_read() -> None:
    area = BBox(60, 300, 500, 600)
    assert judge(page(FORM, (WHOLE, area, BBox(0, 700, 20, 710)))).areas == (area,)


# In words


@pytest.mark.parametrize(
    ("beliefs", "words"),
    [
        ([], ""),
        ([(4, "cipher")], "cipher (page 4)"),
        ([(1, "no text layer"), (2, "no text layer"), (3, "no text layer")], "no text layer (pages 1-3)"),
        ([(1, "a"), (3, "a"), (4, "a"), (9, "a")], "a (pages 1, 3-4, 9)"),
        ([(1, "a"), (2, "b"), (3, "a")], "a (pages 1, 3); b (page 2)"),
    ],
)
def test_reasons_of_the_pages_are_one_line(beliefs: list[tuple[int, str]], words: str) -> None:
    assert summary(beliefs) == words
