"""Text that was recognised from a picture, read in its context: which of two characters of one shape stands there.

Only what the context decides without a vocabulary: O and l between digits, a dash that stands alone or joins two dates.
"""

import re

_DIGIT_SHAPES = str.maketrans({"O": "0", "o": "0", "〇": "0", "l": "1", "I": "1"})
_NUMBER = re.compile(r"(?<![A-Za-z0-9〇])[0-9OolI〇][0-9OolI〇.,，．]*(?![A-Za-z〇])")
_LONE_DASH = re.compile(r"\s*[一\-–—─―－]\s*")
_DATE_DASH = re.compile(r"(?<=[0-9日月年])\s*一+\s*(?=(?:19|20)[0-9]{2})")
_LETTERS = re.compile(r"[OolI〇]")


def in_context(text: str) -> str:
    """The text with characters of one shape settled by what stands around them.

    A lone 一 is a dash; O, l and their like are digits in a number that has more digits than such letters; 一 between
    two dates is a dash. Everything else stays as it was read.
    """
    if _LONE_DASH.fullmatch(text):
        return "—"
    if _LETTERS.search(text):
        text = _NUMBER.sub(_digits, text)
    return _DATE_DASH.sub("—", text)


def _digits(found: re.Match[str]) -> str:
    """A number with its letters read as digits, where digits are in the majority."""
    token = found[0]
    letters = len(_LETTERS.findall(token))
    return token.translate(_DIGIT_SHAPES) if 0 < letters < sum(map(str.isdigit, token)) - letters + 1 else token
