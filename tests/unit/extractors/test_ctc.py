"""From scores over time steps to text: the best path, where each character stands and how sure it is."""

from collections.abc import Sequence

import numpy as np
import pytest

from extractors.ocr.ctc import decode
from extractors.ocr.recogniser import Recognition

CHARACTERS = ["", "1", "2", "年", " "]  # the first stands for no character


def path(classes: str, width: float = 1.0, scores: Sequence[float] | None = None) -> Recognition:
    """Decode a best path written as characters, `_` for none, with a probability for each step."""
    given = scores or [0.9] * len(classes)
    matrix = np.zeros((len(classes), len(CHARACTERS)), np.float32)
    for step, (char, score) in enumerate(zip(classes, given, strict=True)):
        matrix[step] = (1 - score) / (len(CHARACTERS) - 1)
        matrix[step, 0 if char == "_" else CHARACTERS.index(char)] = score
    return decode(matrix, CHARACTERS, width)


@pytest.mark.parametrize(
    ("classes", "text"),
    [
        ("12年", "12年"),
        ("111222", "12"),
        ("1_1", "11"),
        ("11__11", "11"),
        ("_1_2_", "12"),
        ("1 2", "1 2"),
        ("1__ _2", "1 2"),
        ("____", ""),
        ("_", ""),
    ],
)
def test_best_path_is_read(classes: str, text: str) -> None:
    assert path(classes).text == text


@pytest.mark.parametrize("classes", [" 12", "12 ", "_ _12_ ", "  1 _ 2  "])
def test_blanks_at_the_ends_are_left_out(classes: str) -> None:
    read = path(classes)
    assert read.text == read.text.strip()
    assert read.text.replace(" ", "") == "12"
    assert len(read.text) == len(read.places) == len(read.probabilities)


def test_blanks_alone_are_nothing() -> None:
    assert path("_ _ ") == Recognition("", (), ())


def test_a_character_is_as_sure_as_its_best_step() -> None:
    read = path("_11_2", scores=[0.9, 0.6, 0.8, 0.9, 0.7])
    assert read.probabilities == pytest.approx((0.8, 0.7))
    assert read.certainty == pytest.approx(0.7)


def test_nothing_is_sure() -> None:
    assert path("___").certainty == 1


def test_a_character_stands_in_the_middle_of_its_steps() -> None:
    assert path("11__2_年年年_").places == pytest.approx((0.1, 0.45, 0.75))


def test_places_are_shares_of_the_line_without_its_padding() -> None:
    assert path("11__2_____", width=0.5).places == pytest.approx((0.2, 0.9))
    assert path("____1", width=0.5).places == (1,)  # what was seen in the padding stands at the end


def test_line_of_a_single_step_has_its_place() -> None:
    assert path("1", width=0.1).places == (0.5,)
