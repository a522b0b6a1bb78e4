"""Numbers that recognition takes for each other: a digit of like shape, a point or a thin 1 lost or made up."""

import re
from decimal import Decimal

from normalizers.repair.confusions import confusable

_PLAUSIBLE = 0.6  # cost of a confusion up to which it explains a digit
_THIN = "1"  # a digit that a ruling passes for, and that is lost beside one
_NOT_DIGITS = re.compile(r"[^0-9A-Za-z〇.]+")


def explain(read: str, wanted: Decimal) -> str:
    """How a number may have been read as `read`; empty where one known confusion does not explain it.

    Args:
        read: the text as recognised, with its separators, signs and letters in place of digits.
        wanted: the number that should stand there, in the unit of the print.
    """
    seen = _NOT_DIGITS.sub("", read)
    for text in _prints(wanted):
        if seen.rstrip(".") == text:
            return "mark beside it"
        if seen.replace(".", "") == text.replace(".", ""):
            return "point lost or made up"
        if reason := _one_confusion(seen, text):
            return reason
    return ""


def _prints(number: Decimal) -> tuple[str, ...]:
    """How a number may be printed, without separators: bare, with one and with two decimals."""
    if number < 0:
        return ()
    return tuple(dict.fromkeys(f"{number:.{places}f}" for places in (0, 1, 2) if number == round(number, places)))


def _one_confusion(seen: str, text: str) -> str:
    if len(seen) == len(text):
        pairs = [(a, b) for a, b in zip(seen, text, strict=True) if a != b]
        likely = len(pairs) == 1 and dict(confusable(pairs[0][1])).get(pairs[0][0], 1.0) <= _PLAUSIBLE
        return f"{pairs[0][1]} taken for {pairs[0][0]}" if likely else ""
    longer, shorter = (seen, text) if len(seen) > len(text) else (text, seen)
    if len(longer) != len(shorter) + 1:
        return ""
    for index, char in enumerate(longer):
        doubled = longer == text and longer[index - 1 : index] == char  # of two alike one is lost, none is made up
        if (char == _THIN or doubled) and longer[:index] + longer[index + 1 :] == shorter:
            return f"{char} {'made up' if longer == seen else 'lost'}"
    return ""
