"""Words as printed, and the keys under which words are compared.

`normalise` keeps a text as printed and only repairs how it is encoded; `half_width` is what numbers are read
from; `fold` is for look-ups alone. The `strip_*` functions take from a label what is not part of the name.
"""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from functools import cache, lru_cache

from normalizers.registry_rows import registry_rows

_INVISIBLE = (  # first and last code point: controls, zero widths, direction marks, variation selectors, tags
    (0x00, 0x08), (0x0E, 0x1F), (0x7F, 0x84), (0x86, 0x9F), (0xAD, 0xAD), (0x061C, 0x061C),
    (0x180B, 0x180E), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB), (0xE0000, 0xE01EF),
)  # fmt: skip
_COMPATIBILITY_IDEOGRAPHS = ((0xF900, 0xFAFF), (0x2F800, 0x2FA1F))
_RADICALS = (0x2E80, 0x2FDF)
_LONGEST_MARK = 12  # characters; anything longer is no missing mark

# These patterns are matched against the half-width text, which is as long as the printed one that is cut.
_OPEN, _CLOSE = r"\s*[(\[【〔]\s*", r"\s*[)\]】〕]\s*$"
_CLOSERS = tuple("）)〕]］】")
_NUMERAL = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_POINTS = re.compile(
    rf"{_OPEN}(?:满分|权重|分值|共|计)?\s*[:：]?\s*([0-9]+(?:\.[0-9]+)?)\s*分?{_CLOSE}"
    r"|(?<=[^\d\s.])\s*([0-9]+(?:\.[0-9]+)?)\s*分\s*$"
)
_GLOSS = re.compile(rf"(?:(?<=指标)|(?<=目标)|(?<=分\))){_OPEN}[^()]*{_CLOSE}|{_OPEN}[^()]*(?:、|指标)[^()]*{_CLOSE}")
_HINT = re.compile(rf"{_OPEN}[^()]{{0,8}}?[0-9]+\s*字[^()]{{0,4}}{_CLOSE}")
_MARK = re.compile(rf"{_OPEN}[A-Z](?:\s*[-+*×÷=/]\s*(?:[A-Z]|100\s*%?))*{_CLOSE}")
_ORDINAL = re.compile(rf"\s*(?:其中\s*:?|\(\s*{_NUMERAL}\s*\)\s*[、.]?|{_NUMERAL}\s*(?:[、)]|\.(?![0-9]))|[①-⑳⑴-⒛])\s*")
_CODE_BEFORE = re.compile(r"\s*([0-9A-Z]{3,})\s*[-—–]\s*(?=\S)")
_CODE_IN_FRONT = re.compile(r"\s*[\[【]\s*([0-9A-Z]{3,})\s*[\]】]\s*-?\s*(?=\S)")
_CODE_BEHIND = re.compile(r"(?<=\S)\s*[\[【]\s*([0-9A-Z]{3,})\s*[\]】]\s*$")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_CJK = re.compile(r"[\u3400-\u9fff]")


@cache
def _printed_forms() -> tuple[re.Pattern[str], dict[int, str]]:
    table = {code: "" for first, last in _INVISIBLE for code in range(first, last + 1)}
    for first, last in _COMPATIBILITY_IDEOGRAPHS:
        table.update({code: unicodedata.normalize("NFKC", chr(code)) for code in range(first, last + 1)})
    for row in registry_rows("cjk_radicals.csv"):
        table[int(row["radical_hex"], 16)] = chr(int(row["ideograph_hex"], 16))
    table = {code: char for code, char in table.items() if char != chr(code)}
    blocks = (*_INVISIBLE, *_COMPATIBILITY_IDEOGRAPHS, _RADICALS)  # a set of ranges is searched much faster
    return re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in blocks) + "]"), table


@cache
def _half_width_forms() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    return table | {0x3000: " ", 0xA0: " ", 0xFFE5: "¥", 0x2212: "-", 0xFE63: "-"}


@cache
def _variants() -> dict[int, str]:
    rows = registry_rows("variants.csv")
    return {ord(char): row["folded"] for row in rows for char in row["variants"]}


