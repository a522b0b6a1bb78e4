"""Breaks text into lines as Chinese typesetting does: anywhere, but not before closing punctuation."""

from __future__ import annotations

import re

TOKEN = re.compile(r"[0-9A-Za-z.,%/:+\-]+|.", re.S)
NO_START = set("，。、；：！？）》〉」』】”’)]},.;:!?%")
NO_END = set("（《〈「『【“‘([{")


def wrapped(text: str, width: float, font: str, size: float) -> list[str]:
    """The lines of a text at a width; a line break in the text is kept."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += wrapped_paragraph(paragraph, width, font, size)
    return lines


def wrapped_paragraph(text: str, width: float, font: str, size: float) -> list[str]:
    """One paragraph; numbers and Latin words stay whole if they fit a line."""
    lines = [""]
    for token in tokens(text, width, font, size):
        if not lines[-1] or length(lines[-1] + token, font, size) <= width:
            lines[-1] += token
        else:
            carried = carried_over(lines[-1], token)
            lines[-1] = lines[-1][: len(lines[-1]) - len(carried)]
            lines.append(carried + token)
    return lines


def tokens(text: str, width: float, font: str, size: float) -> list[str]:
    """What may not be broken: a number or word, else each character; too long ones are broken too."""
    found = []
    for token in TOKEN.findall(text):
        found += [token] if length(token, font, size) <= width else list(token)
    return found


def carried_over(line: str, token: str) -> str:
    """The end of a full line that goes to the next line with the token, so that neither breaks a rule."""
    if len(line) > 1 and (token[0] in NO_START or line[-1] in NO_END):
        return line[-1]
    return ""


def length(text: str, font: str, size: float) -> float:
    """The width of a text in points."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, font, size))
