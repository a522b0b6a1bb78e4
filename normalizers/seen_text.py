"""Text that was recognised from a picture, read in its context: which of two characters of one shape stands there.

Only what the context decides without a vocabulary: O and l between digits, a dash that stands alone or joins two dates.
"""

import re

_DIGIT_SHAPES = str.maketrans({"O": "0", "o": "0", "〇": "0", "l": "1", "I": "1"})
_NUMBER = re.compile(r"(?<![A-Za-z0-9〇])[0-9OolI〇][0-9OolI〇.,，．]*(?![A-Za-z〇])")
_LONE_DASH = re.compile(r"\s*[一\-–—─―－]\s*")
_DATE_DASH = re.compile(r"(?<=[0-9日月年])\s*一+\s*(?=(?:19|20)[0-9]{2})")
_KANA = str.maketrans("カロエニハトタオ", "力口工二八卜夕才")  # no Chinese form has kana; recognisers know them
_SPECK = re.compile(r"^[·•,，、'`]+\s*(?=\S)|^\.\s*(?=\S)")  # no text begins so; a number below one has its nought
_STRAY_LINE = re.compile(r"^[0-9A-Za-z]\n(?=[\u4e00-\u9fff]{4})|(?<=[\u4e00-\u9fff]{4})\n[0-9A-Za-z]$")
_POINT_BEHIND_NAME = re.compile(r"(?<=[\u4e00-\u9fff])\.$")
_POINT_BEFORE_UNIT = re.compile(r"(?<=[<>=≥≤])([0-9]+)\.(?=\n?[\u4e00-\u9fff])")
_SENTENCE_MARK = re.compile("[。，；、,;]")
_AMOUNT = re.compile(r"\s*[0-9][0-9,，.\s]*[0-9][.,，]?\s*")
_GROUPS = re.compile(r"[0-9]{1,3}(?:[,，][0-9]{3})+[,，][0-9]{1,2}$")
_CENTS = re.compile(r"[,，]([0-9]{1,2})$")
_LETTERS = re.compile(r"[OolI〇]")


def in_context(text: str) -> str:
    """The text with characters of one shape settled by what stands around them.

    A point behind a name or between a target and its unit is a speck, one behind a sentence may be its full stop;
    a letter or digit on a line of its own over or under words is the rest of a stamp or a ruling.
    A lone 一 is a dash; O, l and their like are digits in a number that has more digits than such letters; 一 between
    two dates is a dash; an amount ends with a digit, and what stands before its last one or two digits is a point.
    Everything else stays as it was read.
    """
    if _LONE_DASH.fullmatch(text):
        return "—"
    text = _STRAY_LINE.sub("", _SPECK.sub("", text.translate(_KANA)))
    text = _POINT_BEFORE_UNIT.sub(r"\1", text)
    if not _SENTENCE_MARK.search(text):
        text = _POINT_BEHIND_NAME.sub("", text)
    if _AMOUNT.fullmatch(text):
        text = "".join(text.split()).rstrip(".,，")
        return _CENTS.sub(r".\1", text) if _GROUPS.match(text) else text
    if _LETTERS.search(text):
        text = _NUMBER.sub(_digits, text)
    return _DATE_DASH.sub("—", text)


def _digits(found: re.Match[str]) -> str:
    """A number with its letters read as digits, where digits are in the majority."""
    token = found[0]
    letters = len(_LETTERS.findall(token))
    return token.translate(_DIGIT_SHAPES) if 0 < letters < sum(map(str.isdigit, token)) - letters + 1 else token