@cache
def _missing_marks() -> frozenset[str]:
    return frozenset(fold(row["mark"]) for row in registry_rows("missing.csv")) | {""}


def normalise(text: str) -> str:
    """The text as printed: radicals and compatibility forms as plain ideographs, nothing invisible left.

    Punctuation, widths and white space stay as they are, and so does the private use area.
    """
    if text.isascii() and text.isprintable():
        return text
    pattern, table = _printed_forms()
    return text.translate(table) if pattern.search(text) else text


def half_width(text: str) -> str:
    """The normalised text with full-width letters, digits and signs in ASCII, one for one."""
    return normalise(text) if text.isascii() else normalise(text).translate(_half_width_forms())


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The key under which labels are compared: lower case, no white space, one kind of bracket, dash, colon.

    All brackets but 《》 become round ones; a run of dashes is one dash. Never to be shown or stored.
    """
    key = unicodedata.normalize("NFKC", "".join(normalise(text).split()))
    key = "".join(key.translate(_variants()).lower().split())
    return re.sub(r"-{2,}", "-", key)


def _is_latin(char: str) -> bool:
    return char.isalpha() and ord(char) < 0x250


def join_lines(lines: Sequence[str]) -> str:
    """The lines as one text. A space stands only between two latin letters; numbers and Chinese close up."""
    joined = ""
    for line in (line.strip() for line in lines):
        if joined and line and _is_latin(joined[-1]) and _is_latin(line[0]):
            joined += " "
        joined += line
    return joined


def is_missing(text: str) -> bool:
    """Whether a cell holds nothing: blank, or a mark that stands for nothing."""
    stripped = text.strip()
    return not stripped or (len(stripped) <= _LONGEST_MARK and fold(stripped) in _missing_marks())


def _cut_end(pattern: re.Pattern[str], text: str) -> str:
    printed = normalise(text).strip()
    found = pattern.search(half_width(printed)) if printed.endswith(_CLOSERS) else None
    return printed[: found.start()].rstrip() if found else printed


def strip_points(text: str) -> tuple[str, Decimal | None]:
    """A level's name without its points and without a gloss behind it, and the points (None: not printed)."""
    name, points = normalise(text).strip(), None
    while name.endswith((*_CLOSERS, "分")):
        half = half_width(name)
        if found := _POINTS.search(half):
            points = Decimal(found[1] or found[2])
        found = found or _GLOSS.search(half)
        if not found or found.start() == 0:
            break
        name = name[: found.start()].rstrip()
    return name, points


def strip_hint(text: str) -> str:
    """The text without the bracket at its end in which the form limits how many 字 may be written."""
    return _cut_end(_HINT, text)


def strip_marks(text: str) -> str:
    """A column's label without the letter or formula behind it: （A）, (B/A), （B/A×100%）."""
    return _cut_end(_MARK, text)


def strip_item(text: str) -> str:
    """A fund's item without 其中, number in front and closing colon; the text itself if that is all."""
    printed = normalise(text).strip()
    half, start = half_width(printed), 0
    while found := _ORDINAL.match(half, start):
        start = found.end()
    return printed[start:].rstrip(":： \n\t\u3000") or printed


def _is_code(code: str, name: str) -> bool:
    """Not so: a year, the first of a range of numbers, a word without digits, a name that is no Chinese."""
    following = re.match(r"[0-9]+", name)
    in_range = code.isdigit() and following is not None and len(following[0]) == len(code)
    has_digit = not code.isalpha()
    return has_digit and not in_range and not _YEAR.fullmatch(code) and bool(_CJK.search(name))


def split_code(text: str) -> tuple[str | None, str]:
    """The code printed with a name, or None, and the name. Years and ranges of numbers are no codes."""
    printed = normalise(text).strip()
    half = half_width(printed)
    if found := _CODE_BEFORE.match(half) or _CODE_IN_FRONT.match(half):
        name = printed[found.end() :]
    elif found := _CODE_BEHIND.search(half):
        name = printed[: found.start()]
    else:
        return None, printed
    return (found[1], name) if _is_code(found[1], name) else (None, printed)
